import TelemetryFiles

/// Measures by a clock that never goes back.
enum Stopwatch {
    /// Nanoseconds that something takes.
    static func nanoseconds<Failure: Error>(
        _ body: () throws(Failure) -> Void
    ) throws(Failure) -> Double {
        let start = SystemClock.monotonicNanoseconds()
        try body()
        return Double(SystemClock.monotonicNanoseconds() - start)
    }
}
