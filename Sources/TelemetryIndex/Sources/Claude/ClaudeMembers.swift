package import TelemetryFormat

/// The values of the members that this program reads, as they stand in one line or one iteration.
package struct ClaudeMembers: Sendable {
    private var found = nothing
    private static let nothing = Array(repeating: JSONToken(), count: ClaudeKey.allCases.count)

    private static let lineKeys = table(.line)
    private static let messageKeys = table(.message)
    private static let usageKeys = table(.usage)
    private static let cacheSplitKeys = table(.cacheSplit)
    private static let outputDetailsKeys = table(.outputDetails)
    private static let serverToolsKeys = table(.serverTools)

    package init() {}

    package subscript(key: ClaudeKey) -> JSONToken { found[key.rawValue] }

    /// Forgets the values of the line before.
    mutating func clear() {
        let nothing = JSONToken()
        for index in found.indices { found[index] = nothing }
    }

    /// Takes in the object that starts here, and those inside it in which members are looked for;
    /// any other value is passed over.
    mutating func take(
        _ place: ClaudeKey.Place, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int
    ) throws(Rejection) -> JSONToken {
        guard scanner.current == UInt8(ascii: "{") else { return try scanner.value(depth: depth) }
        let keys = Self.keys(of: place)
        let start = scanner.position
        try scanner.members(depth: depth) { (scanner, name) throws(Rejection) in
            guard let index = keys.find(name, scanner, line), let key = ClaudeKey(rawValue: index)
            else {
                _ = try scanner.value(depth: depth + 1)
                return
            }
            let value =
                if let inner = key.opens {
                    try take(inner, &scanner, line, depth: depth + 1)
                } else {
                    try scanner.value(depth: depth + 1)
                }
            try keep(value, key, line)
        }
        return JSONToken(kind: .object, start: Int32(start), end: Int32(scanner.position))
    }

    /// Remembers a value; the same key again must say the same thing.
    private mutating func keep(
        _ value: JSONToken, _ key: ClaudeKey, _ line: Span<UInt8>
    ) throws(Rejection) {
        let earlier = found[key.rawValue]
        if earlier.kind == .absent {
            found[key.rawValue] = value
        } else if !earlier.saysTheSame(as: value, in: line) {
            throw .duplicateKey
        }
    }

    private static func keys(of place: ClaudeKey.Place) -> KeyTable {
        switch place {
        case .line: lineKeys
        case .message: messageKeys
        case .usage: usageKeys
        case .cacheSplit: cacheSplitKeys
        case .outputDetails: outputDetailsKeys
        case .serverTools: serverToolsKeys
        }
    }

    private static func table(_ place: ClaudeKey.Place) -> KeyTable {
        KeyTable(ClaudeKey.allCases.filter { $0.place == place }.map { ($0.name, $0.rawValue) })
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
