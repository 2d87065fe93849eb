import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct ClaudeLineScannerTests {
    private func verdict(_ line: [UInt8]) -> LineOutcome {
        var scanner = ClaudeLineScanner()
        return scanner.scan(line.span)
    }

    private func verdict(_ line: String) -> LineOutcome { verdict(Array(line.utf8)) }

    /// The calls that a line tells of; none when it is no call.
    private func calls(_ line: String) -> [ClaudeLineScanner.Part] {
        var scanner = ClaudeLineScanner()
        return scanner.scan(Array(line.utf8).span) == .call ? scanner.calls : []
    }

    /// The models of a line's calls.
    private func models(_ line: String) -> [String] {
        let bytes = Array(line.utf8)
        return calls(line).map { JSONString.decoded($0.model, in: bytes.span) }
    }

    /// White space that makes a line too long to be read whole before it is searched.
    private static let padding = String(repeating: " ", count: 300)

    // MARK: What a call is

    static let notCalls: [(String, String)] = [
        ("a user's line", answer().replacing(#""type":"assistant""#, with: #""type":"user""#)),
        ("no type", answer().replacing(#""type":"assistant","#, with: "")),
        ("another type", answer().replacing(#""type":"assistant""#, with: #""type":"Assistant""#)),
        ("a type that is no text", answer().replacing(#""type":"assistant""#, with: #""type":[]"#)),
        ("no usage", answer().replacing(#""usage""#, with: #""usages""#)),
        ("usage null", answer(usage: "null")), ("usage a list", answer(usage: "[1]")),
        ("usage a number", answer(usage: "5")), ("no model", answer(model: nil)),
        ("an empty model", answer(model: "")),
        ("a model that is no text", answer().replacing(#""claude-sonnet-4-5""#, with: "5")),
        ("a tool's usage", #"{"type":"user","toolUseResult":{"type":"assistant","usage":{}}}"#),
        (
            "a tool's usage in an answer",
            answer(usage: "null", more: #","toolUseResult":{"usage":{"input_tokens":9}}"#)
        ),
        (
            "a nested copy in a progress line",
            #"{"type":"progress","timestamp":"2026-10-01T10:00:00Z","#
                + #""data":{"message":\#(answer())}}"#
        ),
        (
            "an answer quoted by a person",
            #"{"type":"user","message":{"content":"\#(answer().replacing("\"", with: "\\\""))"}}"#
        ),
        ("a summary", #"{"type":"summary","summary":"\"usage\" of the \"assistant\""}"#),
        ("usage beside the message", answer(usage: "null", more: #","usage":{"input_tokens":9}"#)),
        ("an empty object", "{}"),
    ]

    @Test(arguments: notCalls)
    func whatIsNotAnAssistantsMessageWithUsageAndModelIsNoCall(situation: String, line: String) {
        #expect(verdict(line) == .other, "\(situation)")
        #expect(verdict(line.dropLast() + Self.padding + "}") == .other, "\(situation), searched")
    }

    @Test(arguments: [
        answer(), answer(nil), answer(request: nil), answer(session: nil),
        answer(nil, request: nil, session: nil), answer(usage: "{}"),
        answer(more: #","gitBranch":5,"cwd":null,"isSidechain":"no","uuid":[]"#),
        answer(more: #","costUSD":"dear","error":{"a":1}"#),
        answer(message: #","stop_reason":7"#), answer(usage: usage(#""service_tier":5"#)),
        answer(usage: usage(#""iterations":null"#)), answer(usage: usage(#""iterations":{}"#)),
        answer(usage: usage(#""iterations":[5,null,[],"x",{}]"#)),
        answer(usage: usage(#""output_tokens_details":null,"server_tool_use":null"#)),
    ])
    func whatIsNotBilledMayBeMissingOrAnything(line: String) {
        #expect(verdict(line) == .call)
    }

    @Test func findsACallHoweverItsLineIsSpelled() {
        let spaced = answer().replacing(":", with: " : ").replacing(",", with: " ,\t")
        let escaped = answer().replacing(#""type""#, with: #""\u0074ype""#)
            .replacing("sonnet", with: #"s\u006fnnet"#)
        for line in [spaced.replacing("10 : 00 : 00", with: "10:00:00"), escaped] {
            #expect(models(line) == ["claude-sonnet-4-5"], "\(line)")
        }
    }

    /// The words without which a line is no call, at every distance from its ends.
    @Test(arguments: 0..<40)
    func findsACallWhereverItsWordsStand(filler: Int) {
        let text = String(repeating: "g", count: filler)
        for line in [
            #"{"x":"\#(text)","type":"assistant","y":"\#(Self.padding)","#
                + #""timestamp":"2026-10-01T10:00:00Z","message":{"model":"m","usage":{}},"#
                + #""z":"\#(text)"}"#,
            #"{"x":"\#(text)","message":{"usage":{},"model":"m","y":"\#(Self.padding)"},"#
                + #""timestamp":"2026-10-01T10:00:00Z","type":"assistant","z":"\#(text)"}"#,
        ] {
            #expect(verdict(line) == .call, "\(line)")
        }
    }

    @Test func keepsTheLineBeforeOutOfTheNext() {
        var scanner = ClaudeLineScanner()
        let advised = answer(
            usage: usage(#""speed":"fast","iterations":[{"type":"compaction"}]"#),
            more: #","isSidechain":true,"isApiErrorMessage":true,"costUSD":1"#)
        #expect(scanner.scan(Array(advised.utf8).span) == .call)
        #expect(scanner.calls.count == 2 && scanner.isSidechain && scanner.isFailure)
        #expect(scanner.scan(Array(answer().utf8).span) == .call)
        #expect(scanner.calls.count == 1 && !scanner.isSidechain && !scanner.isFailure)
        #expect(scanner.calls[0].speed == nil && scanner.calls[0].recordedCost == nil)
        #expect(scanner.details == 0)
    }

    // MARK: Rule 6

    static let notices: [String] = [
        answer(model: "<synthetic>"), answer(model: #"\u003csynthetic\u003e"#),
        answer(model: "<synthetic>", more: #","isApiErrorMessage":true"#),
        answer(at: nil, model: "<synthetic>", usage: usage(input: -5)),
        answer(model: "<synthetic>", usage: usage(#""iterations":[{"type":"compaction"}]"#)),
    ]

    @Test(arguments: notices)
    func aLocalNoticeIsNoCallWhateverElseItHolds(line: String) {
        #expect(verdict(line) == .other)
    }

    @Test(arguments: [("true", true), ("false", false), ("null", false), ("\"true\"", false)])
    func anErrorOfAModelIsAFailedCall(value: String, isFailure: Bool) {
        var scanner = ClaudeLineScanner()
        let line = answer(more: #","isApiErrorMessage":\#(value)"#)
        #expect(scanner.scan(Array(line.utf8).span) == .call)
        #expect(scanner.isFailure == isFailure)
    }

    // MARK: Rule 7

    static let cacheWrites: [(String, TokenCounts)] = [
        ("", TokenCounts()),
        (#""cache_creation_input_tokens":100"#, TokenCounts(cacheWrite: 100)),
        (
            #""cache_creation_input_tokens":100,"cache_creation":null"#,
            TokenCounts(cacheWrite: 100)
        ),
        (
            #""cache_creation_input_tokens":100,"cache_creation":{}"#, TokenCounts(cacheWrite: 100)
        ),
        (
            #""cache_creation_input_tokens":100,"cache_creation":"#
                + #"{"ephemeral_5m_input_tokens":60,"ephemeral_1h_input_tokens":40}"#,
            TokenCounts(cacheWrite: 100, cacheWriteOneHour: 40)
        ),
        (
            #""cache_creation":{"ephemeral_5m_input_tokens":60,"ephemeral_1h_input_tokens":40}"#,
            TokenCounts(cacheWrite: 100, cacheWriteOneHour: 40)
        ),
        (
            #""cache_creation_input_tokens":0,"cache_creation":{"ephemeral_1h_input_tokens":40}"#,
            TokenCounts(cacheWrite: 40, cacheWriteOneHour: 40)
        ),
        (
            #""cache_creation_input_tokens":100,"cache_creation":{"ephemeral_1h_input_tokens":40}"#,
            TokenCounts(cacheWrite: 100, cacheWriteOneHour: 40)
        ),
        (
            #""cache_creation":{"ephemeral_5m_input_tokens":60,"ephemeral_1h_input_tokens":null}"#,
            TokenCounts(cacheWrite: 60)
        ),
    ]

    @Test(arguments: cacheWrites)
    func theAggregateOfCacheWritesAndTheirSplitAreTheSameTokens(
        members: String, expected: TokenCounts
    ) {
        let line = answer(usage: usage(input: 0, output: 0, members))
        #expect(calls(line).map(\.tokens) == [expected])
    }

    @Test func readsEveryKindOfTokens() {
        let line = answer(
            usage: usage(
                input: 1, output: 20,
                #""cache_read_input_tokens":3,"cache_creation_input_tokens":4,"#
                    + #""output_tokens_details":{"thinking_tokens":7},"#
                    + #""server_tool_use":{"web_search_requests":2,"web_fetch_requests":9}"#))
        let call = calls(line)[0]
        #expect(
            call.tokens
                == TokenCounts(input: 1, output: 20, cacheRead: 3, cacheWrite: 4, reasoning: 7))
        #expect(call.webSearches == 2)
        #expect(calls(answer())[0].webSearches == nil)
    }

    @Test func reasoningIsInsideTheOutput() {
        let line = answer(
            usage: usage(output: 5, #""output_tokens_details":{"thinking_tokens":7}"#))
        #expect(calls(line)[0].tokens == TokenCounts(input: 10, output: 5, reasoning: 5))
    }

    /// A key whose first and last eight bytes and length are those of one that is read.
    @Test func doesNotMistakeAMemberForAnother() {
        let line = answer(
            usage: usage(
                #""cache_creatiXX_input_tokens":7,"cache_rXXd_input_tokens":8,"#
                    + #""cache_creation":{"ephemeral_9m_input_tokens":9}"#))
        #expect(calls(line)[0].tokens == TokenCounts(input: 10, output: 5))
    }

    // MARK: Rule 8

    @Test func anAdvisorsAnswerIsAFurtherCallUnderItsOwnModel() {
        let line = answer(
            usage: usage(
                #""iterations":[{"type":"message","input_tokens":6,"output_tokens":2},"#
                    + #"{"type":"advisor_message","model":"claude-opus-4-7","input_tokens":900,"#
                    + #""output_tokens":80,"cache_read_input_tokens":7,"#
                    + #""cache_creation":{"ephemeral_1h_input_tokens":4}},"#
                    + #"{"type":"message","input_tokens":4,"output_tokens":3}]"#))
        #expect(models(line) == ["claude-sonnet-4-5", "claude-opus-4-7"])
        #expect(
            calls(line).map(\.tokens) == [
                TokenCounts(input: 10, output: 5),
                TokenCounts(
                    input: 900, output: 80, cacheRead: 7, cacheWrite: 4, cacheWriteOneHour: 4),
            ])
    }

    static let iterationModels: [(String, [String])] = [
        (#"{"type":"compaction","input_tokens":1}"#, ["claude-sonnet-4-5"]),
        (#"{"type":"compaction","model":null}"#, ["claude-sonnet-4-5"]),
        (#"{"type":"compaction","model":"claude-haiku-4-5"}"#, ["claude-haiku-4-5"]),
        (#"{"type":"advisor_message","model":null}"#, ["claude-sonnet-4-5"]),
        (
            #"{"type":"compaction"},{"model":"claude-opus-4-7","type":"advisor_message"}"#,
            ["claude-sonnet-4-5", "claude-opus-4-7"]
        ),
        (#"{"type":"message","model":"claude-opus-4-7","input_tokens":1}"#, []),
        (#"{"type":"fallback_message","model":"claude-opus-4-7","input_tokens":1}"#, []),
        (#"{"model":"claude-opus-4-7","input_tokens":1}"#, []),
        (#"{"type":null,"input_tokens":1}"#, []), (#"{"type":"message","input_tokens":-1}"#, []),
        ("", []),
    ]

    @Test(arguments: iterationModels)
    func onlyAdviceAndCompactionAreNotInTheTopLevel(iterations: String, further: [String]) {
        let line = answer(usage: usage(#""iterations":[\#(iterations)]"#))
        #expect(models(line) == ["claude-sonnet-4-5"] + further)
        #expect(calls(line)[0].tokens == TokenCounts(input: 10, output: 5))
    }

    @Test func aFurtherCallSharesWhatItsRequestIsBilledBy() {
        let line = answer(
            usage: usage(
                #""speed":"fast","service_tier":"priority","inference_geo":"us","iterations":["#
                    + #"{"type":"compaction"},{"type":"advisor_message","speed":"slow"},"#
                    + #"{"type":"advisor_message","inference_geo":"eu"}]"#))
        let bytes = Array(line.utf8)
        func texts(_ key: KeyPath<ClaudeLineScanner.Part, JSONToken?>) -> [String?] {
            calls(line).map { $0[keyPath: key].map { JSONString.decoded($0, in: bytes.span) } }
        }
        #expect(texts(\.speed) == ["fast", "fast", "slow", nil])
        #expect(texts(\.serviceTier) == ["priority", "priority", "priority", "priority"])
        #expect(texts(\.region) == ["us", "us", "us", "eu"])
    }

    // MARK: Costs that the log states

    static let costs: [(String, Money?)] = [
        (#","costUSD":2.604717"#, Money(decimalText: "2.604717")), (#","costUSD":0"#, .zero),
        ("", nil), (#","costUSD":null"#, nil), (#","costUSD":-1"#, nil),
        (#","costUSD":"1""#, nil), (#","costUSD":1e9"#, nil),
    ]

    @Test(arguments: costs)
    func aRecordedCostIsKeptAndABadOneIsNone(member: String, cost: Money?) {
        #expect(calls(answer(more: member)).map(\.recordedCost) == [cost])
    }

    @Test func aRecordedCostCoversTheFurtherCallsOfItsLine() {
        let line = answer(
            usage: usage(#""iterations":[{"type":"compaction"}]"#), more: #","costUSD":3"#)
        #expect(calls(line).map(\.recordedCost) == [Money(decimalText: "3"), .zero])
    }

    // MARK: What decides between copies

    static let details: [(String, String, Int64)] = [
        ("", "", 0), (#""speed":"standard""#, "", 1), (#""speed":null"#, "", 0),
        ("", #","stop_reason":"end_turn""#, 1), ("", #","stop_reason":null"#, 0),
        (#""cache_creation":{"ephemeral_5m_input_tokens":0}"#, "", 1),
        (#""cache_creation":{"ephemeral_1h_input_tokens":0}"#, "", 1),
        (#""cache_creation":{}"#, "", 0), (#""cache_creation_input_tokens":5"#, "", 0),
        (
            #""speed":"fast","cache_creation":{"ephemeral_5m_input_tokens":1}"#,
            #","stop_reason":"tool_use""#, 3
        ),
    ]

    @Test(arguments: details)
    func countsWhatALineStates(members: String, message: String, expected: Int64) {
        var scanner = ClaudeLineScanner()
        let line = answer(usage: usage(members), message: message)
        #expect(scanner.scan(Array(line.utf8).span) == .call)
        #expect(scanner.details == expected)
    }
}
