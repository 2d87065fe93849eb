import TelemetryFiles
import TelemetrySQLite

/// Looks at sources and cache without changing them.
package struct Doctor: Sendable {
    private let location: CacheLocation
    private let sources: [any LogSource]

    /// An examination of the cache at a location and of the sources that it reads.
    package init(_ location: CacheLocation, sources: [any LogSource]) {
        self.location = location
        self.sources = sources
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
            findings.unreadFiles += listing.unreachable.map {
                DoctorFindings.UnreadFile(path: $0.path, reason: $0.reason)
            }
            if source.kind == .telemetry {
                for root in source.roots { findings.openPermissions += openPaths(root, listing) }
            }
        }
        if findings.cache.bytes != nil {
            try IndexError.cache { () throws(SQLiteError) in
                try addCounts(to: &findings)
            }
        }
        return findings
    }

    private func examine(
        _ root: String, of source: any LogSource, _ listing: LogListing
    ) throws(IndexError) -> DoctorFindings.Root {
        let status = try IndexError.file { () throws(FileError) in try FileStatus.of(root) }
        let trouble = listing.unreachable.first { $0.path == root }?.reason
        let files = listing.files.filter { $0.root == root }
        return DoctorFindings.Root(
            source: source.kind.name, path: root, isReadable: status != nil && trouble == nil,
            trouble: status == nil ? nil : trouble, files: Int64(files.count),
            bytes: files.reduce(0) { $0 + $1.status.size })
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

    private func addCounts(to findings: inout DoctorFindings) throws(SQLiteError) {
        let connection = try Connection(path: location.path, mode: .readOnly)
        var files = try connection.prepare(
            """
            SELECT source, root, sum(calls), sum(rejected),
                (SELECT count(*) FROM call JOIN file AS f ON f.id = call.file
                    WHERE f.source = file.source AND f.root = file.root AND kept = 1)
            FROM file GROUP BY source, root
            """)
        while try files.step() {
            let source = SourceKind(rawValue: files.int64(0))?.name
            guard
                let index = findings.roots.firstIndex(where: {
                    $0.source == source && $0.path == files.text(1)
                })
            else { continue }
            findings.roots[index].calls = files.int64(4)
            findings.roots[index].duplicates = files.int64(2) - files.int64(4)
            findings.roots[index].rejected = files.int64(3)
        }
        var rejections = try connection.prepare(
            """
            SELECT reason, sum(count), min(name || ':' || first_line)
            FROM rejection JOIN file ON file.id = rejection.file GROUP BY reason ORDER BY reason
            """)
        while try rejections.step() {
            findings.rejections.append(
                RejectionCount(
                    reason: rejections.text(0), count: rejections.int64(1),
                    example: rejections.text(2)))
        }
    }
}
