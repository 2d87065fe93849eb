import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// What has to be done about `summary.json`: its totals count only while none of the segments that
/// they were made from is in the store.
struct RemovalPlan {
    /// A longer file is no summary that this program wrote.
    private static let maximumBytes = 256 << 20

    private var path: String?
    private var stored: Set<StoredSegment> = []
    private(set) var isEmpty = true
    /// What the file looks like now; empty when there is none.
    private var fileSignature = ""

    private struct StoredSegment: Hashable {
        var day: String
        var name: String
    }

    /// Compares the file and the segments of a source with what the cache was made from.
    init(
        _ plan: SourcePlan, _ connection: borrowing Connection
    ) throws(IndexError) {
        guard let path = plan.source.removalSummaryPath else { return }
        self.path = path
        for name in plan.names {
            let parts = name.split(separator: "/")
            stored.insert(StoredSegment(day: String(parts[0]), name: String(parts[1])))
        }
        let status = try IndexError.file { () throws(FileError) in try FileStatus.of(path) }
        let known = try IndexError.cache { () throws(SQLiteError) in
            try connection.text("SELECT value FROM meta WHERE name = 'summary'") ?? ""
        }
        let counting = try countingEntries(connection)
        fileSignature = status.map(Self.signature) ?? ""
        isEmpty = known == (fileSignature.isEmpty ? "" : "\(fileSignature) counting \(counting)")
    }

    private static func signature(_ status: FileStatus) -> String {
        "\(status.inode) \(status.size) \(status.modifiedNanoseconds) \(status.changedNanoseconds)"
    }

    /// The entries, by what the cache knows of their segments, that count at present.
    private func countingEntries(
        _ connection: borrowing Connection
    ) throws(IndexError) -> [Int64] {
        try IndexError.cache { () throws(SQLiteError) in
            var select = try connection.prepare(
                "SELECT entry, day, name FROM removed_segment ORDER BY entry")
            var entries: [Int64] = []
            var silent: Set<Int64> = []
            while try select.step() {
                let entry = select.int64(0)
                if entries.last != entry { entries.append(entry) }
                if stored.contains(StoredSegment(day: select.text(1), name: select.text(2))) {
                    silent.insert(entry)
                }
            }
            return entries.filter { !silent.contains($0) }
        }
    }

    /// Reads the file and replaces what the cache has of it. A damaged file counts as none, and a
    /// note says so: it must not stop a query.
    func carryOut(
        _ writer: inout CacheWriter, _ notes: inout [String]
    ) throws(IndexError) {
        guard !isEmpty, let path else { return }
        let summary = read(path, &notes)
        try writer.replaceRemoved(summary) { entry in
            entry.counts { stored.contains(StoredSegment(day: $0.description, name: $1)) }
        }
        // The entries may be others than those that the plan was made with.
        let counting = try countingEntries(writer.connection)
        try IndexError.cache { () throws(SQLiteError) in
            var insert = try writer.connection.prepare(
                "INSERT OR REPLACE INTO meta(name, value) VALUES('summary', ?)")
            try insert.bind(1, fileSignature.isEmpty ? "" : "\(fileSignature) counting \(counting)")
            try insert.run()
        }
    }

    private func read(_ path: String, _ notes: inout [String]) -> RemovalSummary {
        do {
            let bytes = try FileContents.read(path, maximumBytes: Self.maximumBytes)
            return try RemovalSummary(parsing: bytes.span)
        } catch let error as FileError where error.isMissing {
            return RemovalSummary()
        } catch let error as FileError {
            notes.append("not read: \(error)")
        } catch {
            notes.append("not read: \(path): it is damaged")
        }
        return RemovalSummary()
    }
}
