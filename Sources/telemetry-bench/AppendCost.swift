import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// What `append` of a call costs beside the least that any safe append does: `flock`, `write` of
/// the same bytes, `flock`, with everything open.
struct AppendCost {
    private static let goal = Figure.Goal.atMost(bar: 2, aim: 1.3)
    /// So few that hardly a round is interrupted by other programs.
    private static let appendsPerRound = 20

    private let options: BenchmarkOptions
    private let workspace: Workspace

    init(_ options: BenchmarkOptions, _ workspace: Workspace) {
        self.options = options
        self.workspace = workspace
    }

    /// The ratio of medians, and the two.
    func figures() throws(BenchmarkError) -> [Figure] {
        let telemetry = Telemetry(settings: workspace.settings(store: "append"))
        let line = try line(of: telemetry)
        let bare = try withFiles { () throws(FileError) in try BareAppend(of: line, workspace) }
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<options.scaled(1_000) {
            ours.append(try time { () throws(BenchmarkError) in try append(to: telemetry) })
            theirs.append(
                try time { () throws(BenchmarkError) in
                    try withFiles { () throws(FileError) in try bare.append() }
                })
        }
        let own = Samples(ours).median
        let floor = Samples(theirs).median
        return [
            Figure("append ÷ flock + write + flock", own / floor, .ratio, Self.goal),
            Figure("append of one call", own, .microseconds),
            Figure("flock + write + flock", floor, .microseconds),
        ]
    }

    /// Microseconds of one of many in a row.
    private func time(
        _ append: () throws(BenchmarkError) -> Void
    ) throws(BenchmarkError) -> Double {
        let nanoseconds = try Stopwatch.nanoseconds { () throws(BenchmarkError) in
            for _ in 0..<Self.appendsPerRound { try append() }
        }
        return nanoseconds / 1_000 / Double(Self.appendsPerRound)
    }

    private func append(to telemetry: Telemetry) throws(BenchmarkError) {
        do throws(TelemetryError) {
            try telemetry.append(Call.sample)
        } catch {
            throw BenchmarkError(error.description)
        }
    }

    /// The line that the sample becomes.
    private func line(of telemetry: Telemetry) throws(BenchmarkError) -> [UInt8] {
        try append(to: telemetry)
        let path = telemetry.layout.path(telemetry.now.day, SegmentName(.telemetry, .active))
        return try withFiles { () throws(FileError) in
            try FileContents.read(path, maximumBytes: 1 << 20)
        }
    }
}

/// The floor: a lock and a file that stay open, one line for ever.
private struct BareAppend: ~Copyable {
    private let lock: FileDescriptor
    private let file: FileDescriptor
    private let line: [UInt8]

    init(of line: [UInt8], _ workspace: Workspace) throws(FileError) {
        let lock = try FileDescriptor.open(workspace.path("bare.lock"), for: .append)
        let file = try FileDescriptor.open(workspace.path("bare.jsonl"), for: .append)
        self.lock = lock
        self.file = file
        self.line = line
    }

    borrowing func append() throws(FileError) {
        _ = try lock.tryLock()
        try file.writeAll(line.span)
        lock.unlock()
    }
}
