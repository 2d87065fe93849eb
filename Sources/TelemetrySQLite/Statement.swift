import CTelemetrySQLite

/// One compiled statement: bind, step, read columns, reset, again. Ends with the value.
///
/// Parameters count from 1, columns from 0, as in SQLite. What ends the life of a column's bytes
/// is `mutating`, so the compiler keeps a `Span` of them from outliving its row.
package struct Statement: ~Copyable {
    let handle: OpaquePointer

    init(_ database: OpaquePointer, _ sql: String) throws(SQLiteError) {
        var handle: OpaquePointer?
        var rest = 0
        var sqlBytes = sql
        let code = sqlBytes.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(
                    database, bytes.baseAddress, Int32(clamping: bytes.count), &handle, &tail)
                rest = tail.flatMap { tail in bytes.baseAddress.map { tail - $0 } } ?? 0
                return code
            }
        }
        guard code == SQLITE_OK else { throw SQLiteError(database, statement: sql) }
        guard let handle else {
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE, message: "no statement", statement: sql)
        }
        guard let extra = SQLTail.firstToken(in: sql, from: rest) else {
            self.handle = handle
            return
        }
        sqlite3_finalize(handle)
        throw SQLiteError(
            extendedCode: SQLITE_MISUSE, message: "more than one statement", statement: sql,
            place: Place(offset: extra, in: sql))
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Goes to the next row; `false` at the end. After that, or after an error, `reset` first.
    package mutating func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    /// Back to before the first row. Bound values stay.
    package mutating func reset() {
        // It repeats the error that `step` has thrown already.
        sqlite3_reset(handle)
    }

    /// Steps a statement without rows of interest to its end and resets it, also when it throws.
    package mutating func run() throws(SQLiteError) {
        defer { reset() }
        while try step() {}
    }

    /// Sets every parameter to NULL.
    package borrowing func clearBindings() { sqlite3_clear_bindings(handle) }

    /// Whether the statement leaves the database file as it is.
    package var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// The SQL text that the statement was made from.
    package var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }

    func failure() -> SQLiteError { SQLiteError(sqlite3_db_handle(handle), statement: sql) }
}
