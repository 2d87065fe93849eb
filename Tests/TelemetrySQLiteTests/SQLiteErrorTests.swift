import TelemetrySQLite
import Testing

@Suite struct SQLiteErrorTests {
    @Test(arguments: [
        (
            "SELECT modle FROM (SELECT 1 AS model)",
            "no such column: modle at line 1, column 8, "
                + "in \"SELECT modle FROM (SELECT 1 AS model)\""
        ),
        (
            "SELECT 'ä',\n  1 FORM t WHERE",
            "near \"t\": syntax error at line 2, column 10, in \"SELECT 'ä', 1 FORM t WHERE\""
        ),
        (
            "SELECT 1; SELECT 2",
            "more than one statement at line 1, column 11, in \"SELECT 1; SELECT 2\""
        ),
    ])
    func pointsAtThePlace(sql: String, description: String) throws {
        let connection = try Connection.temporary()
        let error = #expect(throws: SQLiteError.self) { try connection.text(sql) }
        #expect(error?.description == description)
    }

    @Test func neverHoldsABoundValue() throws {
        let connection = try Connection.temporary()
        try connection.execute("CREATE TABLE t (a TEXT UNIQUE)")
        var statement = try connection.prepare("INSERT INTO t VALUES (?1), (?1)")
        try statement.bind(1, "secret")
        let error = #expect(throws: SQLiteError.self) { try statement.run() }
        #expect(
            error?.description
                == "UNIQUE constraint failed: t.a in \"INSERT INTO t VALUES (?1), (?1)\"")
    }

    @Test func cutsALongStatement() {
        let error = SQLiteError(
            extendedCode: 1, message: "m", statement: String(repeating: "ab ", count: 99))
        #expect(error.statement?.count == 80)
        #expect(error.statement?.last == "…")
    }
}
