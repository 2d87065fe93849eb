import Testing

/// Law 1: rebuild equals increment.
@Suite struct RebuildTests {
    @Test func everyHistoryLeavesTheCacheThatARebuildMakes() throws {
        print("LLM_TELEMETRY_TEST_SEED=\(Scale.seed)")
        let sequences = Scale.number("LLM_TELEMETRY_TEST_SEQUENCES", short: 40)
        for number in 0..<sequences {
            let seed = Scale.seed &+ UInt64(number)
            var history = try RandomHistory(seed: seed)
            for _ in 0..<3 {
                try history.run(8)
                guard try isConsistent(history, seed: seed) else { return }
            }
        }
    }

    /// Compares step by step with from scratch, and both with a count of our own. The cache that
    /// grew step by step is put back, so that the history goes on with it.
    private func isConsistent(_ history: RandomHistory, seed: UInt64) throws -> Bool {
        let sandbox = history.sandbox
        let story = "seed \(seed):\n  \(history.events.joined(separator: "\n  "))"
        let incremental = try sandbox.contentsOfCache()
        let grown = try sandbox.bytes("cache.db")
        let rebuilt = try sandbox.json("cache-sync", "--rebuild")
        #expect(rebuilt["rebuilt"]?.bool == true)
        let fromScratch = try sandbox.contentsOfCache()
        let expected = try history.expectedCalls()
        #expect(rebuilt["totals"]?["calls"]?.integer == expected, "\(story)")
        let isSame = incremental == fromScratch
        #expect(isSame, "\(story)\n\(firstDifference(incremental, fromScratch))")
        try sandbox.write(grown, to: "cache.db")
        return isSame && rebuilt["totals"]?["calls"]?.integer == expected
    }

    private func firstDifference(_ left: String, _ right: String) -> String {
        let pairs = zip(left.split(separator: "\n"), right.split(separator: "\n"))
        let pair = pairs.first { $0 != $1 }
        let (grown, rebuilt) = (pair?.0 ?? "shorter", pair?.1 ?? "shorter")
        return "grown:   \(grown.prefix(600))\nrebuilt: \(rebuilt.prefix(600))"
    }
}
