package import TelemetryFormat

/// The values of the members that this program reads, as they stand in one line or one iteration.
package struct ClaudeMembers: Sendable {
    private var finder = allMembers
    private static let allMembers = MemberFinder(
        ClaudeKey.allCases.map { key in
            MemberFinder.Member(
                name: key.name, key: key.rawValue, place: key.place.rawValue,
                opens: key.opens?.rawValue)
        })

    package init() {}

    package subscript(key: ClaudeKey) -> JSONToken { finder[key.rawValue] }

    /// Forgets the values of the line before.
    mutating func clear() {
        finder.clear()
    }

    /// Takes in the object that starts here, and those inside it in which members are looked for;
    /// any other value is passed over.
    mutating func take(
        _ place: ClaudeKey.Place, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int
    ) throws(Rejection) {
        _ = try finder.take(place.rawValue, &scanner, line, depth: depth)
    }
}

extension ClaudeMembers {
    /// The tokens of a usage or an iteration. What is not stated is 0.
    func tokens(in line: Span<UInt8>) throws(Rejection) -> TokenCounts {
        if self[.cacheSplit].kind != .object, !self[.cacheSplit].isMissing { throw .badTokens }
        // Rule 7: the aggregate of cache writes and their split are the same tokens, and what the
        // split leaves of the aggregate was written for five minutes.
        let oneHour = try count(.oneHour, line)
        let split = try count(.fiveMinutes, line).saturating(plus: oneHour)
        let output = try count(.output, line)
        return TokenCounts(
            input: try count(.input, line), output: output,
            cacheRead: try count(.cacheRead, line),
            cacheWrite: max(try count(.cacheWrite, line), split), cacheWriteOneHour: oneHour,
            reasoning: min(try count(.thinking, line), output))
    }

    /// Rule 10: a count that is none rejects the line.
    private func count(_ key: ClaudeKey, _ line: Span<UInt8>) throws(Rejection) -> Int64 {
        try self[key].count(in: line, else: .badTokens) ?? 0
    }

    /// The tokens' web searches; nil when nothing is said about them.
    func webSearches(in line: Span<UInt8>) throws(Rejection) -> Int64? {
        try self[.webSearches].count(in: line, else: .badValue)
    }

    /// How many of stop reason, speed and split of cache writes are stated.
    var details: Int64 {
        let isSplit = !self[.fiveMinutes].isMissing || !self[.oneHour].isMissing
        return (self[.stopReason].isMissing ? 0 : 1) + (self[.speed].isMissing ? 0 : 1)
            + (isSplit ? 1 : 0)
    }
}
