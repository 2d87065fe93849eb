import TelemetryFiles
import TelemetryFormat

/// Records a second that `log -` takes, the whole process counted.
struct LogThroughput {
    private static let goal = Figure.Goal.atLeast(bar: 300_000, aim: 800_000)
    private static let records = 30_000

    private let options: BenchmarkOptions
    private let workspace: Workspace
    private let binary: String

    init(_ options: BenchmarkOptions, _ workspace: Workspace, _ binary: String) {
        self.options = options
        self.workspace = workspace
        self.binary = binary
    }

    /// The medians of many processes, with the records in a file and through a pipe.
    func figures() throws(BenchmarkError) -> [Figure] {
        let input = workspace.path("records.jsonl")
        let records = options.scaled(Self.records)
        try SampleRecords(days: 1).write(records, toFile: input)
        var fromFile: [Double] = []
        var throughPipe: [Double] = []
        for round in 0..<options.scaled(20) {
            let store = workspace.path("log-\(round)")
            let arguments = [binary, "log", "-", "--dir", store, "--now", SampleRecords.now]
            let plain = Program(arguments, input: .file(input))
            fromFile.append(Double(records) * 1_000 / (try plain.run().milliseconds))
            try remove(store)
            let piped = Program(["sh", "-c", #"cat "$0" | "$@""#, input] + arguments)
            throughPipe.append(Double(records) * 1_000 / (try piped.run().milliseconds))
            try remove(store)
        }
        return [
            Figure("log - from a file", Samples(fromFile).median, .perSecond, Self.goal),
            Figure("cat | log -, sh and cat counted", Samples(throughPipe).median, .perSecond),
        ]
    }

    private func remove(_ store: String) throws(BenchmarkError) {
        try withFiles { () throws(FileError) in try FileTree.removeTree(store) }
    }
}
