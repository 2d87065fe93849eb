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
        let binary = options.binary ?? ""
        var figures: [Figure] = []
        for measurement in options.measurements {
            switch measurement {
            case .record: figures += try RecordCost(options, workspace).figures()
            case .append: figures += try AppendCost(options, workspace).figures()
            case .host: figures += try HostSlowdown(options, workspace).figures()
            case .log: figures += try LogThroughput(options, workspace, binary).figures()
            case .start: figures += try ProcessStart(options, workspace, binary).figures()
            case .growth: figures += try Growth(options, workspace, binary).figures()
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
