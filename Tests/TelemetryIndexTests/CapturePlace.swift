import Foundation
import TelemetryFiles
import TelemetryFormat

@testable import TelemetryIndex

/// Logs of an agent, and a store that captures them.
final class CapturePlace {
    let store: TemporaryStore
    private let home: TemporaryStore

    init() throws {
        store = try TemporaryStore()
        home = try TemporaryStore()
    }

    /// The directory of the logs.
    var root: String { home.path }

    var rootID: String {
        FileTree.name(of: CapturedLogs.directory(store: "", kind: .claude, root: root))
    }

    func source(lineLimit: Int = 1 << 20) -> KeepingSource {
        KeepingSource(roots: [root], lineLimit: lineLimit)
    }

    func logs() -> CapturedLogs { CapturedLogs(store: store.path, source: source()) }

    /// What there is to read, twins included.
    func listing() -> LogListing { logs().completing(source().listFiles()) }

    @discardableResult
    func write(_ name: String, _ text: String, ageHours: Int) throws -> LogFile {
        try home.write(name, text)
        try age(name, hours: ageHours)
        return source().file(name, in: root)
    }

    private func age(_ name: String, hours: Int) throws {
        try setTime(name, SystemClock.realtimeNanoseconds() - Int64(hours) * 3_600_000_000_000)
    }

    /// Says when a log was last changed.
    func setTime(_ name: String, _ nanoseconds: Int64) throws {
        let file = try FileDescriptor.open(root + "/" + name, for: .appendExisting)
        try file.setModificationTime(nanoseconds)
    }

    /// Replaces a log by its compressed form, as Codex does.
    func compress(_ name: String) throws {
        let path = root + "/" + name
        _ = try Subprocess.run(["zstd", "-q", "--rm", path], maximumOutputBytes: 0) { _ in true }
    }

    func remove(_ name: String) throws { try home.remove(name) }

    /// Removes the logs' directory with all that is in it.
    func removeRoot() throws { try FileManager.default.removeItem(atPath: root) }

    /// Captures what is due, where the cache knows of these twins.
    func capture(
        known: [CaptureRun.Candidate] = [], hoursAhead: Int = 0, lineLimit: Int = 1 << 20
    ) throws -> CaptureRun.Outcome {
        let source = source(lineLimit: lineLimit)
        let candidates = source.listFiles().files.map { file in
            let captured = known.first { $0.file.name == file.name }?.captured
            return CaptureRun.Candidate(file: file, captured: captured ?? 0)
        }
        let now = SystemClock.realtimeMilliseconds() + Int64(hoursAhead) * 3_600_000
        let run = CaptureRun(logs(), store: store.path, now: Timestamp(milliseconds: now))
        return run.run(source, candidates.filter(run.isDue))
    }

    func twinPath(_ name: String) -> String {
        CapturedLogs.directory(store: store.path, kind: .claude, root: root) + "/" + name
    }

    func twin(_ name: String) throws -> String {
        String(
            decoding: try FileContents.read(twinPath(name), maximumBytes: 1 << 20), as: UTF8.self)
    }

    /// Names of all files of the store but its lock.
    func filesInStore() throws -> [String] {
        DirectoryListing.walk(store.path).files.filter { $0 != ".lock" }
    }
}

/// Logs of which every line's `keep` is kept.
struct KeepingSource: LogSource {
    var roots: [String]
    var lineLimit: Int

    var kind: SourceKind { .claude }

    func listFiles() -> LogListing {
        var listing = LogListing()
        for root in roots {
            let walk = DirectoryListing.walk(root)
            if walk.unreadable.contains(where: { $0.path == root && $0.isMissing }) {
                listing.missingRoots.append(root)
                continue
            }
            listing.files += walk.files.map { file($0, in: root) }
            listing.unreachable += walk.unreadable.map {
                LogListing.Trouble(path: $0.path, reason: $0.reason)
            }
        }
        return listing
    }

    func file(_ name: String, in root: String) -> LogFile {
        let path = root + "/" + name
        let isCompressed = name.hasSuffix(".zst")
        guard let status = try? FileStatus.of(path) else { fatalError("no file \(path)") }
        return LogFile(
            root: root, name: isCompressed ? String(name.dropLast(4)) : name, path: path,
            representation: isCompressed ? .zstandard : .plain, status: status)
    }

    func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        TelemetryLineReader()
    }

    func daysUntilDeletion(below root: String) -> Int64? { 5 }

    func slimmed(_ line: Span<UInt8>) -> [UInt8]? {
        // What is no object has nothing to keep.
        try? KeptPaths(["keep": .text]).slimmed(line)
    }
}
