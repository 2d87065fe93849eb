import TelemetryFiles

/// The program: understand, measure, print.
enum BenchmarkProgram {
    static func main() -> Never {
        ProcessLife.occupyStandardStreams()
        StandardOutput.ignoreWriteSignals()
        do throws(BenchmarkError) {
            let options = try BenchmarkOptions(Array(CommandLine.arguments.dropFirst()))
            if options.isHelpWanted {
                try put(BenchmarkOptions.help)
            } else {
                let report = FigureReport(figures: try measure(options))
                try put(options.isJSON ? report.json : report.table)
            }
            ProcessLife.end(withCode: 0)
        } catch {
            StandardError.write("telemetry-bench: error: \(error.message)\n")
            ProcessLife.end(withCode: 1)
        }
    }

    /// Every figure that the options ask for. One measurement follows the other, since each wants
    /// the machine for itself.
    private static func measure(
        _ options: BenchmarkOptions
    ) throws(BenchmarkError) -> [Figure] {
        let workspace = try Workspace()
        var figures = try RecordCost(options, workspace).figures()
        figures += try AppendCost(options, workspace).figures()
        figures += try HostSlowdown(options, workspace).figures()
        if let binary = options.binary {
            figures += try LogThroughput(options, workspace, binary).figures()
            figures += try ProcessStart(options, workspace, binary).figures()
            if options.measuresGrowth {
                figures += try Growth(options, workspace, binary).figures()
            }
        }
        return figures
    }

    private static func put(_ text: String) throws(BenchmarkError) {
        _ = try withFiles { () throws(FileError) in
            try StandardOutput.write(Array(text.utf8).span)
        }
    }
}
