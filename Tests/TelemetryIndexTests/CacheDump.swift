import TelemetryFormat
import TelemetrySQLite

@testable import TelemetryIndex

/// Everything that a cache says, in words and in an order that do not depend on how it was made.
struct CacheDump: Equatable {
    var calls: [String]
    var sums: [String]
    var details: [String]
    var sessionHours: [String]
    var files: [String]
    var rejections: [String]
    var sessionEnds: [String]

    init(_ location: CacheLocation) throws {
        let connection = try location.openForReading()
        calls = try Self.rows("SELECT * FROM calls", connection)
        files = try Self.rows(
            """
            SELECT source, root, name, path, offset, lines, calls, others, rejected, pending,
                prefix_hash, session.value, parent.value, spawner.value, project.value,
                hex(bytes), last_model, last_total_tokens
            FROM file LEFT JOIN log_memory ON log_memory.file = file.id
                LEFT JOIN text AS session ON session.id = session
                LEFT JOIN text AS parent ON parent.id = parent_session
                LEFT JOIN text AS spawner ON spawner.id = spawner_session
                LEFT JOIN text AS project ON project.id = project_path
            """, connection)
        rejections = try Self.rows(
            """
            SELECT file.name, reason, count, first_line FROM rejection
                JOIN file ON file.id = rejection.file
            """, connection)
        sessionEnds = try Self.rows(
            """
            SELECT text.value, file.name, last_ms FROM file_session
                JOIN file ON file.id = file JOIN text ON text.id = file_session.session
            """, connection)
        sums = try Self.sums(connection)
        details = try Self.details(connection)
        sessionHours = try Self.sessionHours(connection)
    }

    /// The first difference in words; nil when there is none.
    func difference(from other: CacheDump) -> String? {
        let parts: [(String, KeyPath<CacheDump, [String]>)] = [
            ("calls", \.calls), ("files", \.files), ("rejections", \.rejections),
            ("session ends", \.sessionEnds), ("sums", \.sums),
            ("details", \.details), ("session hours", \.sessionHours),
        ]
        for (name, part) in parts where self[keyPath: part] != other[keyPath: part] {
            let (mine, theirs) = (Set(self[keyPath: part]), Set(other[keyPath: part]))
            return "\(name): only here \(mine.subtracting(theirs).sorted().prefix(3)), "
                + "only there \(theirs.subtracting(mine).sorted().prefix(3)), "
                + "counts \(self[keyPath: part].count) and \(other[keyPath: part].count)"
        }
        return nil
    }

    private static func rows(
        _ sql: String, _ connection: borrowing Connection
    ) throws -> [String] {
        var statement = try connection.prepare(sql)
        var rows: [String] = []
        while try statement.step() {
            rows.append(
                (0..<statement.columnCount).map { statement.optionalText($0) ?? "NULL" }
                    .joined(separator: "|"))
        }
        return rows.sorted()
    }

    /// What each hour's details say of its calls.
    private static func details(_ connection: borrowing Connection) throws -> [String] {
        let classes = try classes(connection)
        let texts = try names("SELECT id, value FROM text", connection)
        var select = try connection.prepare(DetailBlock.selection)
        DetailBlock.bind(0...Int(Int32.max), to: select)
        var block = DetailBlock()
        var details: [String] = []
        while let hour = try block.readNext(Set(DetailColumn.allCases), &select) {
            if block.count == 0 { details.append("\(hour) is damaged") }
            for position in 0..<block.count {
                let names = DetailColumn.ids.map { column in
                    let id = Int64(block.id(column, position))
                    return (column == .rateClass ? classes : texts)[id] ?? "–"
                }
                details.append("\(hour) \(names) \(block.durations[position])")
            }
        }
        return details.sorted()
    }

    private static func sessionHours(
        _ connection: borrowing Connection
    ) throws -> [String] {
        let texts = try names("SELECT id, value FROM text", connection)
        var select = try connection.prepare("SELECT hour, outlines FROM session_hour")
        var sessions: [String] = []
        while try select.step() {
            select.withBlob(1) { bytes in
                SessionOutline.forEach(in: bytes, hour: Int(select.int64(0))) { outline in
                    sessions.append(
                        "\(texts[outline.session] ?? "–") \(outline.source) \(outline.calls) "
                            + "\(outline.first.iso8601) \(outline.last.iso8601)")
                }
            }
        }
        return sessions.sorted()
    }

    private static func classes(_ connection: borrowing Connection) throws -> [Int64: String] {
        try names(
            """
            SELECT class.id, class.source || '/' || coalesce(text.value, '') || '/' || size || '/'
                || has_recorded_cost || '/' || has_only_total
            FROM rate_class AS class LEFT JOIN text ON text.id = class.model
            """, connection)
    }

    private static func sums(_ connection: borrowing Connection) throws -> [String] {
        let classes = try classes(connection)
        let texts = try names("SELECT id, value FROM text", connection)
        var select = try connection.prepare("SELECT id, cells FROM rollup")
        var sums: [String] = []
        while try select.step() {
            let place = "\(select.int64(0) >> 32) \(select.int64(0) & 0xFFFF_FFFF)"
            select.withBlob(1) { bytes in
                RollupPacking.forEachCell(in: bytes) { cell in
                    sums.append(
                        "\(place) \(classes[cell.rateClass] ?? "?") \(texts[cell.value] ?? "–") "
                            + "\(cell.usage)")
                }
            }
        }
        return sums.sorted()
    }

    private static func names(
        _ sql: String, _ connection: borrowing Connection
    ) throws -> [Int64: String] {
        var statement = try connection.prepare(sql)
        var names: [Int64: String] = [:]
        while try statement.step() { names[statement.int64(0)] = statement.text(1) }
        return names
    }
}
