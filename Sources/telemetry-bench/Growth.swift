import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// How time, memory and cache grow with the number of records in the store.
struct Growth {
    private static let sizes = [100_000, 1_000_000, 10_000_000]
    private static let memory = Figure.Goal.atMost(bar: 96, aim: 48)
    /// Line and cache of a record, with room to spare.
    private static let bytesPerRecord: Int64 = 1_200

    private let options: BenchmarkOptions
    private let workspace: Workspace
    private let binary: String

    init(_ options: BenchmarkOptions, _ workspace: Workspace, _ binary: String) {
        self.options = options
        self.workspace = workspace
        self.binary = binary
    }

    /// For each size: a cold sync, what it leaves, and a question after it.
    func figures() throws(BenchmarkError) -> [Figure] {
        let sizes = Self.sizes.map { options.isShort ? $0 / 10_000 : $0 }
        try checkDisk(for: sizes.max() ?? 0)
        var figures: [Figure] = []
        for size in sizes { figures += try measure(size) }
        return figures
    }

    private func measure(_ size: Int) throws(BenchmarkError) -> [Figure] {
        let layout = StoreLayout(root: workspace.path("growth-\(size)"))
        try SampleRecords(days: 30).write(size, toStore: layout)
        let common = ["--dir", layout.root, "--now", SampleRecords.now, "--json"]
        let sync = try Program([binary, "cache-sync", "--rebuild"] + common).run()
        let status = try withFiles { () throws(FileError) in try FileStatus.of(layout.cache) }
        var queries: [Double] = []
        // What was written less than two seconds ago is compared byte by byte with what was read.
        if !options.isShort { SystemClock.sleep(nanoseconds: 2_100_000_000) }
        for _ in 0..<options.scaled(40) {
            let query = Program([binary, "costs", "--days=7"] + common)
            queries.append(try query.run().milliseconds)
        }
        try withFiles { () throws(FileError) in try FileTree.removeTree(layout.root) }
        let cacheBytes = Double(status?.size ?? 0) / Double(size)
        let memory = Double(sync.peakMemoryBytes) / Double(1 << 20)
        return [
            Figure("\(size) records: cold sync", sync.milliseconds / 1_000, .seconds),
            Figure("\(size) records: peak memory", memory, .mebibytes, Self.memory),
            Figure("\(size) records: cache per call", cacheBytes, .bytes),
            Figure(
                "\(size) records: warm costs --days=7", Samples(queries).median, .milliseconds),
        ]
    }

    private func checkDisk(for records: Int) throws(BenchmarkError) {
        let free = try withFiles { () throws(FileError) in
            try FileTree.availableBytes(at: workspace.path)
        }
        let needed = Int64(records) * Self.bytesPerRecord
        guard free >= needed else {
            throw BenchmarkError(
                "--growth needs \(needed >> 20) MiB in \(workspace.path), \(free >> 20) are free")
        }
    }
}
