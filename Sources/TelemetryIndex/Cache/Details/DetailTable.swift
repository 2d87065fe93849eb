import TelemetrySQLite

/// The table `detail`: the kept calls of each UTC hour, packed column by column; and beside it
/// `session_hour`.
struct DetailTable: ~Copyable {
    private var select: Statement
    private var insert: Statement
    private var delete: Statement
    private var sessionHours: SessionHourTable
    private var packer = DetailPacker()
    private var block = DetailBlock()

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare(DetailBlock.selection)
        let insert = try connection.prepare(
            "INSERT OR REPLACE INTO detail(id, numbers) VALUES(?, ?)")
        let delete = try connection.prepare("DELETE FROM detail WHERE id = ?")
        let sessionHours = try SessionHourTable(connection)
        self.select = select
        self.insert = insert
        self.delete = delete
        self.sessionHours = sessionHours
    }

    /// Adds calls to those of their hour.
    mutating func merge(
        _ hour: DetailAccumulator.Hour, _ texts: borrowing TextTable
    ) throws(SQLiteError) {
        DetailBlock.bind(hour.hour...hour.hour, to: select)
        defer { select.reset() }
        _ = try block.readNext(Set(DetailColumn.allCases), &select)
        let known = (0..<block.count).map { CallDetail(block, $0) }
        try store(known.isEmpty ? hour.calls : known + hour.calls, hour.hour)
        try sessionHours.merge(hour.sessions(texts), hour.hour)
    }

    /// Stores calls in place of those of their hour; none leave nothing.
    mutating func replace(
        _ hour: DetailAccumulator.Hour, _ texts: borrowing TextTable
    ) throws(SQLiteError) {
        try store(hour.calls, hour.hour)
        try sessionHours.replace(hour.sessions(texts), hour.hour)
    }

    private mutating func store(_ calls: [CallDetail], _ hour: Int) throws(SQLiteError) {
        for column in DetailColumn.allCases {
            if calls.isEmpty {
                delete.bind(1, column.rowID(hour: hour))
                try delete.run()
            } else {
                insert.bind(1, column.rowID(hour: hour))
                try insert.bindBlob(2, packer.pack(column, of: calls).span)
                try insert.run()
            }
        }
    }
}

extension DetailAccumulator.Hour {
    /// The sessions of the calls.
    fileprivate func sessions(_ texts: borrowing TextTable) -> SessionOutlines {
        var sessions = SessionOutlines()
        for (call, instant) in zip(calls, instants) {
            let source = texts.source(ofClass: Int64(call[.rateClass]))
            sessions.add(Int64(call[.session]), source, at: instant)
        }
        return sessions
    }
}
