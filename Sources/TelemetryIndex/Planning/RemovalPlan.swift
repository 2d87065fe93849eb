import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// What has to be done about `summary.json`: its totals count only while none of the segments that
/// they were made from is in the store.
struct RemovalPlan {
    /// A longer file is no summary that this program wrote.
    private static let maximumBytes = 256 << 20

    private var path: String?
    /// Names of the segments that are in the store: `<day>/<name>`.
    private var stored: [String] = []
    private(set) var isEmpty = true
    /// What the file looks like now; empty when there is none.
    private var fileSignature = ""

    /// Compares the file and the segments of a source with what the cache was made from.
    init(
        _ plan: SourcePlan, _ connection: borrowing Connection
    ) throws(IndexError) {
        guard let path = plan.source.removalSummaryPath else { return }
        self.path = path
        stored = plan.names
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
            // Most stores have no segments that were removed.
            guard try select.step() else { return [] }
            let stored = Set(stored)
            var counting: [Int64] = []
            var silent: Int64?
            repeat {
                let entry = select.int64(0)
                if entry == silent { continue }
                if counting.last != entry { counting.append(entry) }
                if stored.contains("\(select.text(1))/\(select.text(2))") {
                    counting.removeLast()
                    silent = entry
                }
            } while try select.step()
            return counting
        }
    }

    /// Reads the file and replaces what the cache has of it. A damaged file counts as none, and a
    /// note says so: it must not stop a query.
    func carryOut(
        _ writer: inout CacheWriter, _ notes: inout [String]
    ) throws(IndexError) {
        guard !isEmpty, let path else { return }
        let summary = read(path, &notes)
        let stored = Set(stored)
        try writer.replaceRemoved(summary) { entry in
            entry.counts { stored.contains("\($0)/\($1)") }
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
