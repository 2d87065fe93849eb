import TelemetryFiles

/// What the command line asks for.
struct BenchmarkOptions: Sendable {
    static let help = """
        usage: telemetry-bench [OPTIONS]

        Measures what recording costs a program from within, and prints each value beside its bar.

          --only WHAT    measure only record, append, host, log, start or growth
          --binary PATH  also measure this llm-telemetry: its start, and "log -"
          --growth       also how time, memory and cache grow with the store; needs --binary,
                         12 GB of free disk and some minutes
          --short        a tenth of everything and less, to see that it works
          --json         print one JSON document
          --help         show this help and exit

        """

    /// What can be measured.
    enum Measurement: String, CaseIterable {
        case record, append, host, log, start, growth

        /// Whether it looks at a program from outside.
        var needsBinary: Bool { [.log, .start, .growth].contains(self) }
    }

    var isHelpWanted = false
    var isJSON = false
    var isShort = false
    var measuresGrowth = false
    /// nil = everything there is a program for, and growth when it is asked for.
    var only: Measurement?
    /// The program to measure from outside.
    var binary: String?

    /// The options that these arguments state.
    init(_ arguments: [String]) throws(BenchmarkError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": isHelpWanted = true
            case "--json": isJSON = true
            case "--short": isShort = true
            case "--growth": measuresGrowth = true
            case "--only":
                guard let name = rest.popFirst(), let only = Measurement(rawValue: name) else {
                    throw BenchmarkError("--only needs the name of a measurement")
                }
                self.only = only
            case "--binary":
                guard let path = rest.popFirst() else {
                    throw BenchmarkError("--binary needs a path")
                }
                // A name without a slash would be looked for in PATH.
                binary = path.contains("/") ? path : "./" + path
            default: throw BenchmarkError("unknown argument: \(argument)")
            }
        }
        let needy = measurements.first { $0.needsBinary && (measuresGrowth || $0 == only) }
        if let needy, binary == nil { throw BenchmarkError("\(needy.rawValue) needs --binary") }
    }

    /// What to measure, in the order in which it is shown.
    var measurements: [Measurement] {
        if let only { return [only] }
        return Measurement.allCases.filter { measurement in
            measurement == .growth ? measuresGrowth : binary != nil || !measurement.needsBinary
        }
    }

    /// So many, or a small part of it in a short run.
    func scaled(_ count: Int) -> Int { isShort ? max(count / 20, 1) : count }
}
