import TelemetryFiles
import Testing

@Suite struct NameWatchTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try FileTree.createDirectory(directory("day"))
        try directory.write("a", to: "day/file")
    }

    /// Nil on systems and disks where nothing can be watched; there is nothing to test then.
    private func watch() throws -> NameWatch? {
        let day = try Directory.open(directory("day"))
        let file = try day.openFile("file", for: .append)
        guard let watch = NameWatch(over: file), watch.add(day) else { return nil }
        return watch
    }

    @Test func isQuietWhileAFileIsReadAndWritten() throws {
        guard let watch = try watch() else { return }
        let file = try FileDescriptor.open(directory("day/file"), for: .append)
        try file.writeAll([1, 2, 3].span)
        _ = try file.read(count: 2, at: 0)
        _ = try file.end()
        try directory.write("b", to: "day/other")
        #expect(watch.isQuiet)
    }

    @Test(arguments: [
        "mv day/file day/moved", "rm day/file", "rm -r day", "mv day moved", "ln day/file second",
        "touch new && mv new day/file", "chmod 0644 day/file",
    ])
    func noticesWhatHappensToAName(command: String) throws {
        guard let watch = try watch() else { return }
        #expect(watch.isQuiet)
        try shell("sh", "-c", "cd '\(directory.path)' && \(command)")
        #expect(!watch.isQuiet)
    }

    @Test func cannotWatchWhatIsOnNoDisk() throws {
        let file = try? FileDescriptor.openForReading("/proc/self/status")
        if let file { #expect(NameWatch(over: file) == nil) }
    }
}
