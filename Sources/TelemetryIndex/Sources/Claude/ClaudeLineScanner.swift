package import TelemetryFormat

/// Reads one line of a transcript after the other and says which calls it tells of
/// (`docs/agent-logs.md`, rules 6 to 10). The same line always gets the same verdict.
///
/// Nothing is allocated per line; texts stay ranges of the line until somebody asks for them.
package struct ClaudeLineScanner: Sendable {
    /// One call that a line tells of.
    package struct Part: Sendable {
        package var model = JSONToken()
        package var tokens = TokenCounts()
        /// Nil when nothing is said about them.
        package var webSearches: Int64?
        package var speed: JSONToken?
        package var serviceTier: JSONToken?
        package var region: JSONToken?
        /// What the log itself says that the call cost.
        package var recordedCost: Money?
    }

    /// The line's instant. This and all that follows is valid after an outcome of `call`.
    package private(set) var timestamp = Timestamp(milliseconds: 0)
    /// The answer itself, and then the further calls that were made for it.
    package private(set) var calls: [Part] = []
    /// Rule 6: whether this is the error that a real model's call ended with.
    package private(set) var isFailure = false
    package private(set) var isSidechain = false
    /// How many of stop reason, speed and split of cache writes the line states.
    package var details: Int64 { members.details }

    private var timestamps = TimestampReader()
    private var members = ClaudeMembers()
    private var iteration = ClaudeMembers()

    /// A tool's input is JSON of any shape in a line, so nesting may go deeper than in a record.
    private static let nesting = 512
    private static let outermost = RecordLimits.depth - nesting + 1
    /// A line no longer than this is read whole: the search would cost as much, and of a short line
    /// that is broken somebody may want to know.
    private static let searchedBytes = 256

    package init() {}

    /// Judges one line, without its newline; at most `RecordLimits.lineBytes` long.
    package mutating func scan(_ line: Span<UInt8>) -> LineOutcome {
        if line.count > RecordLimits.lineBytes { return .rejected(.tooLong) }
        do throws(Rejection) {
            return try ByteScanner.scan(line) { (scanner) throws(Rejection) in
                if line.count > Self.searchedBytes, Self.isPassedOver(scanner) { return .other }
                guard try findMembers(&scanner, line) else { return .ofBlank(line) }
                return try judge(&scanner, line)
            }
        } catch {
            return .rejected(error)
        }
    }

    /// Where the text of a key lies in the line; nil when it is absent, empty or not text.
    @inline(__always)
    package func text(_ key: ClaudeKey) -> JSONToken? { members[key].text }

    /// Whether the line has the look of an object and lacks the words without which it is no call:
    /// most of a transcript is what people, tools and files said, at which nobody needs to look.
    @inline(__always)
    private static func isPassedOver(_ scanner: ByteScanner) -> Bool {
        guard scanner.isBraced else { return false }
        return !scanner.contains("\"usage\"", searching: .fromEnd)
            || !scanner.contains("\"assistant\"", searching: .fromStart)
    }

    /// Fills `members`; false when the line is blank.
    private mutating func findMembers(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> Bool {
        members.clear()
        guard try scanner.enterObject() else { return false }
        try members.take(.line, &scanner, line, depth: Self.outermost)
        try scanner.expectEnd()
        return true
    }

    // MARK: Judging

    private mutating func judge(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> LineOutcome {
        calls.removeAll(keepingCapacity: true)
        guard isCall(line) else { return .other }
        timestamp = try timestamps.read(members[.timestamp], in: line)
        isFailure = members[.isFailure].kind == .true
        isSidechain = members[.isSidechain].kind == .true
        calls.append(
            Part(
                model: members[.model], tokens: try members.tokens(in: line),
                webSearches: try members.webSearches(in: line), speed: text(.speed),
                serviceTier: text(.serviceTier), region: text(.region),
                recordedCost: recordedCost(line)))
        try addIterations(&scanner, line)
        return .call
    }

    /// A call is an assistant's message with its usage and model. Rule 6: what the agent says in
    /// a model's place is none, whatever else it claims.
    private func isCall(_ line: Span<UInt8>) -> Bool {
        members[.type].isText("assistant", in: line) && members[.usage].kind == .object
            && text(.model) != nil && !members[.model].isText("<synthetic>", in: line)
    }

    /// Rule 8: an advisor's answers and compactions are billed and not in the line's own usage;
    /// all other iterations are.
    private mutating func addIterations(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) {
        guard members[.iterations].kind == .array else { return }
        scanner.move(to: members[.iterations].range.lowerBound)
        try scanner.elements(depth: Self.outermost) { (scanner) throws(Rejection) in
            iteration.clear()
            try iteration.take(.usage, &scanner, line, depth: Self.outermost)
            let isAdvice = iteration[.iterationType].isText("advisor_message", in: line)
            let isCompaction = iteration[.iterationType].isText("compaction", in: line)
            let isNotice = iteration[.iterationModel].isText("<synthetic>", in: line)
            if (isAdvice || isCompaction) && !isNotice {
                try add(iteration, line, inheritsSpeed: isCompaction)
            }
        }
    }

    /// Adds a further call. It was made within the line's request, and so where that was and at its
    /// tier; the speed is one of the line's own model, which compacts but does not advise.
    private mutating func add(
        _ iteration: ClaudeMembers, _ line: Span<UInt8>, inheritsSpeed: Bool
    ) throws(Rejection) {
        let main = calls[0]
        calls.append(
            Part(
                model: iteration[.iterationModel].text ?? main.model,
                tokens: try iteration.tokens(in: line),
                speed: iteration[.speed].text ?? (inheritsSpeed ? main.speed : nil),
                serviceTier: iteration[.serviceTier].text ?? main.serviceTier,
                region: iteration[.region].text ?? main.region,
                // What a log says the line cost, it cost with all that was done for it.
                recordedCost: main.recordedCost == nil ? nil : .zero))
    }

    /// The cost that old logs state. One that nobody can mean is none: the tokens tell as well.
    private func recordedCost(_ line: Span<UInt8>) -> Money? {
        // Explained above: a bad cost is not a reason to lose the call.
        (try? members[.cost].cost(in: line)) ?? nil
    }
}
