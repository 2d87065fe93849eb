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

    private var timestamps = TimestampReader()
    private var members = allMembers
    private static let allMembers = MemberFinder(
        RecordKey.allCases.map { key in
            MemberFinder.Member(
                name: key.name, key: key.rawValue, place: key.place.rawValue,
                opens: key.opens?.rawValue)
        })

    package init() {}

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

    @inline(__always)
    private subscript(key: RecordKey) -> JSONToken { members[key.rawValue] }

    /// Fills `members`; false when the line is blank.
    private mutating func findMembers(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> Bool {
        members.clear()
        guard try scanner.enterObject() else { return false }
        _ = try members.take(RecordKey.Place.record.rawValue, &scanner, line, depth: 1)
        try scanner.expectEnd()
        return true
    }

    // MARK: Judging

    private mutating func judge(_ line: Span<UInt8>) throws(Rejection) {
        timestamp = try timestamps.read(self[.timestamp], in: line)
        try judgeTokens(line)
        cost = try self[.cost].cost(in: line)
        cloudCostEquivalent = try self[.cloudCostEquivalent].cost(in: line)
        durationMilliseconds = try self[.duration].milliseconds(in: line)
        timeToFirstTokenMilliseconds = try self[.timeToFirstToken].milliseconds(in: line)
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

    @inline(__always)
    private func judgeTexts() throws(Rejection) {
        if members.otherThanText & Self.textKeys != 0 { throw .badValue }
        switch self[.metadata].kind {
        case .absent, .null, .object: return
        default: throw .badValue
        }
    }

    /// The keys whose values are texts, as a set of bits.
    private static let textKeys: UInt64 = [
        RecordKey.messageID, .requestID, .agentName, .operation, .model, .provider, .sessionID,
        .userID, .promptHash, .responseHash, .taskSource, .commandLineTool, .persona, .nexusMode,
        .speed, .serviceTier, .region, .project, .gitBranch,
    ].reduce(0) { $0 | 1 << UInt64($1.rawValue) }

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

    // MARK: Texts

    /// Where the text of a key lies in the line; nil when the key is absent, null, empty or not
    /// text.
    @inline(__always)
    package func text(_ key: RecordKey) -> JSONToken? {
        members[key.rawValue].text
    }

    /// Any value of a key as it stands in the line; nil when absent.
    @inline(__always)
    package func token(_ key: RecordKey) -> JSONToken? {
        let token = members[key.rawValue]
        return token.kind == .absent ? nil : token
    }
}
