/// What a complete line turned out to be.
package enum LineOutcome: Equatable, Sendable {
    /// A record of a call.
    case call
    /// A well-formed line that is not a call, such as a note of the writer.
    case other
    /// Only white space or NULs: no line at all.
    case blank
    case rejected(Rejection)
}

/// Reads one line of `telemetry.jsonl` after the other: finds the members that this program knows
/// and judges them (`docs/log-format.md`). The same line always gets the same verdict.
///
/// Nothing is allocated per line; texts stay ranges of the line until somebody asks for them.
package struct RecordScanner: Sendable {
    /// The call's instant. This and all that follows is valid after an outcome of `call`.
    package private(set) var timestamp = Timestamp(milliseconds: 0)
    package private(set) var tokens = TokenCounts()
    /// Whether the record states any token count.
    package private(set) var hasTokens = false
    /// Whether the record states a total and no parts.
    package private(set) var hasOnlyTotal = false
    package private(set) var cost: Money?
    package private(set) var cloudCostEquivalent: Money?
    package private(set) var durationMilliseconds: Int64?
    package private(set) var timeToFirstTokenMilliseconds: Int64?
    package private(set) var webSearches: Int64?
    package private(set) var promptCharacters: Int64?
    package private(set) var responseCharacters: Int64?
    /// Whether the call succeeded: as stated, else whether it names no error.
    package private(set) var success = true

    private var found = noTokens
    private static let noTokens = Array(
        repeating: JSONToken(), count: RecordKey.allCases.count)

    private static let recordKeys = table(.record)
    private static let tokenKeys = table(.tokens)
    private static let metadataKeys = table(.metadata)

    package init() {}

    private static func table(_ place: RecordKey.Place) -> KeyTable {
        KeyTable(RecordKey.allCases.filter { $0.place == place }.map { ($0.name, $0.rawValue) })
    }

    /// Judges one line, without its newline; at most `RecordLimits.lineBytes` long.
    package mutating func scan(_ line: Span<UInt8>) -> LineOutcome {
        if line.count > RecordLimits.lineBytes { return .rejected(.tooLong) }
        do throws(Rejection) {
            let isObject = try ByteScanner.scan(line) { (scanner) throws(Rejection) in
                try findMembers(&scanner, line)
            }
            guard isObject else { return .blank }
            if self[.event].kind == .string { return .other }
            try judge(line)
            return .call
        } catch {
            return .rejected(error)
        }
    }

    // MARK: Finding

    private subscript(key: RecordKey) -> JSONToken { found[key.rawValue] }

    /// Fills `found`; false when the line is blank.
    private mutating func findMembers(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> Bool {
        for index in found.indices { found[index] = JSONToken() }
        guard try scanner.enterObject() else { return false }
        try scanner.members(depth: 1) { (scanner, name) throws(Rejection) in
            guard let index = Self.recordKeys.find(name, scanner, line) else {
                _ = try scanner.value(depth: 2)
                return
            }
            let value: JSONToken
            switch RecordKey(rawValue: index) {
            case .tokens: value = try nested(Self.tokenKeys, &scanner, line)
            case .metadata: value = try nested(Self.metadataKeys, &scanner, line)
            default: value = try scanner.value(depth: 2)
            }
            try keep(value, index, line)
        }
        try scanner.expectEnd()
        return true
    }

    /// Reads an object whose members are looked up too; another kind of value is left to the judge.
    private mutating func nested(
        _ keys: KeyTable, _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> JSONToken {
        guard scanner.current == UInt8(ascii: "{") else { return try scanner.value(depth: 2) }
        let start = scanner.position
        try scanner.members(depth: 2) { (scanner, name) throws(Rejection) in
            let index = keys.find(name, scanner, line)
            let value = try scanner.value(depth: 3)
            if let index { try keep(value, index, line) }
        }
        return JSONToken(kind: .object, start: Int32(start), end: Int32(scanner.position))
    }

    /// Remembers a value; the same key again must say the same thing.
    private mutating func keep(
        _ value: JSONToken, _ index: Int, _ line: Span<UInt8>
    ) throws(Rejection) {
        let earlier = found[index]
        if earlier.kind == .absent {
            found[index] = value
        } else if !earlier.saysTheSame(as: value, in: line) {
            throw .duplicateKey
        }
    }

    // MARK: Judging

    private mutating func judge(_ line: Span<UInt8>) throws(Rejection) {
        timestamp = try self[.timestamp].timestamp(in: line)
        try judgeTokens(line)
        cost = try self[.cost].cost(in: line)
        cloudCostEquivalent = try self[.cloudCostEquivalent].cost(in: line)
        durationMilliseconds = try milliseconds(.duration, line)
        timeToFirstTokenMilliseconds = try milliseconds(.timeToFirstToken, line)
        webSearches = try self[.webSearches].count(in: line, else: .badValue)
        promptCharacters = try self[.promptCharacters].count(in: line, else: .badValue)
        responseCharacters = try self[.responseCharacters].count(in: line, else: .badValue)
        try judgeTexts()
        try judgeSuccess()
        if !hasTokens, cost == nil, text(.model) == nil { throw .noCall }
    }

    /// Parts are what counts; a total stands in only where no part is given.
    private mutating func judgeTokens(_ line: Span<UInt8>) throws(Rejection) {
        tokens = TokenCounts()
        hasTokens = false
        hasOnlyTotal = false
        let object = self[.tokens]
        if object.kind == .absent || object.kind == .null { return }
        guard object.kind == .object else { throw .badTokens }
        let input = try self[.input].count(in: line, else: .badTokens)
        let output = try self[.output].count(in: line, else: .badTokens)
        let cacheRead = try self[.cacheRead].count(in: line, else: .badTokens)
        let cacheWrite = try self[.cacheWrite].count(in: line, else: .badTokens)
        let oneHour = try self[.cacheWriteOneHour].count(in: line, else: .badTokens)
        let reasoning = try self[.reasoning].count(in: line, else: .badTokens)
        let total = try self[.total].count(in: line, else: .badTokens)
        let hasParts =
            input != nil || output != nil || cacheRead != nil || cacheWrite != nil
            || oneHour != nil || reasoning != nil
        hasTokens = hasParts || total != nil
        hasOnlyTotal = !hasParts && total != nil
        tokens = TokenCounts(
            input: input ?? 0, output: output ?? reasoning ?? 0, cacheRead: cacheRead ?? 0,
            cacheWrite: cacheWrite ?? oneHour ?? 0,
            cacheWriteOneHour: min(oneHour ?? 0, cacheWrite ?? .max), reasoning: reasoning ?? 0,
            unsplit: hasParts ? 0 : total ?? 0)
    }

    private func judgeTexts() throws(Rejection) {
        for key in Self.textKeys {
            switch self[key].kind {
            case .absent, .null, .string: continue
            default: throw .badValue
            }
        }
        switch self[.metadata].kind {
        case .absent, .null, .object: return
        default: throw .badValue
        }
    }

    private static let textKeys: [RecordKey] = [
        .messageID, .requestID, .agentName, .operation, .model, .provider, .sessionID, .userID,
        .promptHash, .responseHash, .taskSource, .commandLineTool, .persona, .nexusMode, .speed,
        .serviceTier, .region, .project, .gitBranch,
    ]

    private mutating func judgeSuccess() throws(Rejection) {
        switch self[.success].kind {
        case .true: success = true
        case .false: success = false
        case .absent, .null:
            let error = self[.error]
            success = error.kind == .absent || error.kind == .null || error.isEmptyText
        default: throw .badValue
        }
    }

    // MARK: Numbers

    /// A non-negative duration rounded to a whole millisecond.
    private func milliseconds(
        _ key: RecordKey, _ line: Span<UInt8>
    ) throws(Rejection) -> Int64? {
        let token = self[key]
        switch token.kind {
        case .absent, .null: return nil
        case .number: break
        default: throw .badDuration
        }
        let whole = token.wholeNumber(in: line)
        if let whole, whole <= RecordLimits.durationMilliseconds { return whole }
        guard let exact = Money(decimal: line.extracting(token.range)), exact >= .zero else {
            throw .badDuration
        }
        let rounded = (exact.units + Money.unitsPerDollar / 2) / Money.unitsPerDollar
        guard rounded <= Int128(RecordLimits.durationMilliseconds) else { throw .badDuration }
        return Int64(rounded)
    }

    // MARK: Texts

    /// Where the text of a key lies in the line; nil when the key is absent, null, empty or not
    /// text.
    @inline(__always)
    package func text(_ key: RecordKey) -> JSONToken? {
        self[key].text
    }

    /// Any value of a key as it stands in the line; nil when absent.
    package func token(_ key: RecordKey) -> JSONToken? {
        let token = self[key]
        return token.kind == .absent ? nil : token
    }
}
