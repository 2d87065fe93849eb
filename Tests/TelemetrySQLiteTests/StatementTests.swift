import TelemetrySQLite
import Testing

@Suite struct StatementTests {
    @Test func bindsAndReadsEveryType() throws {
        let connection = try Connection.temporary()
        var statement = try connection.prepare("SELECT ?1, ?2, ?3, ?4, ?5")
        statement.bind(1, Int64.min)
        statement.bind(2, 0.5)
        try statement.bind(3, "ä\0b")
        try statement.bindBlob(4, [0, 255].span)
        statement.bindNull(5)
        #expect(try statement.step() == true)
        #expect(statement.columnCount == 5)
        #expect(statement.int64(0) == .min)
        #expect(statement.double(1) == 0.5)
        #expect(statement.text(2) == "ä\0b")
        #expect(statement.withBlob(3) { $0.count == 2 && $0[1] == 255 } == true)
        #expect(statement.isNull(4) == true)
        let types = (0..<5).map { statement.type($0) }
        #expect(types == [.integer, .real, .text, .blob, .null])
        #expect(try statement.step() == false)
    }

    @Test func emptyTextAndBlobAreNotNull() throws {
        let connection = try Connection.temporary()
        var statement = try connection.prepare("SELECT ?1, ?2, ?3, ?4")
        try statement.bind(1, "")
        try statement.bindText(2, [UInt8]().span)
        try statement.bindText(3, bytes: UnsafeRawBufferPointer(start: nil, count: 0))
        try statement.bindBlob(4, [UInt8]().span)
        #expect(try statement.step() == true)
        let types = (0..<4).map { statement.type($0) }
        #expect(types == [.text, .text, .text, .blob])
    }

    @Test func absentValuesAreNull() throws {
        let connection = try Connection.temporary()
        var statement = try connection.prepare("SELECT ?1, ?2")
        statement.bind(1, Int64?.none)
        try statement.bind(2, String?.none)
        #expect(try statement.step() == true)
        #expect(statement.optionalInt64(0) == nil)
        #expect(statement.optionalText(1) == nil)
        #expect(statement.text(1) == "")
        #expect(statement.withText(1) { $0.count } == 0)
    }

    @Test func lendsTextWithoutACopy() throws {
        let connection = try Connection.temporary()
        var statement = try connection.prepare("SELECT ?1")
        try statement.bindText(1, Array("claude".utf8).span)
        #expect(try statement.step() == true)
        #expect(statement.withText(0) { $0.count == 6 && $0[0] == UInt8(ascii: "c") } == true)
    }

    @Test func copiesWhatItBinds() throws {
        let connection = try Connection.temporary()
        var statement = try connection.prepare("SELECT ?1")
        var bytes = Array("before".utf8)
        try statement.bindText(1, bytes.span)
        bytes[0] = UInt8(ascii: "X")
        #expect(try statement.step() == true)
        #expect(statement.text(0) == "before")
    }

    @Test func runsAgainAndAgain() throws {
        let connection = try Connection.temporary()
        try connection.execute("CREATE TABLE t (a UNIQUE)")
        var statement = try connection.prepare("INSERT INTO t VALUES (?1)")
        for value in [1, 2, 2, 3] {
            statement.bind(1, value)
            // The third is a duplicate; the statement must be usable after its error.
            try? statement.run()
        }
        #expect(try connection.integer("SELECT sum(a) FROM t") == 6)
    }

    @Test func repairsIllFormedText() throws {
        let connection = try Connection.temporary()
        #expect(try connection.text("SELECT CAST(x'41FF42' AS TEXT)") == "A\u{FFFD}B")
    }

    @Test(arguments: [
        "SELECT 1", "SELECT 1;", "SELECT 1 ; -- done", "SELECT 1;;/* a */\n\t;",
        "SELECT 1; /* open",
        "-- first\nSELECT 1",
    ])
    func takesOneStatementWithComments(sql: String) throws {
        #expect(try Connection.temporary().integer(sql) == 1)
    }

    @Test(arguments: [
        "SELECT 1; SELECT 2", "SELECT 1;-- x\nDELETE FROM t", "SELECT 1;/**/*/", "SELECT 1;\0",
        "SELECT 1\0;DROP", "", " ", ";", "-- nothing", "/* nothing */", "\0",
    ])
    func refusesAllButOneStatement(sql: String) throws {
        let connection = try Connection.temporary()
        #expect(throws: SQLiteError.self) { try connection.integer(sql) }
    }
}
