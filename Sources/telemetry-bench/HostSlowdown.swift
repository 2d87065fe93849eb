import LLMTelemetry
import Synchronization
import TelemetryFiles
import TelemetryFormat

/// What two busy tasks of a program lose when they also record 1,000 calls a second.
///
/// The tasks compute all the time and record for a slice of time, then not, and so on; what they
/// get done in a slice is compared with what they get done in its neighbours.
struct HostSlowdown {
    private static let tasks = 2
    private static let recordsPerSecond: Int64 = 1_000
    private static let sliceNanoseconds: Int64 = 100_000_000
    /// A tenth of a percent is what no such measurement can see.
    private static let goal = Figure.Goal.atMost(bar: 2, aim: 0.1)

    private let options: BenchmarkOptions
    private let workspace: Workspace

    init(_ options: BenchmarkOptions, _ workspace: Workspace) {
        self.options = options
        self.workspace = workspace
    }

    /// The loss in percent.
    func figures() throws(BenchmarkError) -> [Figure] {
        let telemetry = Telemetry(settings: workspace.settings(store: "host"))
        let slices = 2 * options.scaled(120) + 1
        let start = SystemClock.monotonicNanoseconds() + 10_000_000
        let done = BoundedChannel<[Double]>(capacity: Self.tasks, senders: Self.tasks)
        for _ in 0..<Self.tasks {
            let hasStarted = BackgroundThread.start {
                _ = done.send(Self.workDone(in: slices, from: start, telemetry))
                done.finish()
            }
            guard hasStarted else { throw BenchmarkError("cannot start a thread") }
        }
        var work = [Double](repeating: 0, count: slices)
        while let part = done.receive() {
            for index in part.indices { work[index] += part[index] }
        }
        telemetry.flush(timeout: .seconds(10))
        // Even slices are without records; each other one is compared with the two around it.
        let ratios = stride(from: 1, to: slices - 1, by: 2).map { index -> Double in
            let around = work[index - 1] + work[index + 1]
            return 2 * work[index] / around
        }
        let loss = (1 - Samples(ratios).median) * 100
        return [Figure("host that records 1,000/s: loss", loss, .percent, Self.goal)]
    }

    /// Steps of work that one task does in each slice.
    private static func workDone(
        in slices: Int, from start: Int64, _ telemetry: Telemetry
    ) -> [Double] {
        let pause = 1_000_000_000 * Int64(tasks) / recordsPerSecond
        var done = [Double](repeating: 0, count: slices)
        var state: UInt64 = 1
        var nextRecord = start
        while true {
            for _ in 0..<2_000 { state = state &* 6_364_136_223_846_793_005 &+ 1 }
            let now = SystemClock.monotonicNanoseconds()
            let slice = Int((now - start) / sliceNanoseconds)
            if slice >= slices { break }
            if now < start { continue }
            done[slice] += 1
            guard now >= nextRecord else { continue }
            nextRecord = max(nextRecord + pause, now)
            if !slice.isMultiple(of: 2) { telemetry.record(Call.sample) }
        }
        // The last state decides nothing, but without it there would be no work to do.
        return state == 0 ? [] : done
    }
}
