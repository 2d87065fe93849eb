import TelemetryFiles
import TelemetryIndex

/// Which logs are read into the cache of a store, and how.
enum LogReading {
    /// The sources that have a reader.
    static let readable = [SourceKind.telemetry.name]

    /// The readers of the sources named.
    static func sources(_ names: [String], _ access: StoreAccess) -> [any LogSource] {
        names.filter { readable.contains($0) }.map { _ in TelemetrySource(store: access.directory) }
    }

    /// Whether there is any log of an agent to read.
    static func hasAgentLogs(_ environment: [String: String]) -> Bool { false }

    /// Reads what is new into the cache.
    static func sync(
        _ location: CacheLocation, _ access: StoreAccess, names: [String]? = nil,
        depth: CacheSync.Depth = .incremental, patience: Int64
    ) throws(IndexError) -> CacheSyncSummary {
        var progress: (@Sendable (CacheSync.Progress) -> Void)?
        let bar = access.draw.map { ProgressBar(draw: $0) }
        defer { bar?.clear() }
        if let bar { progress = { bar.show(done: $0.bytesDone, of: $0.bytesTotal) } }
        let summary = try CacheSync(
            location, sources: sources(names ?? access.sources, access), depth: depth,
            lockTimeoutMilliseconds: patience, progress: progress
        ).run()
        if access.isVerbose { access.note?(CacheSyncReport.line(summary)) }
        return summary
    }

    /// Makes the directory of a cache whose store is nowhere yet.
    static func makeDirectory(_ path: String) throws(IndexError) {
        do throws(FileError) {
            if try FileStatus.of(path) == nil { try FileTree.createDirectories(path) }
        } catch {
            throw .file(error)
        }
    }
}
