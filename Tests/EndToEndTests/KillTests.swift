import Foundation
import Testing

@Suite struct KillTests {
    /// Four writers are killed again and again, at random moments: what was acknowledged is there,
    /// nothing is there twice, and every line that cannot be read was cut by a kill.
    @Test func aKillLosesNothingThatWasAcknowledged() throws {
        let kills = Scale.number("LLM_TELEMETRY_TEST_KILLS", short: 60)
        print("LLM_TELEMETRY_TEST_SEED=\(Scale.seed)")
        var random = SeededGenerator(seed: Scale.seed)
        let sandbox = try Sandbox()
        let usual = try usualDuration()
        let lanes = (0..<4).map { lane in
            (0..<kills / 4 * 2).map { round in
                let input = batch(prefix: "w\(lane)-\(round)", &random)
                // Every other batch is left alone: it meets what the kill left behind.
                let delay = round.isMultiple(of: 2) ? usual * Double.random(in: 0.3...1.1, using: &random) : nil
                return ProcessPool.Job(
                    invocation: sandbox.invocation(["log", "-"], input: input), killAfter: delay)
            }
        }
        var acknowledged: [String] = []
        var killed = 0
        try ProcessPool.run(lanes: lanes) { lane, job, outcome in
            if outcome.succeeded {
                acknowledged.append("w\(lane)-\(job)")
            } else {
                #expect(outcome.end == .signalled(SIGKILL), "\(outcome.errorText)")
                killed += 1
            }
        }
        let stored = try StoredLines(below: sandbox.store)
        let lost = acknowledged.flatMap { name in (0..<batchSize).map { "\(name)-\($0)" } }
            .filter { stored.counts[$0] == nil }
        #expect(lost == [])
        #expect(stored.counts.filter { $0.value > 1 } == [:])
        #expect(stored.unreadable <= killed)
        #expect(killed > 0 && acknowledged.count > 0)

        let sync = try sandbox.json("cache-sync")
        #expect(sync["totals"]?["calls"]?.integer == stored.counts.count)
        #expect(sync["totals"]?["rejected"]?.integer == stored.unreadable)
    }

    /// A sync that is killed leaves the old cache or the new one, never a mixture.
    @Test func aKilledSyncLeavesAUsableCache() throws {
        var random = SeededGenerator(seed: Scale.seed)
        let sandbox = try Sandbox()
        try sandbox.write(
            (0..<20_000).map { Record.numbered($0).line }.joined(),
            to: "2025-01-27/telemetry.jsonl")
        let usual = try duration { _ = try sandbox.json("cache-sync", "--rebuild") }
        let expected = try sandbox.contentsOfCache()
        for round in 0..<12 {
            if round.isMultiple(of: 3) {
                try FileManager.default.removeItem(at: sandbox.cache)
            }
            let arguments = round.isMultiple(of: 2) ? ["cache-sync", "--rebuild"] : ["cache-sync"]
            let job = ProcessPool.Job(
                invocation: sandbox.invocation(arguments),
                killAfter: usual * Double.random(in: 0.05...1, using: &random))
            try ProcessPool.run(lanes: [[job]]) { _, _, _ in }
            #expect(try sandbox.contentsOfCache() == expected, "round \(round)")
        }
    }

    private let batchSize = 40

    /// Records of 0.1 to 30 kB, as M5's storm had them.
    private func batch(prefix: String, _ random: inout SeededGenerator) -> String {
        (0..<batchSize).map { number in
            var record = Record.numbered(number, prefix: prefix)
            let length = Int.random(in: 0...15, using: &random) == 0 ? 30_000 : 100
            record.further = "\"note\":\"\(String(repeating: "x", count: length))\""
            return record.line
        }.joined()
    }

    /// How long one batch takes here and now: kills are aimed at its later part.
    private func usualDuration() throws -> Duration {
        var random = SeededGenerator(seed: 1)
        let sandbox = try Sandbox()
        let input = batch(prefix: "w", &random)
        let runs = try (0..<5).map { _ in
            try duration { _ = try sandbox.run("log", "-", input: input) }
        }
        return runs.sorted()[2]
    }

    private func duration(of act: () throws -> Void) throws -> Duration {
        let start = ContinuousClock.now
        try act()
        return ContinuousClock.now - start
    }
}
