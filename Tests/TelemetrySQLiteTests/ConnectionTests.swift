import Foundation
import TelemetrySQLite
import Testing

@Suite struct ConnectionTests {
    @Test func createsWritesAndReadsAgain() throws {
        let file = try TemporaryFile()
        let writer = try Connection(path: file.path(), mode: .create)
        try writer.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7), (8)")
        #expect(writer.changes == 2)
        #expect(writer.lastInsertRowID == 2)
        try writer.close()

        let reader = try Connection(path: file.path(), mode: .readOnly)
        #expect(try reader.integer("SELECT sum(a) FROM t") == 15)
        #expect(try reader.integer("SELECT a FROM t WHERE a > 8") == nil)
    }

    @Test func readsAnImmutableFileWhoseNameNeedsEscapes() throws {
        let file = try TemporaryFile()
        let path = file.path("50% ä ?mode=rw#x.db")
        try Connection(path: path, mode: .create).execute("CREATE TABLE t AS SELECT 'x' AS a")
        let reader = try Connection(path: path, mode: .immutable)
        #expect(try reader.text("SELECT a FROM t") == "x")
        #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
    }

    @Test(arguments: [Connection.Mode.readOnly, .readWrite, .immutable])
    func doesNotMakeAFileUnlessAsked(mode: Connection.Mode) throws {
        let file = try TemporaryFile()
        let error = #expect(throws: SQLiteError.self) {
            let connection = try Connection(path: file.path(), mode: mode)
            try connection.execute("SELECT * FROM sqlite_schema")
        }
        #expect(error?.isCannotOpen == true)
        #expect(!FileManager.default.fileExists(atPath: file.path()))
    }

    @Test func aReaderCannotWrite() throws {
        let file = try TemporaryFile()
        try Connection(path: file.path(), mode: .create).execute("CREATE TABLE t (a)")
        let reader = try Connection(path: file.path(), mode: .readOnly)
        let error = #expect(throws: SQLiteError.self) {
            try reader.execute("INSERT INTO t VALUES (1)")
        }
        #expect(error?.isReadOnly == true)
    }

    @Test func namesCorruption() throws {
        let file = try TemporaryFile()
        try Data("this is no database, whatever its name says".utf8)
            .write(to: URL(fileURLWithPath: file.path()))
        let error = #expect(throws: SQLiteError.self) {
            try Connection(path: file.path(), mode: .readWrite).execute("SELECT 1 FROM t")
        }
        #expect(error?.isCorruption == true)
    }

    @Test func namesALockThatIsHeld() throws {
        let file = try TemporaryFile()
        let holder = try Connection(path: file.path(), mode: .create)
        try holder.begin()
        let other = try Connection(
            path: file.path(), mode: .readWrite, busyTimeoutMilliseconds: 10)
        let error = #expect(throws: SQLiteError.self) { try other.begin() }
        #expect(error?.isBusy == true)
    }

    @Test func commitsWhatTheBodyDid() throws {
        let connection = try Connection.temporary()
        try connection.execute("CREATE TABLE t (a)")
        let answer = try connection.transaction { () throws(SQLiteError) -> Int in
            try connection.execute("INSERT INTO t VALUES (1)")
            #expect(connection.isInTransaction == true)
            return 42
        }
        #expect(answer == 42)
        #expect(connection.isInTransaction == false)
        #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func undoesEverythingWhenTheBodyThrows() throws {
        let connection = try Connection.temporary()
        try connection.execute("CREATE TABLE t (a UNIQUE)")
        #expect(throws: SQLiteError.self) {
            try connection.transaction { () throws(SQLiteError) in
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(connection.isInTransaction == false)
        #expect(try connection.integer("SELECT count(*) FROM t") == 0)
    }

    @Test func refusesToCloseUnderALivingStatement() throws {
        let connection = try Connection.temporary()
        let statement = try connection.prepare("SELECT 1")
        do {
            try connection.close()
            Issue.record("closed")
        } catch {
            #expect(error.isBusy)
        }
        #expect(statement.columnCount == 1)
    }

    @Test func aStatementMayOutliveItsConnection() throws {
        var statement = try Connection.temporary().prepare("SELECT 5")
        #expect(try statement.step() == true)
        #expect(statement.int64(0) == 5)
    }

    @Test func distrustsTheSchemaOfItsFile() throws {
        let connection = try Connection.temporary()
        #expect(try connection.integer("PRAGMA trusted_schema") == 0)
        #expect(try connection.integer("PRAGMA cell_size_check") == 1)
        #expect(throws: SQLiteError.self) {
            try connection.execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema")
        }
    }

    @Test func knowsTheLibrarysVersion() {
        #expect(Connection.libraryVersion.hasPrefix("3."))
    }
}
