/// Adds up the records of segments that are about to be taken out of the store, each call once.
package struct RemovalFold: Sendable {
    /// A line that is a call.
    private struct Line {
        var key: RemovalSummary.Key
        var usage: Usage
        var candidate: DedupCandidate
    }

    private var scanner = RecordScanner()
    private var lines: [Line] = []
    private var linesByIdentity: [String: [Int]] = [:]
    private var sessionEnds: [String: Timestamp] = [:]

    package init() {}

    /// Adds a line of a segment, without its newline; what is no call does not count.
    package mutating func add(_ line: Span<UInt8>, segment: String, offset: Int64) {
        guard scanner.scan(line) == .call else { return }
        let session = text(.sessionID, line)
        if let session {
            sessionEnds[session] = max(sessionEnds[session] ?? scanner.timestamp, scanner.timestamp)
        }
        if let message = text(.messageID, line) {
            let identity = message + "\u{0}" + (text(.requestID, line) ?? "")
            linesByIdentity[identity, default: []].append(lines.count)
        } else {
            linesByIdentity["\u{0}\(lines.count)"] = [lines.count]
        }
        lines.append(
            Line(
                key: key(line), usage: scanner.usage,
                candidate: candidate(session, segment: segment, offset: offset)))
    }

    /// The totals of everything added, by time and name.
    package func groups() -> [RemovalSummary.Group] {
        var groups: [RemovalSummary.Key: RemovalSummary.Group] = [:]
        for indices in linesByIdentity.values {
            let line = winner(among: indices)
            var group = groups[line.key] ?? RemovalSummary.Group(key: line.key)
            group.usage += line.usage
            if line.usage.timedCalls > 0 { group.latency.add(line.usage.durationMilliseconds) }
            groups[line.key] = group
        }
        return groups.values.sorted { $0.key.order.lexicographicallyPrecedes($1.key.order) }
    }

    private func winner(among indices: [Int]) -> Line {
        indices.dropFirst().reduce(withSessionEnd(lines[indices[0]])) { best, index in
            let line = withSessionEnd(lines[index])
            return line.candidate.wins(over: best.candidate) ? line : best
        }
    }

    private func withSessionEnd(_ line: Line) -> Line {
        var line = line
        line.candidate.sessionLast =
            sessionEnds[line.candidate.sessionID] ?? line.candidate.timestamp
        return line
    }

    // MARK: One line

    private func text(_ key: RecordKey, _ line: Span<UInt8>) -> String? {
        scanner.text(key).map { JSONString.decoded($0, in: line) }
    }

    private func key(_ line: Span<UInt8>) -> RemovalSummary.Key {
        RemovalSummary.Key(
            hour: scanner.timestamp.hour,
            rateClass: RateClass(
                model: text(.model, line), provider: text(.provider, line),
                size: RequestSize.bucket(scanner.tokens.request), speed: text(.speed, line),
                serviceTier: text(.serviceTier, line), region: text(.region, line),
                hasRecordedCost: scanner.cost != nil, hasOnlyTotal: scanner.hasOnlyTotal),
            project: text(.project, line), agent: text(.agentName, line),
            operation: text(.operation, line), user: text(.userID, line))
    }

    private func candidate(
        _ session: String?, segment: String, offset: Int64
    ) -> DedupCandidate {
        DedupCandidate(
            outputTokens: scanner.tokens.output, totalTokens: scanner.tokens.total,
            details: scanner.details, isSidechain: false, timestamp: scanner.timestamp,
            sessionLast: scanner.timestamp, sessionID: session ?? "", path: segment, offset: offset)
    }
}

extension RecordScanner {
    /// The call that was scanned as one summand of a sum.
    package var usage: Usage {
        Usage(
            at: timestamp, success: success, tokens: tokens, webSearches: webSearches, cost: cost,
            durationMilliseconds: durationMilliseconds)
    }

    /// How many of the details that decide between duplicates the record states.
    package var details: Int64 {
        (text(.speed) == nil ? 0 : 1) + (token(.cacheWriteOneHour)?.kind == .number ? 1 : 0)
    }
}

extension RemovalSummary.Key {
    /// What keys are sorted by.
    fileprivate var order: [String] {
        let hours = String(hour)
        return [
            String(repeating: "0", count: max(0, 9 - hours.count)) + hours, rateClass.model ?? "",
            String(rateClass.size), project ?? "", agent ?? "", operation ?? "", user ?? "",
            rateClass.provider ?? "", rateClass.speed ?? "", rateClass.serviceTier ?? "",
            rateClass.region ?? "", "\(rateClass.hasRecordedCost)", "\(rateClass.hasOnlyTotal)",
        ]
    }
}
