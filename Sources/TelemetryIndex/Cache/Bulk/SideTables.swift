import TelemetrySQLite

extension Connection {
    /// Has statements find empty temporary tables in place of those beside `call`, which the new
    /// file keeps for later: while pages are appended to it past SQLite, nothing else may write it.
    borrowing func divertSideTables() throws(SQLiteError) {
        try execute("PRAGMA temp.cache_size = -4096")
        try execute(Schema.sideTables(temporary: true))
    }

    /// Moves what the temporary tables hold to where it belongs, and lets statements find it there.
    borrowing func bringBackSideTables() throws(SQLiteError) {
        var names: [String] = []
        var select = try prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'table'")
        while try select.step() { names.append(select.text(0)) }
        for name in names {
            try execute("INSERT INTO main.\(name) SELECT * FROM temp.\(name)")
            try execute("DROP TABLE temp.\(name)")
        }
    }
}
