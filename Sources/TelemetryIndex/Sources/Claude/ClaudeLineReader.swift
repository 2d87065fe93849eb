package import TelemetryFormat

/// Turns the lines of a transcript of Claude Code into rows.
package struct ClaudeLineReader: LineInterpreter {
    private static let agentName = Array("claude-code".utf8)

    private var scanner = ClaudeLineScanner()
    /// The session that lines without one belong to.
    private let fileSession: [UInt8]
    private var projectPath: String?
    /// Memory for texts whose bytes are not in the line as they are wanted.
    private var scratch: [UInt8] = []
    private var repetitions: LineRepetitions

    /// A reader of the log of which the name stands for this session; `memory` is what the last
    /// one left.
    package init(fileSession: String, memory: [UInt8] = []) {
        self.fileSession = Array(fileSession.utf8)
        repetitions = LineRepetitions(packed: memory)
    }

    package var memory: [UInt8] { repetitions.packed }

    package var facts: LogFacts {
        LogFacts(
            session: String(decoding: fileSession, as: UTF8.self), projectPath: projectPath)
    }

    package mutating func interpret(
        _ line: Span<UInt8>, _ batch: inout CallBatch, _ dictionary: inout CallDictionary
    ) -> LineOutcome {
        let outcome = scanner.scan(line)
        guard outcome == .call else { return outcome }
        if projectPath == nil, let path = scanner.text(.cwd) {
            projectPath = JSONString.decoded(path, in: line)
        }
        var row = CallRow()
        fillLine(&row, line, &batch)
        fillDimensions(&row, line, &dictionary)
        let calls = scanner.calls
        for call in calls {
            fill(&row, call, line, &dictionary)
            if calls.count == 1 { batch.appendOnce(row) } else { batch.append(row) }
        }
        return .call
    }

    /// What all calls of a line have in common.
    private mutating func fillLine(
        _ row: inout CallRow, _ line: Span<UInt8>, _ batch: inout CallBatch
    ) {
        row.key = key(line)
        row.timestamp = scanner.timestamp
        row.success = !scanner.isFailure
        row.isSidechain = scanner.isSidechain
        row.details = scanner.details
        row.messageID = batch.text(scanner.text(.messageID), in: line)
        row.requestID = batch.text(scanner.text(.requestID), in: line)
        row.error = batch.text(scanner.isFailure ? scanner.text(.error) : nil, in: line)
    }

    private mutating func fillDimensions(
        _ row: inout CallRow, _ line: Span<UInt8>, _ dictionary: inout CallDictionary
    ) {
        row.agent = dictionary.text(Self.agentName, slot: 0)
        row.commandLineTool = row.agent
        row.gitBranch = dictionary.text(scanner.text(.gitBranch), in: line, slot: 1)
        // Rule 3: a line without a session belongs to the one that its file is named after.
        row.session =
            if let session = scanner.text(.sessionID) {
                dictionary.text(session, in: line, slot: 2)
            } else {
                dictionary.text(fileSession, slot: 2)
            }
        if let path = scanner.text(.cwd) {
            scratch.removeAll(keepingCapacity: true)
            JSONString.decode(path, in: line, into: &scratch)
            row.project = dictionary.text(
                ProjectName.token(in: scratch.span), in: scratch.span, slot: 3)
        }
    }

    /// What each call of a line has for itself.
    private func fill(
        _ row: inout CallRow, _ call: ClaudeLineScanner.Part, _ line: Span<UInt8>,
        _ dictionary: inout CallDictionary
    ) {
        row.tokens = call.tokens
        row.webSearches = call.webSearches ?? CallRow.absent
        row.cost = call.recordedCost.map { Int64($0.units) } ?? CallRow.absent
        row.rateClass = dictionary.rateClass(
            RateClassRow(
                source: .claude, model: dictionary.text(call.model, in: line, slot: 4),
                provider: 0, size: Int64(RequestSize.bucket(call.tokens.request)),
                speed: dictionary.text(call.speed, in: line, slot: 5),
                serviceTier: dictionary.text(call.serviceTier, in: line, slot: 6),
                region: dictionary.text(call.region, in: line, slot: 7),
                hasRecordedCost: call.recordedCost != nil, hasOnlyTotal: false))
    }

    /// What the lines of one call have in common: the message's id, else the request's, else the
    /// line's own, which its copies repeat, else what it says. `ClaudeCopies` tells the calls of
    /// one message apart.
    private mutating func key(_ line: Span<UInt8>) -> UInt64 {
        let identities: [ClaudeKey] = [.messageID, .requestID, .uuid]
        for (kind, identity) in identities.enumerated() {
            guard let token = scanner.text(identity) else { continue }
            var hash = LineHash(UInt64(SourceKind.claude.rawValue))
            hash.combine(UInt64(kind))
            hash.combine(token, in: line)
            return max(hash.value, 1)
        }
        return keyOfContents(line)
    }

    /// Rule 3 for a line without any id: the same line of the same session is the same call in
    /// whichever log it stands, and another one the next time that a log has it.
    private mutating func keyOfContents(_ line: Span<UInt8>) -> UInt64 {
        var hash = LineHash(UInt64(SourceKind.claude.rawValue))
        if let session = scanner.text(.sessionID) {
            hash.combine(session, in: line)
        } else {
            hash.combine(fileSession.span)
        }
        hash.combine(UInt64(bitPattern: scanner.timestamp.milliseconds))
        for call in scanner.calls {
            hash.combine(call.model, in: line)
            let tokens = call.tokens
            for count in [tokens.input, tokens.output, tokens.cacheRead, tokens.cacheWrite] {
                hash.combine(UInt64(bitPattern: count))
            }
        }
        hash.combine(repetitions.count(hash.value))
        return max(hash.value, 1)
    }
}

extension CallDictionary {
    /// The id of a text that is in no line; 0 for none.
    fileprivate mutating func text(_ bytes: [UInt8], slot: Int) -> Int64 {
        let whole = JSONToken(kind: .string, start: 0, end: Int32(bytes.count))
        return text(whole.text, in: bytes.span, slot: slot)
    }
}
