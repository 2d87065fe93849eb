import TelemetrySQLite

/// The table `session_hour`: which sessions have kept calls in each UTC hour.
struct SessionHourTable: ~Copyable {
    private var select: Statement
    private var store: Statement
    private var delete: Statement

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare("SELECT outlines FROM session_hour WHERE hour = ?")
        let store = try connection.prepare(
            "INSERT OR REPLACE INTO session_hour(hour, outlines) VALUES(?, ?)")
        let delete = try connection.prepare("DELETE FROM session_hour WHERE hour = ?")
        self.select = select
        self.store = store
        self.delete = delete
    }

    /// Adds the sessions of further calls to those of an hour.
    mutating func merge(_ sessions: SessionOutlines, _ hour: Int) throws(SQLiteError) {
        var sessions = sessions
        select.bind(1, hour)
        defer { select.reset() }
        if try select.step() {
            select.withBlob(0) { bytes in
                SessionOutline.forEach(in: bytes, hour: hour) { sessions.add($0) }
            }
        }
        try replace(sessions, hour)
    }

    /// Stores sessions in place of those of an hour.
    mutating func replace(_ sessions: SessionOutlines, _ hour: Int) throws(SQLiteError) {
        if sessions.isEmpty {
            delete.bind(1, hour)
            return try delete.run()
        }
        store.bind(1, hour)
        try store.bindBlob(2, sessions.packed(hour: hour).span)
        try store.run()
    }
}
