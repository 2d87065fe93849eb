import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// What `record` costs the thread that calls it, with four threads at it.
///
/// Every call is timed by itself; the clock's own 20 to 30 ns are not taken off.
struct RecordCost {
    private static let threads = 4
    private static let median = Figure.Goal.atMost(bar: 1, aim: 0.3)
    private static let tail = Figure.Goal.atMost(bar: 20, aim: 5)

    /// How calls follow each other on one thread.
    private struct Rhythm {
        var name: String
        var rounds: Int
        /// Calls without a pause; those of all threads fit into the queue together.
        var callsPerRound: Int
        var pauseNanoseconds: Int64
    }

    private let options: BenchmarkOptions
    private let workspace: Workspace

    init(_ options: BenchmarkOptions, _ workspace: Workspace) {
        self.options = options
        self.workspace = workspace
    }

    /// p50, p99 and losses of calls in bursts, and of calls now and then.
    func figures() throws(BenchmarkError) -> [Figure] {
        let rhythms = [
            Rhythm(
                name: "in bursts", rounds: options.scaled(200), callsPerRound: 250,
                pauseNanoseconds: 20_000_000),
            Rhythm(
                name: "now and then", rounds: options.scaled(10_000), callsPerRound: 1,
                pauseNanoseconds: 150_000),
        ]
        var figures: [Figure] = []
        for rhythm in rhythms { figures += try measure(rhythm) }
        return figures
    }

    private func measure(_ rhythm: Rhythm) throws(BenchmarkError) -> [Figure] {
        let telemetry = Telemetry(settings: workspace.settings(store: "record"))
        let times = BoundedChannel<[Int64]>(capacity: Self.threads, senders: Self.threads)
        for _ in 0..<Self.threads {
            let hasStarted = BackgroundThread.start {
                _ = times.send(Self.times(of: rhythm, telemetry))
                times.finish()
            }
            guard hasStarted else { throw BenchmarkError("cannot start a thread") }
        }
        var all: [Int64] = []
        while let some = times.receive() { all += some }
        telemetry.flush(timeout: .seconds(10))
        let samples = Samples(all.lazy.map { Double($0) / 1_000 })
        let dropped = telemetry.health.dropped.values.reduce(0, +)
        let name = "record, 4 threads, \(rhythm.name)"
        return [
            Figure("\(name): p50", samples.median, .microseconds, Self.median),
            Figure("\(name): p99", samples.percentile(99), .microseconds, Self.tail),
            Figure("\(name): dropped of \(all.count)", Double(dropped), .count),
        ]
    }

    /// Nanoseconds of each call of one thread.
    private static func times(of rhythm: Rhythm, _ telemetry: Telemetry) -> [Int64] {
        let call = Call.sample
        var times: [Int64] = []
        times.reserveCapacity(rhythm.rounds * rhythm.callsPerRound)
        for _ in 0..<rhythm.rounds {
            for _ in 0..<rhythm.callsPerRound {
                let start = SystemClock.monotonicNanoseconds()
                telemetry.record(call)
                times.append(SystemClock.monotonicNanoseconds() - start)
            }
            SystemClock.sleep(nanoseconds: rhythm.pauseNanoseconds)
        }
        return times
    }
}
