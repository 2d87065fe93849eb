import TelemetryFormat
import TelemetrySQLite

/// The tables `rollup` and `hour`: kept calls added up, and where an hour's rows are.
struct RollupTable: ~Copyable {
    private var select: Statement
    private var store: Statement
    private var delete: Statement
    private var widenHour: Statement
    private var selectRange: Statement

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare("SELECT cells FROM rollup WHERE id BETWEEN ? AND ?")
        let store = try connection.prepare("INSERT OR REPLACE INTO rollup(id, cells) VALUES(?, ?)")
        let delete = try connection.prepare("DELETE FROM rollup WHERE id = ?")
        let widenHour = try connection.prepare(
            """
            INSERT INTO hour(hour, first_call, last_call) VALUES(?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET
                first_call = min(first_call, ?2), last_call = max(last_call, ?3)
            """)
        let selectRange = try connection.prepare(
            "SELECT first_call, last_call FROM hour WHERE hour = ?")
        self.select = select
        self.store = store
        self.delete = delete
        self.widenHour = widenHour
        self.selectRange = selectRange
    }

    // MARK: Sums

    /// Adds cells to those of the row with this id; of these only one at a time is unpacked.
    mutating func merge(_ cells: [RollupCell], _ id: Int64) throws(SQLiteError) {
        if cells.isEmpty { return }
        let added = RollupCell.merged(cells)
        var next = 0
        var bytes: [UInt8] = []
        select.bind(1, id)
        select.bind(2, id)
        if try select.step() {
            select.withBlob(0) { stored in
                RollupPacking.forEachCell(in: stored) { cell in
                    while next < added.count, added[next].precedes(cell) {
                        RollupPacking.append(added[next], to: &bytes)
                        next += 1
                    }
                    var cell = cell
                    if next < added.count, !cell.precedes(added[next]) {
                        cell.usage += added[next].usage
                        next += 1
                    }
                    RollupPacking.append(cell, to: &bytes)
                }
            }
        }
        select.reset()
        for cell in added[next...] { RollupPacking.append(cell, to: &bytes) }
        try store(bytes, id)
    }

    /// Makes the sums of a UTC day from those of its hours.
    mutating func sumUp(day: Int, _ facet: Facet) throws(SQLiteError) {
        let hours = facet.rowID(hour: day * 24)...facet.rowID(hour: day * 24 + 23)
        try replace(try cells(hours), facet.rowID(day: day))
    }

    /// Stores cells, added up where they are of one rate class and value, in place of what was
    /// there.
    mutating func replace(_ cells: [RollupCell], _ id: Int64) throws(SQLiteError) {
        if cells.isEmpty {
            delete.bind(1, id)
            return try delete.run()
        }
        var bytes: [UInt8] = []
        for cell in RollupCell.merged(cells) { RollupPacking.append(cell, to: &bytes) }
        try store(bytes, id)
    }

    private mutating func store(_ bytes: [UInt8], _ id: Int64) throws(SQLiteError) {
        store.bind(1, id)
        try store.bindBlob(2, bytes.span)
        try store.run()
    }

    private mutating func cells(_ ids: ClosedRange<Int64>) throws(SQLiteError) -> [RollupCell] {
        var cells: [RollupCell] = []
        select.bind(1, ids.lowerBound)
        select.bind(2, ids.upperBound)
        defer { select.reset() }
        while try select.step() {
            select.withBlob(0) { bytes in
                RollupPacking.forEachCell(in: bytes) { cells.append($0) }
            }
        }
        return cells
    }

    // MARK: Rows

    /// Selects what sums and details need of the kept calls of a range of ids.
    static let callSelection = """
        SELECT id, timestamp_ms, rate_class, agent, operation, user, project, duration_ms,
            input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
            cache_write_1h_tokens, reasoning_tokens, unsplit_tokens, web_searches, cost,
            success, session
        FROM call WHERE id BETWEEN ? AND ? AND kept = 1
        """

    /// Notes that an hour's rows may lie in a further range of ids.
    mutating func widen(_ hour: Int, _ ids: ClosedRange<Int64>) throws(SQLiteError) {
        widenHour.bind(1, hour)
        widenHour.bind(2, ids.lowerBound)
        widenHour.bind(3, ids.upperBound)
        try widenHour.run()
    }

    /// The ranges of ids among which the rows of these hours are, joined where they overlap.
    mutating func ranges(of hours: Set<Int>) throws(SQLiteError) -> [ClosedRange<Int64>] {
        var found: [ClosedRange<Int64>] = []
        for hour in hours {
            selectRange.bind(1, hour)
            if try selectRange.step(), selectRange.int64(0) <= selectRange.int64(1) {
                found.append(selectRange.int64(0)...selectRange.int64(1))
            }
            selectRange.reset()
        }
        var joined: [ClosedRange<Int64>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

extension CallRow {
    /// Reads the row that a statement made of `RollupTable.callSelection` stands on.
    init(_ select: borrowing Statement) {
        self.init()
        timestamp = Timestamp(milliseconds: select.int64(1))
        rateClass = select.int64(2)
        agent = select.int64(3)
        operation = select.int64(4)
        user = select.int64(5)
        project = select.int64(6)
        duration = select.optionalInt64(7) ?? CallRow.absent
        tokens.input = select.int64(8)
        tokens.output = select.int64(9)
        tokens.cacheRead = select.int64(10)
        tokens.cacheWrite = select.int64(11)
        tokens.cacheWriteOneHour = select.int64(12)
        tokens.reasoning = select.int64(13)
        tokens.unsplit = select.int64(14)
        webSearches = select.optionalInt64(15) ?? CallRow.absent
        cost = select.optionalInt64(16) ?? CallRow.absent
        success = select.int64(17) != 0
        session = select.int64(18)
    }
}
