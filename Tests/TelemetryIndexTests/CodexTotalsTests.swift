import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Rules 11 to 13: which token counts are calls, and of how many tokens.
@Suite struct CodexTotalsTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var expected: [Int64]
    }

    static let advances = [
        Case(
            testDescription: "each advance is a call of its last usage",
            lines: [Rollout.count(at: 1, 100, last: 100), Rollout.count(at: 9, 150, last: 50)],
            expected: [100, 50]),
        Case(
            testDescription: "the same total again is no call, whatever the last usage",
            lines: [
                Rollout.count(at: 1, 100, last: 100), Rollout.count(at: 2, 100, last: 100),
                Rollout.count(at: 3, 100, last: 70),
                Rollout.count(at: 4, total: Rollout.usage(100)),
            ],
            expected: [100]),
        Case(
            testDescription: "equal last usages with an advancing total are two calls",
            lines: [Rollout.count(at: 1, 100, last: 100), Rollout.count(at: 2, 200, last: 100)],
            expected: [100, 100]),
        Case(
            testDescription: "only totals: the differences",
            lines: [100, 250, 250, 300].map {
                Rollout.count(at: 1, total: Rollout.usage($0))
            },
            expected: [100, 150, 50]),
        Case(
            testDescription: "a last usage once is not a last usage always",
            lines: [
                Rollout.count(at: 1, 100, last: 100),
                Rollout.count(at: 2, total: Rollout.usage(130)),
                Rollout.count(at: 3, 180, last: 50),
            ],
            expected: [100, 30, 50]),
        Case(
            testDescription: "the total fell: the last usage",
            lines: [Rollout.count(at: 1, 500, last: 500), Rollout.count(at: 2, 40, last: 40)],
            expected: [500, 40]),
        Case(
            testDescription: "the total fell without a last usage: begin anew, skip",
            lines: [500, 40, 90].map { Rollout.count(at: 1, total: Rollout.usage($0)) },
            expected: [500, 50]),
        Case(
            testDescription: "rate limits only",
            lines: [
                Rollout.event("token_count", #""info":null,"rate_limits":{}"#, at: 1),
                Rollout.count(at: 2, 100, last: 100),
                Rollout.event("token_count", #""info":null"#, at: 3),
                Rollout.count(at: 4, 100, last: 100),
            ],
            expected: [100]),
        Case(
            testDescription: "a total with only total_tokens rules re-emission",
            lines: [(1000, 1000), (1000, 1000), (3500, 2500), (3500, 2500)].map {
                Rollout.count(
                    at: 1, total: #"{"total_tokens":\#($0.0)}"#, last: Rollout.usage($0.1))
            },
            expected: [1000, 2500]),
        Case(
            testDescription: "a total that states more the second time is still the same",
            lines: [
                Rollout.count(at: 1, total: #"{"total_tokens":100}"#, last: Rollout.usage(100)),
                Rollout.count(at: 2, 100, last: 100),
            ],
            expected: [100]),
        Case(
            testDescription: "no total at all: every last usage",
            lines: [70, 70, 30].map { Rollout.count(at: 1, last: Rollout.usage($0)) },
            expected: [70, 70, 30]),
        Case(
            testDescription: "a last usage alone advances the total by itself",
            lines: [
                Rollout.count(at: 1, 100, last: 100),
                Rollout.count(at: 2, last: Rollout.usage(50)),
                Rollout.count(at: 3, 150, last: 50),
                Rollout.count(at: 4, total: Rollout.usage(160)),
            ],
            expected: [100, 50, 10]),
        Case(
            testDescription: "nothing is no call",
            lines: [
                Rollout.count(at: 1, 0, last: 0), Rollout.count(at: 2, 10, last: 10),
                Rollout.count(at: 3),
            ],
            expected: [10]),
        Case(
            testDescription: "a full context window is set, not spent",
            lines: [
                Rollout.count(at: 1, 900, last: 900),
                Rollout.count(
                    at: 2,
                    total: #"{"input_tokens":0,"output_tokens":0,"total_tokens":272000}"#,
                    last: #"{"input_tokens":0,"output_tokens":0,"total_tokens":271100}"#),
                Rollout.count(
                    at: 3, total: #"{"input_tokens":50,"output_tokens":0,"total_tokens":272050}"#,
                    last: Rollout.usage(50)),
            ],
            expected: [900, 50]),
    ]

    static let falls = [
        Case(
            testDescription: "a part fell, though the sum did not: begin anew, skip",
            lines: [(100, 50), (300, 10), (330, 15)].map {
                Rollout.count(at: 1, total: Rollout.usage($0.0, output: $0.1))
            },
            expected: [100, 30]),
        Case(
            testDescription: "input fell, output grew",
            lines: [(100, 50), (60, 200), (70, 210)].map {
                Rollout.count(at: 1, total: Rollout.usage($0.0, output: $0.1))
            },
            expected: [100, 10]),
        Case(
            testDescription: "a part fell where no sum is stated",
            lines: [(100, 50), (300, 10), (330, 15)].map {
                Rollout.count(
                    at: 1, total: #"{"input_tokens":\#($0.0),"output_tokens":\#($0.1)}"#)
            },
            expected: [100, 30]),
        Case(
            testDescription: "a part that is not stated any more did not fall",
            lines: [
                Rollout.count(at: 1, total: Rollout.usage(100, cached: 40, output: 50)),
                Rollout.count(at: 2, total: #"{"input_tokens":130,"output_tokens":60}"#),
            ],
            expected: [100, 30]),
        Case(
            testDescription: "a part fell, with a last usage",
            lines: [
                Rollout.count(at: 1, total: Rollout.usage(100, output: 50)),
                Rollout.count(
                    at: 2, total: Rollout.usage(300, output: 10),
                    last: Rollout.usage(70, output: 10)),
            ],
            expected: [100, 70]),
        Case(
            testDescription: "a last usage of zeros says nothing about a total that goes on",
            lines: [Rollout.count(at: 1, 100, last: 100), Rollout.count(at: 2, 250, last: 0)],
            expected: [100, 150]),
        Case(
            testDescription: "nor does an empty one",
            lines: [
                Rollout.count(at: 1, 100, last: 100),
                Rollout.count(at: 2, total: Rollout.usage(250), last: "{}"),
                Rollout.count(at: 3, total: Rollout.usage(260), last: #"{"total_tokens":0}"#),
            ],
            expected: [100, 150, 10]),
    ]

    @Test(arguments: advances + falls) func aCallIsAnAdvanceOfTheTotal(example: Case) {
        #expect(Rollout.inputs(example.lines) == example.expected)
    }

    @Test func onlyTheSumOfTokensIsKnown() {
        let calls = Rollout.calls(
            [1000, 1800].map { Rollout.count(at: 1, total: #"{"total_tokens":\#($0)}"#) })
        #expect(calls.map(\.tokens) == [TokenCounts(unsplit: 1000), TokenCounts(unsplit: 800)])
        #expect(calls.map(\.hasOnlyTotal) == [true, true])
    }

    static let parts: [(usage: String, tokens: TokenCounts)] = [
        (
            Rollout.usage(1000, cached: 700, written: 200, output: 50, reasoning: 20),
            TokenCounts(input: 100, output: 50, cacheRead: 700, cacheWrite: 200, reasoning: 20)
        ),
        // More cached than read: nobody knows why, and nothing may become negative.
        (Rollout.usage(100, cached: 150), TokenCounts(cacheRead: 100)),
        (
            Rollout.usage(100, cached: 60, written: 60),
            TokenCounts(cacheRead: 60, cacheWrite: 40)
        ),
        (
            Rollout.usage(10, output: 5, reasoning: 9),
            TokenCounts(input: 10, output: 5, reasoning: 5)
        ),
        (
            #"{"prompt_tokens":50,"cached_tokens":5,"completion_tokens":12}"#,
            TokenCounts(input: 45, output: 12, cacheRead: 5)
        ),
        (#"{"output_tokens":7}"#, TokenCounts(output: 7)),
    ]

    @Test(arguments: parts) func partsLieInsideOneAnother(usage: String, tokens: TokenCounts) {
        let calls = Rollout.calls([Rollout.count(at: 1, last: usage)])
        #expect(calls.map(\.tokens) == [tokens])
    }

    @Test func differencesAreTakenCountByCount() {
        let first = Rollout.usage(1000, cached: 600, output: 100, reasoning: 40)
        let second = Rollout.usage(1500, cached: 1050, written: 30, output: 180, reasoning: 50)
        let calls = Rollout.calls([
            Rollout.count(at: 1, total: first), Rollout.count(at: 2, total: second),
        ])
        #expect(
            calls.last?.tokens
                == TokenCounts(
                    input: 20, output: 80, cacheRead: 450, cacheWrite: 30, reasoning: 10))
    }

    // MARK: Keys

    @Test func copiesOfASessionHaveTheSameKeys() {
        let lines = [
            Rollout.head("s"), Rollout.count(at: 1, 100, last: 100),
            Rollout.count(at: 2, 40, last: 40), Rollout.count(at: 3, 100, last: 60),
        ]
        let calls = Rollout.calls(lines)
        #expect(Set(calls.map(\.key)).count == 3)
        #expect(calls.allSatisfy { $0.key != 0 })
        let shorter = Rollout.calls(Array(lines.prefix(3)))
        #expect(shorter.map(\.key) == calls.prefix(2).map(\.key))
        let other = Rollout.calls([Rollout.head("t")] + lines.dropFirst())
        #expect(Set(calls.map(\.key)).isDisjoint(with: other.map(\.key)))
    }

    /// The same count of a session as different writers put it.
    @Test(arguments: [
        #"{"input_tokens":100,"cached_input_tokens":0,"output_tokens":10}"#,
        #"{"input_tokens":100,"output_tokens":10,"total_tokens":110}"#,
        #"{"input_tokens":100,"cached_input_tokens":null,"output_tokens":10,"total_tokens":null}"#,
        #"{"prompt_tokens":100,"cached_tokens":0,"completion_tokens":10,"total_tokens":0}"#,
        Rollout.usage(100, written: 0, output: 10),
    ])
    func whatIsNotStatedIsZero(usage: String) {
        func keys(_ usage: String) -> [UInt64] {
            Rollout.calls([Rollout.head("s"), Rollout.count(at: 1, total: usage)]).map(\.key)
        }
        #expect(keys(usage) == keys(Rollout.usage(100, output: 10)))
        #expect(keys(usage) != keys(#"{"total_tokens":110}"#))
        #expect(keys(usage) != keys(Rollout.usage(100, written: 5, output: 10)))
    }

    @Test func keysAreOfTheSessionNotOfTheLog() {
        let lines = [Rollout.count(at: 1, 100, last: 100)]
        let log = Rollout.log(lines)
        #expect(log.calls(session: "a").map(\.key) == log.calls(session: "a").map(\.key))
        #expect(log.calls(session: "a").map(\.key) != log.calls(session: "b").map(\.key))
    }
}
