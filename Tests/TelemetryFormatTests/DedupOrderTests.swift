import TelemetryFormat
import Testing

@Suite struct DedupOrderTests {
    private static let candidate = DedupCandidate(
        outputTokens: 5, totalTokens: 10, details: 1, isSidechain: true,
        timestamp: Timestamp(milliseconds: 1000), sessionLast: Timestamp(milliseconds: 2000),
        sessionID: "m", path: "/b", offset: 100)

    /// The rules from the weightiest on: what makes a line better, and what makes it worse.
    private static let rules: [(String, @Sendable (inout DedupCandidate, Bool) -> Void)] = [
        ("output tokens", { $0.outputTokens += $1 ? 1 : -1 }),
        ("total tokens", { $0.totalTokens += $1 ? 1 : -1 }),
        ("details", { $0.details += $1 ? 1 : -1 }),
        ("sidechain", { $0.isSidechain = !$1 }),
        ("timestamp", { $0.timestamp = Timestamp(milliseconds: $1 ? 999 : 1001) }),
        ("session's end", { $0.sessionLast = Timestamp(milliseconds: $1 ? 1999 : 2001) }),
        ("session's id", { $0.sessionID = $1 ? "l" : "n" }),
        ("path", { $0.path = $1 ? "/a" : "/c" }),
        ("offset", { $0.offset += $1 ? -1 : 1 }),
    ]

    @Test(arguments: rules.indices)
    func everyRuleOutweighsAllThatFollow(index: Int) {
        var (better, worse) = (Self.candidate, Self.candidate)
        if index != 3 { better.isSidechain = false; worse.isSidechain = false }
        Self.rules[index].1(&better, true)
        Self.rules[index].1(&worse, false)
        for (name, change) in Self.rules[(index + 1)...] where name != "sidechain" {
            change(&better, false)
            change(&worse, true)
        }
        if index < 3 { (better.isSidechain, worse.isSidechain) = (true, false) }
        #expect(better.wins(over: worse), "by \(Self.rules[index].0)")
        #expect(!worse.wins(over: better), "by \(Self.rules[index].0)")
    }

    @Test func nothingWinsOverItself() {
        #expect(!Self.candidate.wins(over: Self.candidate))
    }

    @Test func textsAreComparedByteByByte() {
        var (first, second) = (Self.candidate, Self.candidate)
        (first.sessionID, second.sessionID) = ("e\u{301}", "é")
        #expect(first.wins(over: second))
        #expect(!second.wins(over: first))
    }

    @Test func everyPairHasOneWinner() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        let candidates = (0..<60).map { _ in
            var candidate = Self.candidate
            for (_, change) in Self.rules where Int.random(in: 0..<3, using: &random) == 0 {
                change(&candidate, .random(using: &random))
            }
            return candidate
        }
        for left in candidates {
            for right in candidates {
                #expect(!(left.wins(over: right) && right.wins(over: left)), "seed \(seed)")
                for third in candidates where left.wins(over: right) && right.wins(over: third) {
                    if !left.wins(over: third) { Issue.record("no order, seed \(seed)") }
                }
            }
        }
    }
}
