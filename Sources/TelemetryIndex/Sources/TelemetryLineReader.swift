package import TelemetryFormat

/// Turns lines of `telemetry.jsonl` into rows.
package struct TelemetryLineReader: LineInterpreter {
    private var scanner = RecordScanner()

    package init() {}

    package mutating func interpret(
        _ line: Span<UInt8>, _ batch: inout CallBatch, _ dictionary: inout CallDictionary
    ) -> LineOutcome {
        let outcome = scanner.scan(line)
        guard outcome == .call else { return outcome }
        var row = CallRow()
        fillMeasures(&row, line)
        fillTexts(&row, line, &batch)
        fillDimensions(&row, line, &dictionary)
        batch.append(row)
        return .call
    }

    private func fillMeasures(_ row: inout CallRow, _ line: Span<UInt8>) {
        row.key = key(line)
        row.timestamp = scanner.timestamp
        row.tokens = scanner.tokens
        row.duration = scanner.durationMilliseconds ?? CallRow.absent
        row.timeToFirstToken = scanner.timeToFirstTokenMilliseconds ?? CallRow.absent
        row.webSearches = scanner.webSearches ?? CallRow.absent
        row.cost = scanner.cost.map { Int64($0.units) } ?? CallRow.absent
        row.success = scanner.success
        row.isLocal = isLocal(line)
        row.details = scanner.details
    }

    private func fillTexts(
        _ row: inout CallRow, _ line: Span<UInt8>, _ batch: inout CallBatch
    ) {
        row.messageID = batch.text(scanner.text(.messageID), in: line)
        row.requestID = batch.text(scanner.text(.requestID), in: line)
        row.error = batch.text(scanner.errorText(in: line))
        row.promptHash = batch.hash(scanner.text(.promptHash), in: line)
        row.responseHash = batch.hash(scanner.text(.responseHash), in: line)
    }

    private func fillDimensions(
        _ row: inout CallRow, _ line: Span<UInt8>, _ dictionary: inout CallDictionary
    ) {
        row.agent = dictionary.text(scanner.text(.agentName), in: line, slot: 0)
        row.operation = dictionary.text(scanner.text(.operation), in: line, slot: 1)
        row.session = dictionary.text(scanner.text(.sessionID), in: line, slot: 2)
        row.user = dictionary.text(scanner.text(.userID), in: line, slot: 3)
        row.project = dictionary.text(scanner.text(.project), in: line, slot: 4)
        row.gitBranch = dictionary.text(scanner.text(.gitBranch), in: line, slot: 5)
        row.commandLineTool = dictionary.text(
            scanner.text(.commandLineTool), in: line, slot: 11)
        row.persona = dictionary.text(scanner.text(.persona), in: line, slot: 12)
        row.rateClass = dictionary.rateClass(
            RateClassRow(
                source: .telemetry,
                model: dictionary.text(scanner.text(.model), in: line, slot: 6),
                provider: dictionary.text(scanner.text(.provider), in: line, slot: 7),
                size: Int64(RequestSize.bucket(scanner.tokens.request)),
                speed: dictionary.text(scanner.text(.speed), in: line, slot: 8),
                serviceTier: dictionary.text(scanner.text(.serviceTier), in: line, slot: 9),
                region: dictionary.text(scanner.text(.region), in: line, slot: 10),
                hasRecordedCost: scanner.cost != nil, hasOnlyTotal: scanner.hasOnlyTotal))
    }

    /// What identifies a record: `msg_id` and `req_id`; without a `msg_id` every line counts.
    private func key(_ line: Span<UInt8>) -> UInt64 {
        guard let message = scanner.text(.messageID) else { return 0 }
        var hash = LineHash(UInt64(SourceKind.telemetry.rawValue))
        hash.combine(message, in: line)
        if let request = scanner.text(.requestID) { hash.combine(request, in: line) }
        return max(hash.value, 1)
    }

    private func isLocal(_ line: Span<UInt8>) -> Bool {
        if let provider = scanner.text(.provider),
            JSONString.decoded(provider, in: line).lowercased() == "local"
        {
            return true
        }
        guard let routing = scanner.token(.routing), routing.kind == .object else { return false }
        return JSONString.member("target", of: routing, in: line) == "local"
    }
}
