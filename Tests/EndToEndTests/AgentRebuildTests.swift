import Foundation
import Testing

/// Law 1 for the logs of agents, whose rows depend on lines of other files: resumed sessions, side
/// questions, forks and their parents, archived and compressed copies, captured twins.
@Suite struct AgentRebuildTests {
    @Test(arguments: [true, false])
    func everyHistoryLeavesTheCacheThatARebuildMakes(isCapturing: Bool) throws {
        print("LLM_TELEMETRY_TEST_SEED=\(Scale.seed)")
        let sequences = Scale.number("LLM_TELEMETRY_TEST_SEQUENCES", short: 20)
        for number in 0..<sequences {
            let seed = Scale.seed &+ UInt64(number)
            var history = try AgentHistory(seed: seed, isCapturing: isCapturing)
            for _ in 0..<3 {
                try history.run(8)
                guard try isConsistent(history, seed: seed) else { return }
            }
        }
    }

    /// Compares step by step with from scratch; the cache that grew step by step is put back.
    private func isConsistent(_ history: AgentHistory, seed: UInt64) throws -> Bool {
        let sandbox = history.sandbox
        let cache = sandbox.sharedStore.appending(path: "cache.db")
        let incremental = try sandbox.contentsOfCache()
        // Where there was never any log, there is no cache.
        if !FileManager.default.fileExists(atPath: cache.path()) { return true }
        let twins = try sandbox.capturedLogs()
        let grown = try Data(contentsOf: cache)
        let rebuilt = try sandbox.json("cache-sync", "--rebuild")
        #expect(rebuilt["rebuilt"]?.bool == true)
        let fromScratch = try sandbox.contentsOfCache()
        let story = "seed \(seed):\n  \(history.events.joined(separator: "\n  "))"
        let isSame = incremental == fromScratch
        #expect(isSame, "\(story)\n\(firstDifference(incremental, fromScratch))")
        #expect(try sandbox.capturedLogs() == twins, "\(story)")
        try grown.write(to: cache)
        return isSame
    }

    private func firstDifference(_ left: String, _ right: String) -> String {
        let pairs = zip(
            left.split(whereSeparator: \.isNewline), right.split(whereSeparator: \.isNewline))
        let pair = pairs.first { $0 != $1 }
        let (grown, rebuilt) = (pair?.0 ?? "shorter", pair?.1 ?? "shorter")
        return "grown:   \(grown.prefix(600))\nrebuilt: \(rebuilt.prefix(600))"
    }
}
