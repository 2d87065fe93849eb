import TelemetryFiles

/// What the command line asks for.
struct BenchmarkOptions: Sendable {
    static let help = """
        usage: telemetry-bench [OPTIONS]

        Measures what recording costs a program from within, and prints each value beside its bar.

          --binary PATH  also measure this llm-telemetry: its start, and "log -"
          --growth       also how time, memory and cache grow with the store; needs --binary,
                         12 GB of free disk and some minutes
          --short        a tenth of everything and less, to see that it works
          --json         print one JSON document
          --help         show this help and exit

        """

    var isHelpWanted = false
    var isJSON = false
    var isShort = false
    var measuresGrowth = false
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
            case "--binary":
                guard let path = rest.popFirst() else {
                    throw BenchmarkError("--binary needs a path")
                }
                // A name without a slash would be looked for in PATH.
                binary = path.contains("/") ? path : "./" + path
            default: throw BenchmarkError("unknown argument: \(argument)")
            }
        }
        if measuresGrowth, binary == nil { throw BenchmarkError("--growth needs --binary") }
    }

    /// So many, or a small part of it in a short run.
    func scaled(_ count: Int) -> Int { isShort ? max(count / 20, 1) : count }
}
