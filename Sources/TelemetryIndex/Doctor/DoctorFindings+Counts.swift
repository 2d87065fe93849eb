import TelemetryFormat
import TelemetrySQLite

extension DoctorFindings {
    /// Adds what the cache says about some sources.
    mutating func addCounts(
        of kinds: [SourceKind], _ connection: borrowing Connection
    ) throws(SQLiteError) {
        try addLines(connection)
        try addCalls(connection)
        rejections = try Self.rejections(connection).filter { rejection in
            kinds.contains { $0.name == rejection.source }
        }
        if kinds.contains(.codex) {
            callsWithoutModel = try Self.callsWithoutModel(connection)
            unknownTiers =
                try connection.integer("SELECT sum(unknown_tiers) FROM log_memory") ?? 0
        }
    }

    /// Lines of calls and rejected ones; every line of a call is a duplicate until one is kept.
    private mutating func addLines(_ connection: borrowing Connection) throws(SQLiteError) {
        var select = try connection.prepare(
            "SELECT source, root, sum(calls), sum(rejected) FROM file GROUP BY source, root")
        while try select.step() {
            guard let index = index(of: select.int64(0), root: select.text(1)) else { continue }
            roots[index].duplicates = select.int64(2)
            roots[index].rejected = select.int64(3)
        }
    }

    private mutating func addCalls(_ connection: borrowing Connection) throws(SQLiteError) {
        var select = try connection.prepare(
            """
            SELECT file.source, file.root, count(*)
            FROM call JOIN file ON file.id = call.file
            WHERE call.kept = 1 GROUP BY file.source, file.root
            """)
        while try select.step() {
            guard let index = index(of: select.int64(0), root: select.text(1)) else { continue }
            roots[index].calls = select.int64(2)
            roots[index].duplicates -= select.int64(2)
        }
    }

    private func index(of source: Int64, root: String) -> Int? {
        let name = SourceKind(rawValue: source)?.name
        return roots.firstIndex { $0.source == name && $0.path == root }
    }

    private static func rejections(
        _ connection: borrowing Connection
    ) throws(SQLiteError) -> [RejectionCount] {
        var select = try connection.prepare(
            """
            SELECT reason, sum(count), min(name || ':' || first_line), source
            FROM rejection JOIN file ON file.id = rejection.file
            GROUP BY source, reason ORDER BY source, reason
            """)
        var rejections: [RejectionCount] = []
        while try select.step() {
            rejections.append(
                RejectionCount(
                    reason: select.text(0), count: select.int64(1), example: select.text(2),
                    source: SourceKind(rawValue: select.int64(3))?.name))
        }
        return rejections
    }

    private static func callsWithoutModel(
        _ connection: borrowing Connection
    ) throws(SQLiteError) -> Int64 {
        try connection.integer(
            """
            SELECT count(*) FROM call JOIN rate_class AS class ON class.id = call.rate_class
                LEFT JOIN text ON text.id = class.model
            WHERE call.kept = 1 AND class.source = \(SourceKind.codex.rawValue)
                AND coalesce(text.value, 'unknown') = 'unknown'
            """) ?? 0
    }
}
