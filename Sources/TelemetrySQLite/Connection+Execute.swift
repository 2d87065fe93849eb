import CTelemetrySQLite

extension Connection {
    /// Runs every statement of `sql` to its end and drops the rows.
    package borrowing func execute(_ sql: String) throws(SQLiteError) {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteError(database, statement: sql)
        }
    }

    /// Compiles the one statement of `sql`. Text after it, comments aside, is an error.
    package borrowing func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try Statement(database, sql)
    }

    /// The first column of the first row as an integer; `nil` when there is no row or it is NULL.
    package borrowing func integer(_ sql: String) throws(SQLiteError) -> Int64? {
        var statement = try prepare(sql)
        return try statement.step() ? statement.optionalInt64(0) : nil
    }

    /// The first column of the first row as text; `nil` when there is no row or it is NULL.
    package borrowing func text(_ sql: String) throws(SQLiteError) -> String? {
        var statement = try prepare(sql)
        return try statement.step() ? statement.optionalText(0) : nil
    }

    /// The rowid of the last row inserted through this connection.
    package var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(database) }

    /// How many rows the last INSERT, UPDATE or DELETE touched.
    package var changes: Int64 { sqlite3_changes64(database) }

    /// Makes the statement that is running on this connection fail with `isInterrupt`.
    package borrowing func interrupt() { sqlite3_interrupt(database) }
}

extension Connection {
    /// Takes the write lock; all that follows up to `commit` happens together or not at all.
    /// IMMEDIATE, because a read lock that is upgraded later can fail where waiting would not.
    package borrowing func begin() throws(SQLiteError) { try execute("BEGIN IMMEDIATE") }

    /// Makes the transaction's changes last. When it throws, the transaction may still be open.
    package borrowing func commit() throws(SQLiteError) { try execute("COMMIT") }

    /// Undoes the transaction's changes. Nothing happens when SQLite has undone them already, as
    /// it does after a full disk.
    package borrowing func rollback() {
        guard isInTransaction else { return }
        sqlite3_exec(database, "ROLLBACK", nil, nil, nil)
    }

    /// Forgoes the journal of a file that is of no use until it is whole, and thrown away when
    /// anything fails.
    package borrowing func forgoJournal() throws(SQLiteError) {
        // A connection that distrusts its file insists on a journal.
        telemetry_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 0)
        try execute("PRAGMA journal_mode = OFF")
        telemetry_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1)
    }

    /// Between `begin` and its `commit` or `rollback`.
    package var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    /// Commits what `body` did, or undoes it when `body` or the commit throws.
    package borrowing func transaction<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try begin()
        do throws(SQLiteError) {
            let result = try body()
            try commit()
            return result
        } catch {
            rollback()
            throw error
        }
    }
}
