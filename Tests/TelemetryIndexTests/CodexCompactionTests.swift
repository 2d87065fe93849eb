import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Rule 16: compactions.
@Suite struct CodexCompactionTests {
    private static let before = Rollout.count(at: 1, 100, last: 100)
    private static let record = Rollout.response("r", at: 2, Rollout.usage(300, output: 30))
    private static let marker = Rollout.compacted("r")
    private static let after = Rollout.count(at: 9, 150, last: 50)
    /// A token count that holds the compaction.
    private static let holder = Rollout.count(
        at: 3, total: Rollout.usage(400, output: 30), last: Rollout.usage(300, output: 30))

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var expected: [Int64]
    }

    static let cases = [
        Case(
            testDescription: "a record and its compaction are a call",
            lines: [before, record, marker, after], expected: [100, 300, 50]),
        Case(
            testDescription: "in either order",
            lines: [before, marker, record, after], expected: [100, 300, 50]),
        Case(
            testDescription: "once, however often it is said",
            lines: [before, record, marker, marker, record, after], expected: [100, 300, 50]),
        Case(
            testDescription: "a record of no compaction is in the token counts",
            lines: [before, Rollout.response("x", at: 2, Rollout.usage(300)), marker, after],
            expected: [100, 50]),
        Case(
            testDescription: "a compaction without a record is nothing",
            lines: [before, marker, after], expected: [100, 50]),
        Case(
            testDescription: "an advance between them holds it",
            lines: [before, record, holder, marker], expected: [100, 300]),
        Case(
            testDescription: "an advance after them holds it",
            lines: [before, record, marker, holder], expected: [100, 300]),
        Case(
            testDescription: "an advance before them holds it",
            lines: [before, holder, record, marker], expected: [100, 300]),
        Case(
            testDescription: "a difference holds it, too",
            lines: [
                before, record,
                Rollout.count(at: 3, total: Rollout.usage(400, output: 30)), marker,
            ],
            expected: [100, 300]),
        Case(
            testDescription: "the same total again holds nothing",
            lines: [
                before, record,
                Rollout.count(
                    at: 3, total: Rollout.usage(100), last: Rollout.usage(300, output: 30)),
                marker, after,
            ],
            expected: [100, 300, 50]),
        Case(
            testDescription: "an advance holds the record before it, not another equal one",
            lines: [
                Rollout.response("n", at: 1, Rollout.usage(300, output: 30)), holder, record,
                marker, Rollout.count(at: 9, 450, last: 50),
            ],
            expected: [300, 300, 50]),
        Case(
            testDescription: "a compaction of nothing is no call",
            lines: [before, Rollout.response("r", at: 2, Rollout.usage(0)), marker],
            expected: [100]),
        Case(
            testDescription: "a record without an id has no compaction",
            lines: [
                before, Rollout.response(" ", at: 2, Rollout.usage(300)), Rollout.compacted(" "),
            ],
            expected: [100]),
    ]

    @Test(arguments: cases) func aCompactionCountsOnce(example: Case) {
        #expect(Rollout.inputs(example.lines) == example.expected)
    }

    /// A record with the thread's total after it.
    private static func record(
        _ id: String, at second: Double, _ input: Int, thread: Int, more: String = ""
    ) -> String {
        Rollout.line(
            "token_usage_record",
            #"{"response_id":"\#(id)","usage":\#(Rollout.usage(input)),\#(more)"#
                + #""thread_token_usage":\#(Rollout.usage(thread))}"#, at: second)
    }

    static let differences = [
        Case(
            testDescription: "a difference of totals spans it",
            lines: [
                before, record("r", at: 2, 500, thread: 600), marker,
                Rollout.count(at: 9, total: Rollout.usage(700)),
            ],
            expected: [100, 600]),
        Case(
            testDescription: "and that of another response after it",
            lines: [
                before, record("r", at: 2, 500, thread: 600), marker,
                record("n", at: 3, 100, thread: 700),
                Rollout.count(at: 9, total: Rollout.usage(700)),
            ],
            expected: [100, 600]),
        Case(
            testDescription: "which may be written before it",
            lines: [
                before, Rollout.count(at: 9, total: Rollout.usage(700)),
                record("r", at: 9, 500, thread: 600), marker,
            ],
            expected: [100, 600]),
        Case(
            testDescription: "a last usage spans nothing",
            lines: [
                before, record("r", at: 2, 500, thread: 600), marker,
                Rollout.count(at: 9, 700, last: 100),
            ],
            expected: [100, 500, 100]),
        Case(
            testDescription: "a difference of other totals does not span it",
            lines: [
                before, record("r", at: 2, 500, thread: 900), marker,
                Rollout.count(at: 9, total: Rollout.usage(700)),
            ],
            expected: [100, 500, 600]),
        Case(
            testDescription: "nor one that is smaller than it",
            lines: [
                before, record("r", at: 2, 500, thread: 520), marker,
                Rollout.count(at: 9, total: Rollout.usage(530)),
            ],
            expected: [100, 500, 430]),
        Case(
            testDescription: "a record may say itself that it is one",
            lines: [
                before,
                record(
                    "r", at: 2, 500, thread: 900,
                    more: #""compacted":true,"compaction_response_id":"r","#),
                after,
            ],
            expected: [100, 500, 50]),
        Case(
            testDescription: "but not of another response, nor with a no",
            lines: [
                before,
                record(
                    "r", at: 2, 500, thread: 900,
                    more: #""compacted":true,"compaction_response_id":"x","#),
                record(
                    "s", at: 2, 500, thread: 900,
                    more: #""compacted":false,"compaction_response_id":"s","#),
                after,
            ],
            expected: [100, 50]),
        Case(
            testDescription: "wrapped as events",
            lines: [
                before,
                Rollout.event(
                    "token_usage_record",
                    #""response_id":"r","usage":\#(Rollout.usage(300))"#, at: 2),
                Rollout.event("compacted", #""compaction_response_id":"r""#, at: 2), after,
            ],
            expected: [100, 300, 50]),
    ]

    @Test(arguments: differences) func whatADifferenceSpansCountsOnce(example: Case) {
        #expect(Rollout.inputs(example.lines) == example.expected)
        // The slim twin of a log says the same.
        let twin = example.lines.compactMap { RolloutLine.slimmed(Array($0.utf8).span) }
        #expect(
            Rollout.inputs(twin.map { String(decoding: $0, as: UTF8.self) }) == example.expected)
    }

    @Test func theThreadsTotalTellsWhatHoldsIt() {
        let usage = Rollout.usage(300, output: 30)
        let record = Rollout.line(
            "token_usage_record",
            #"{"response_id":"r","usage":\#(usage),"#
                + #""thread_token_usage":\#(Rollout.usage(400, output: 50))}"#, at: 1)
        let count = Rollout.count(at: 2, total: Rollout.usage(400, output: 50))
        #expect(Rollout.inputs([record, count, Self.marker]) == [400])
    }

    @Test func theCallIsTheRecordsLine() {
        let lines = [
            Rollout.head("s"), Rollout.model("gpt-5"), Rollout.tier(#""flex""#), Self.before,
            Self.record, Self.marker,
        ]
        let call = Rollout.calls(lines).last
        #expect(call?.isCompaction == true)
        #expect(call?.offset == Int64(lines.prefix(4).map { $0.utf8.count + 1 }.reduce(0, +)))
        #expect(call?.timestamp.iso8601 == Rollout.time(2))
        #expect(call?.model == "gpt-5" && call?.serviceTier == "flex")
        #expect(call?.tokens == TokenCounts(input: 300, output: 30))
    }

    @Test func aModelOfTheRecordIsNotTheThreads() {
        let record = Rollout.line(
            "token_usage_record",
            #"{"response_id":"r","model":"gpt-5-mini","usage":\#(Rollout.usage(300))}"#, at: 2)
        let lines = [Rollout.model("gpt-5"), record, Self.marker, Self.after]
        #expect(Rollout.calls(lines).map(\.model) == ["gpt-5-mini", "gpt-5"])
    }

    @Test func aForkRepeatsTheParentsCompactions() {
        let parent = [Rollout.head("p", at: 0), Self.before, Self.record, Self.marker]
        let repeated = [
            Rollout.count(at: 60, 100, last: 100),
            Rollout.response("r", at: 60, Rollout.usage(300, output: 30)), Self.marker,
        ]
        let own = [
            Rollout.response("o", at: 90, Rollout.usage(70)), Rollout.compacted("o"),
            Rollout.count(at: 99, 150, last: 50),
        ]
        let child = [Rollout.head("c", forkOf: "p", at: 60)] + repeated + own
        #expect(Rollout.inputs(parent) == [100, 300])
        #expect(Rollout.inputs(child, parents: [parent]) == [70, 50])
        #expect(Rollout.inputs(child) == [70, 50])
    }
}
