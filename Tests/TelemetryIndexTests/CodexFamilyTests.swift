import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Rule 14 with random families of threads: forks of forks, at any moment, some of the logs gone.
@Suite struct CodexFamilyTests {
    /// A thread: its log, and what its own requests took.
    private struct Thread {
        var name: String
        var parent: String?
        var begin: Double
        /// The token counts of its log with their times: total and last, replays included.
        var counts: [(time: Double, total: Int, last: Int)] = []
        var own: [Int64] = []

        var lines: [String] {
            [Rollout.head(name, forkOf: parent, at: begin)]
                + counts.map { Rollout.count(at: $0.time, $0.total, last: $0.last) }
        }

        /// Makes requests, each seconds after the one before; some are said twice.
        mutating func work(_ requests: Int, _ random: inout SplitMix) {
            for _ in 0..<requests {
                let time =
                    (counts.last?.time ?? begin) + Double(Int.random(in: 5...40, using: &random))
                let last = Int.random(in: 1...900, using: &random)
                let total = (counts.last?.total ?? 0) + last
                counts.append((time, total, last))
                own.append(Int64(last))
                if Bool.random(using: &random) { counts.append((time + 2, total, last)) }
            }
        }

        /// A thread that repeats what this one had said by some moment, or begins from zero.
        func forked(_ name: String, at moment: Double, _ random: inout SplitMix) -> Thread {
            var fork = Thread(name: name, parent: self.name, begin: moment)
            if Int.random(in: 0..<4, using: &random) == 0 { return fork }
            for (index, count) in counts.enumerated() where count.time <= moment {
                fork.counts.append((moment + Double(index) * 0.01, count.total, count.last))
            }
            return fork
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func eachRequestCountsOnceInItsThread(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var threads = [Thread(name: "t0", begin: 0)]
        threads[0].work(4, &random)
        for number in 1...6 {
            let parent = threads.randomElement(using: &random)!
            let moment =
                parent.begin + 3 + Double(Int.random(in: 0...150, using: &random))
            var fork = parent.forked("t\(number)", at: moment, &random)
            fork.work(Int.random(in: 0...4, using: &random), &random)
            threads.append(fork)
        }
        let gone = threads.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map(\.name)
        for thread in threads where !gone.contains(thread.name) {
            let parents = threads.filter { $0.name == thread.parent && !gone.contains($0.name) }
            #expect(
                Rollout.inputs(thread.lines, parents: parents.map(\.lines)) == thread.own,
                "seed \(seed), thread \(thread.name), gone \(gone)")
        }
    }
}
