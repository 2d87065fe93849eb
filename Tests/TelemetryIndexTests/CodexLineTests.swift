import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// What a line alone is: its verdict, `codex exec --json` (rule 17), and what is kept of it.
@Suite struct CodexLineTests {
    private static func outcome(_ bytes: [UInt8]) -> LineOutcome {
        var log = RolloutLog()
        return log.take(bytes.span, at: 0)
    }

    private static let count = Rollout.count(at: 1, 100, last: 100)
    private static let answer =
        #"{"timestamp":"2026-11-21T10:00:00Z","type":"response_item","payload":{"text":"ab"}}"#

    private static let payloadFirst =
        #"{"payload":{"type":"token_count","info":{"last_token_usage":{"input_tokens":1}}},"#
        + #""type":"event_msg","timestamp":"2026-11-21T10:00:00Z"}"#

    static let verdicts: [(line: String, outcome: LineOutcome)] = [
        (count, .call),
        ("\u{FEFF}" + count, .call),
        ("  " + count + " \r", .call),
        (count.replacing(#""type":"#, with: #""type" : "#), .call),
        (count.replacing("event_msg", with: #"event\u005fmsg"#), .call),
        (payloadFirst, .call),
        (answer, .other),
        (answer.replacing("ab", with: #"say \"token_count\""#), .other),
        ("{}", .other),
        (#"{"type":5}"#, .other),
        (Rollout.head("s"), .other),
        (Rollout.model("gpt-5"), .other),
        (Rollout.compacted("r"), .other),
        (Rollout.event("token_count", #""info":null"#, at: 1), .other),
        (Rollout.event("token_count", #""info":{}"#, at: nil), .other),
        (Rollout.count(at: 1, 0, last: 0), .other),
        (Rollout.event("agent_message", #""message":"hello""#, at: 1), .other),
        ("", .blank),
        (" \r", .blank),
        ("\0\0\0", .rejected(.notJSON)), ("  \t", .blank),
        ("[]", .rejected(.notAnObject)),
        ("42", .rejected(.notAnObject)),
        ("null", .rejected(.notAnObject)),
        ("hello", .rejected(.notJSON)),
        ("\0\0" + count, .rejected(.notJSON)),
        (String(count.dropLast(9)), .rejected(.notJSON)),
        (String(answer.dropLast(9)), .rejected(.notJSON)),
        (count + count, .rejected(.notJSON)),
        (answer + count, .rejected(.notJSON)),
        (answer.dropLast(20) + count, .rejected(.notJSON)),
        (Rollout.count(at: nil, last: Rollout.usage(1)), .rejected(.noTimestamp)),
        (count.replacing("2026-11-21T10", with: "yesterday"), .rejected(.badTimestamp)),
        (count.replacing("2026", with: "1970"), .rejected(.badTimestamp)),
        (Rollout.response("r", at: nil, Rollout.usage(1)), .rejected(.noTimestamp)),
    ]

    @Test(arguments: verdicts) func aLineIsJudgedByItself(line: String, outcome: LineOutcome) {
        #expect(Self.outcome(Array(line.utf8)) == outcome)
    }

    @Test func bytesThatAreNotTextAreRefused() {
        var bytes = Array(Self.count.utf8)
        bytes[bytes.count - 10] = 0xFF
        let outcome = Self.outcome(bytes)
        #expect(outcome == .rejected(.invalidUTF8) || outcome == .rejected(.notJSON))
        let inText = Array(#"{"type":"event_msg","x":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(Self.outcome(inText) == .rejected(.invalidUTF8))
    }

    @Test(arguments: [
        "-1", "1.5", #""7""#, "true", "[]", "1e400", "9007199254740993",
    ])
    func aCountThatIsNoneRefusesTheLine(number: String) {
        for name in ["input_tokens", "cached_input_tokens", "output_tokens", "total_tokens"] {
            let line = Rollout.count(at: 1, last: #"{"\#(name)":\#(number)}"#)
            #expect(Self.outcome(Array(line.utf8)) == .rejected(.badTokens), "\(name)")
        }
        let total = Rollout.count(at: 1, total: #"{"output_tokens":\#(number)}"#)
        #expect(Self.outcome(Array(total.utf8)) == .rejected(.badTokens))
    }

    @Test(arguments: ["5", "5.0", "5e0"])
    func aWholeNumberMayBeWrittenInManyWays(number: String) {
        let lines = [Rollout.count(at: 1, last: #"{"input_tokens":\#(number),"x":-1}"#)]
        #expect(Rollout.inputs(lines) == [5])
    }

    @Test(arguments: [
        ("1795255200", "2026-11-21T10:00:00.000Z"), ("1795255200250", "2026-11-21T10:00:00.250Z"),
        (#""2026-11-21T12:00:00+02:00""#, "2026-11-21T10:00:00.000Z"),
    ])
    func timesMayBeTextsOrNumbers(time: String, expected: String) {
        let line = Self.count.replacing("\"\(Rollout.time(1))\"", with: time)
        #expect(Rollout.calls([line]).map(\.timestamp.iso8601) == [expected])
    }

    /// Lines as a broken disk or another program leaves them.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func whateverALineHoldsItsTwinSaysTheSame(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let pieces = Array(#"{}[]",:\0159-.e"#.utf8) + [0, 0x0A, 0x80, 0xC3, 0xFF]
        for line in Self.everything {
            var bytes = Array(line.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = pieces.randomElement(using: &random)!
            }
            let outcome = Self.outcome(bytes)
            guard let twin = RolloutLine.slimmed(bytes.span) else {
                #expect(outcome != .call, "seed \(seed): \(line)")
                continue
            }
            #expect(Self.outcome(twin) == outcome, "seed \(seed): \(line)")
        }
    }

    // MARK: codex exec --json

    private static let turn =
        #"{"type":"turn.completed","usage":{"input_tokens":120,"cached_input_tokens":20,"#
        + #""output_tokens":30}}"#

    @Test func turnsAndWrappedResultsAreCalls() {
        let calls = Rollout.calls([
            #"{"type":"turn.completed","timestamp":"2026-11-21T03:04:05Z","model":"gpt-5.2-codex","#
                + #""usage":{"input_tokens":120,"cached_input_tokens":20,"output_tokens":30}}"#,
            #"{"type":"result","data":{"timestamp":"2026-11-21T03:05:05Z","model_name":"gpt-6","#
                + #""usage":{"prompt_tokens":50,"cached_tokens":5,"completion_tokens":12}}}"#,
        ])
        #expect(
            calls.map(\.tokens) == [
                TokenCounts(input: 100, output: 30, cacheRead: 20),
                TokenCounts(input: 45, output: 12, cacheRead: 5),
            ])
        #expect(calls.map(\.model) == ["gpt-5.2-codex", "gpt-6"])
        #expect(
            calls.map(\.timestamp.iso8601) == [
                "2026-11-21T03:04:05.000Z", "2026-11-21T03:05:05.000Z",
            ])
    }

    @Test func aTurnWithoutATimeIsOfTheLatestTime() {
        let calls = Rollout.calls([Rollout.head("s", at: 7), Self.turn, Self.turn])
        #expect(calls.map(\.timestamp.iso8601) == [Rollout.time(7), Rollout.time(7)])
        #expect(Set(calls.map(\.key)).count == 2)
    }

    @Test func aTurnWithoutATimeIsOfTheTimeInTheName() {
        let name = "sessions/2026/11/21/rollout-2026-11-21T09-30-00-0199.jsonl"
        let log = Rollout.log([Self.turn], name: name)
        #expect(log.calls(session: "s").map(\.timestamp.iso8601) == ["2026-11-21T09:30:00.000Z"])
        #expect(Self.outcome(Array(Self.turn.utf8)) == .rejected(.noTimestamp))
        #expect(Timestamp(inRolloutName: "sessions/rollout-x.jsonl") == nil)
        #expect(Timestamp(inRolloutName: "2026-11-21T09-30-00-0199.jsonl") == nil)
    }

    // MARK: Growth

    /// A log with everything in it.
    private static let everything = [
        Rollout.head("c", forkOf: "p", at: 0), Rollout.head("p", at: 0),
        Rollout.count(at: 0.1, 1000, last: 1000), Rollout.model("gpt-5"),
        Rollout.count(at: 60, 1100, last: 100), Rollout.tier(#""priority""#),
        Rollout.response("r", at: 70, Rollout.usage(300, cached: 7, written: 3, output: 30)),
        Rollout.compacted("r"), Rollout.tier(#""turbo""#), "not a line",
        Rollout.count(at: 80, total: #"{"total_tokens":1500}"#),
        Rollout.count(at: 90, last: Rollout.usage(9), model: "gpt-6"), Self.turn,
        Rollout.count(at: 85, 40, last: 40),
    ]

    @Test func aLogReadInPartsIsTheLogReadAtOnce() throws {
        let whole = Rollout.log(Self.everything)
        #expect(whole.calls(session: "c").count == 6)
        for split in 0...Self.everything.count {
            let first = Rollout.log(Array(Self.everything.prefix(split)))
            var log = try #require(RolloutLog(packed: first.packed))
            #expect(log == first)
            var offset = Self.everything.prefix(split).map { Int64($0.utf8.count) + 1 }
                .reduce(0, +)
            for line in Self.everything.dropFirst(split) {
                _ = log.take(Array(line.utf8).span, at: offset)
                offset += Int64(line.utf8.count) + 1
            }
            #expect(log == whole, "\(split)")
        }
    }

    @Test func bytesThatNobodyPackedAreNoLog() {
        let packed = Rollout.log(Self.everything).packed
        for count in 0..<packed.count {
            #expect(RolloutLog(packed: Array(packed.prefix(count))) == nil)
        }
        #expect(RolloutLog(packed: packed + [0]) == nil)
        #expect(RolloutLog(packed: [1] + packed.dropFirst()) == nil)
        // Whatever is in them, nothing traps.
        for index in packed.indices {
            var damaged = packed
            damaged[index] ^= 0xFF
            _ = RolloutLog(packed: damaged)?.calls(session: "s")
        }
    }

    // MARK: Slim twins

    @Test func theTwinOfALogSaysTheSame() {
        let lines = Self.everything + [Self.answer]
        let twin = lines.compactMap { RolloutLine.slimmed(Array($0.utf8).span) }
            .map { String(decoding: $0, as: UTF8.self) }
        #expect(twin.count == Self.everything.count - 1)
        #expect(!twin.joined().contains("secret"))
        func said(_ lines: [String]) -> [RolloutCall] {
            Rollout.calls(lines).map { call in
                var call = call
                call.offset = 0
                return call
            }
        }
        #expect(said(twin) == said(lines))
    }
}
