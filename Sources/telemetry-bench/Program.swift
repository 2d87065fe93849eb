import TelemetryFiles

/// Another program, run as a whole.
struct Program {
    /// How it went.
    struct Run {
        var milliseconds: Double
        var peakMemoryBytes: Int64
    }

    /// The program and its arguments.
    let arguments: [String]
    var input = Subprocess.Input.nothing

    init(_ arguments: [String], input: Subprocess.Input = .nothing) {
        self.arguments = arguments
        self.input = input
    }

    /// Runs it to its end; anything but success is an error.
    func run() throws(BenchmarkError) -> Run {
        let start = SystemClock.monotonicNanoseconds()
        let outcome = try withFiles { () throws(FileError) in
            try Subprocess.run(arguments, input: input, maximumOutputBytes: 1 << 30) { _ in true }
        }
        let nanoseconds = Double(SystemClock.monotonicNanoseconds() - start)
        guard let outcome, outcome.exit == .code(0) else {
            throw BenchmarkError("\(arguments[0]) fails: \(outcome?.errorText ?? "")")
        }
        return Run(
            milliseconds: nanoseconds / 1_000_000, peakMemoryBytes: outcome.peakMemoryBytes)
    }
}
