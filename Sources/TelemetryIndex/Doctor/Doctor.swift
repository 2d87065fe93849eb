import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// Looks at sources and cache without changing them.
package struct Doctor: Sendable {
    private let location: CacheLocation
    private let sources: [any LogSource]
    private let named: Set<SourceKind>
    /// Asks whether a program is there.
    var isInstalled: @Sendable (String) -> Bool = { Subprocess.isInstalled($0) }

    /// An examination of the cache at a location and of the sources that it reads; the roots of
    /// those that are `named` were asked for, so that they must be there.
    package init(
        _ location: CacheLocation, sources: [any LogSource], named: Set<SourceKind> = []
    ) {
        self.location = location
        self.sources = sources
        self.named = named
    }

    /// What there is to know, after a sync or without one.
    package func examine() throws(IndexError) -> DoctorFindings {
        var findings = DoctorFindings(
            cache: try cache(), sqliteVersion: Connection.libraryVersion)
        for source in sources {
            let listing = source.listFiles()
            findings.roots += try source.roots.map { (root) throws(IndexError) in
                try examine(root, of: source, listing)
            }
            findings.unreadFiles += try unreadFiles(of: source, listing, findings.cache)
            if source.kind == .telemetry {
                for root in source.roots { findings.openPermissions += openPaths(root, listing) }
            }
        }
        if findings.cache.bytes != nil {
            let kinds = sources.map(\.kind)
            try IndexError.cache { () throws(SQLiteError) in
                try findings.addCounts(
                    of: kinds, Connection(path: location.path, mode: .readOnly))
            }
        }
        return findings
    }

    // MARK: Logs

    private func examine(
        _ root: String, of source: any LogSource, _ listing: LogListing
    ) throws(IndexError) -> DoctorFindings.Root {
        let status = try IndexError.file { () throws(FileError) in try FileStatus.of(root) }
        let trouble =
            status == nil
            ? (named.contains(source.kind) ? "there is no such directory" : nil)
            : listing.unreachable.first { $0.path == root }?.reason
        let files = listing.files.filter { $0.root == root }
        let logs = files.filter { $0.representation != .captured }
        let days = source.daysUntilDeletion(below: root)
        return DoctorFindings.Root(
            source: source.kind.name, path: root, isReadable: status != nil && trouble == nil,
            trouble: trouble, files: Int64(files.count),
            bytes: files.reduce(0) { $0 + $1.status.size }, ownerDeletesAfterDays: days,
            firstDeletion: days.flatMap { Self.firstDeletion(of: logs, afterDays: $0) },
            captured: Int64(listing.twins?.count(of: root) ?? 0),
            knownByTwins: Int64(files.count - logs.count))
    }

    /// The day on which the log that was not changed for longest will have rested that long.
    private static func firstDeletion(of logs: [LogFile], afterDays days: Int64) -> Day? {
        logs.map(\.status.modifiedNanoseconds).min().map { oldest in
            Timestamp(milliseconds: oldest / 1_000_000).day.adding(days: Int(days))
        }
    }

    /// Logs that are there and cannot be read; what is wrong with a root is told with the root.
    private func unreadFiles(
        of source: any LogSource, _ listing: LogListing, _ cache: DoctorFindings.Cache
    ) throws(IndexError) -> [DoctorFindings.UnreadFile] {
        let takenIn = try logsTakenIn(source, cache)
        let suspects = listing.files.filter { file in
            !(takenIn?.contains(file.root + "/" + file.name) ?? true) || !canOpen(file)
        }
        let unreachable = listing.unreachable.filter { !source.roots.contains($0.path) }
        let compressed = listing.files.filter { $0.representation == .zstandard }
        let undecipherable = compressed.isEmpty || isInstalled("zstd") ? [] : compressed
        return unreachable.map { DoctorFindings.UnreadFile(path: $0.path, reason: $0.reason) }
            + suspects.compactMap { unreadable($0, source) }
            + undecipherable.map {
                DoctorFindings.UnreadFile(
                    path: $0.path, reason: "it is compressed: install zstd to have it read")
            }
    }

    /// The places of a source's logs that were taken in; nil where there is no cache.
    private func logsTakenIn(
        _ source: any LogSource, _ cache: DoctorFindings.Cache
    ) throws(IndexError) -> Set<String>? {
        if cache.bytes == nil { return nil }
        let connection = try location.openForReading()
        return try IndexError.cache { () throws(SQLiteError) in
            Set(try CheckpointTable.all(source.kind, connection).map { $0.root + "/" + $0.name })
        }
    }

    private func canOpen(_ file: LogFile) -> Bool {
        // Why it cannot be opened is asked next.
        (try? FileDescriptor.openForReading(file.path, links: .refuse)) != nil
    }

    /// Why a log cannot be read; nil when it can.
    private func unreadable(
        _ file: LogFile, _ source: any LogSource
    ) -> DoctorFindings.UnreadFile? {
        var reader = LogFileReader(file, lineLimit: source.lineLimit)
        do throws(IndexError) {
            _ = try reader.forEachLine(from: 0) { (_, _) throws(IndexError) in }
            return nil
        } catch .file(let error) where error.isMissing {
            // One that was deleted meanwhile needs nobody's attention.
            return nil
        } catch .noDecompressor {
            // Told of all such logs at once.
            return nil
        } catch {
            return DoctorFindings.UnreadFile(path: file.path, reason: error.reasonAlone)
        }
    }

    /// Directories and files of the store that others may read or write.
    private func openPaths(_ root: String, _ listing: LogListing) -> [String] {
        let directories = Set(listing.files.map { FileTree.parent(of: $0.path) } + [root])
        let open = directories.filter { path in
            // Whatever cannot be looked at has been reported as unreadable already.
            guard let status = try? FileStatus.of(path) else { return false }
            return status.permissions & 0o077 != 0
        }
        return open.sorted()
            + listing.files.filter { $0.status.permissions & 0o077 != 0 }.map(\.path)
    }

    // MARK: The cache

    private func cache() throws(IndexError) -> DoctorFindings.Cache {
        let status = try IndexError.file { () throws(FileError) in
            try FileStatus.of(location.path)
        }
        var cache = DoctorFindings.Cache(
            path: location.path, bytes: status?.size, version: nil, isLocked: isLocked())
        guard status != nil else { return cache }
        do throws(IndexError) {
            let connection = try location.openForReading()
            cache.version = try IndexError.cache { () throws(SQLiteError) in
                try connection.integer("PRAGMA user_version")
            }
        } catch {
            // A file that is no database has no version; the next sync sets it aside and says so.
            cache.bytes = nil
        }
        return cache
    }

    private func isLocked() -> Bool {
        do throws(FileError) {
            guard try FileStatus.of(location.lockPath) != nil else { return false }
            return try FileLock.tryAcquire(location.lockPath) == nil
        } catch {
            return false
        }
    }
}
