import TelemetrySQLite
import Testing

extension SandboxSuites {
    /// Plan G1: statements that must be refused, or stopped within five seconds, and change
    /// nothing.
    @Suite struct HostileStatementTests {
        static let refused = [
            // Other files
            "ATTACH 'stolen.db' AS x", "ATTACH ':memory:' AS x", "ATTACH '' AS x", "DETACH main",
            "VACUUM", "VACUUM INTO 'stolen.db'", "VACUUM main INTO 'stolen.db'",
            "SELECT printf('%.*c', 1000000000, 'x')", "SELECT format('%1000000000d', 1)",
            "SELECT load_extension('/tmp/x.so')", "SELECT load_extension('x', 'y')",
            "SELECT fts3_tokenizer('simple')",
            "SELECT fts3_tokenizer('simple', x'4141414141414141')",
            "SELECT writefile('stolen', 'x')", "SELECT readfile('/etc/passwd')", "SELECT edit('x')",
            "SELECT * FROM fsdir('/')", "SELECT * FROM csv('/etc/passwd')",
            // Pragmas
            "PRAGMA writable_schema = ON", "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode",
            "PRAGMA user_version = 9", "PRAGMA user_version", "PRAGMA temp_store_directory = '/'",
            "PRAGMA database_list", "PRAGMA query_only = OFF", "PRAGMA trusted_schema = ON",
            "PRAGMA hard_heap_limit = 0", "PRAGMA mmap_size = 1000000000", "PRAGMA nonsense",
            "PRAGMA main.table_info(secret)", "PRAGMA wal_checkpoint", "PRAGMA optimize",
            "SELECT * FROM pragma_database_list", "SELECT * FROM pragma_table_info('secret')",
            "SELECT 1 FROM pragma_journal_mode", "SELECT count(*) FROM pragma_function_list",
            // Changes
            "CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)", "CREATE TEMP TABLE x AS SELECT 1",
            "CREATE VIEW x AS SELECT 1", "CREATE TEMP VIEW calls AS SELECT * FROM secret",
            "CREATE TEMP TRIGGER x INSERT ON call_rows BEGIN SELECT 1; END",
            "CREATE VIRTUAL TABLE x USING fts5(a)",
            "CREATE VIRTUAL TABLE temp.x USING rtree(a, b, c)",
            "CREATE INDEX x ON call_rows (hidden)", "DROP TABLE secret", "DROP VIEW calls",
            "ALTER TABLE secret RENAME TO s", "ALTER TABLE secret ADD COLUMN y", "REINDEX",
            "REINDEX by_model", "ANALYZE", "INSERT INTO secret VALUES (1)",
            "INSERT INTO secret VALUES (1) RETURNING word", "REPLACE INTO secret VALUES (1)",
            "UPDATE call_rows SET model = 'x'", "DELETE FROM secret", "DELETE FROM calls",
            "WITH x AS (SELECT 1) DELETE FROM secret RETURNING *", "EXPLAIN DELETE FROM secret",
            "EXPLAIN QUERY PLAN INSERT INTO secret VALUES (1)",
            // Transactions
            "BEGIN", "BEGIN EXCLUSIVE", "COMMIT", "ROLLBACK", "SAVEPOINT x", "RELEASE x", "END",
            // More or less than one statement
            "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE secret", "SELECT 1;;;ATTACH 'x' AS y",
            "SELECT 1 -- x\n; DELETE FROM secret", "SELECT 1 /* ; */; BEGIN", "", ";", "-- x",
            "/* SELECT 1 */", "SELECT 1\0", "SELECT 1;\0DROP TABLE secret", "\0SELECT 1",
            // What is not listed
            "SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema",
            "SELECT count(*) FROM sqlite_master", "SELECT rowid FROM sqlite_schema",
            "SELECT * FROM sqlite_temp_master", "SELECT 1 FROM sqlite_temp_schema",
            "SELECT * FROM main.sqlite_master", "SELECT * FROM secret",
            "SELECT count(*) FROM secret",
            "SELECT 1 FROM SECRET", "SELECT 1 FROM main.\"secret\" AS calls",
            "SELECT (SELECT word FROM secret) FROM calls", "SELECT exists(SELECT 1 FROM secret)",
            "WITH calls AS (SELECT * FROM secret) SELECT * FROM calls",
            "WITH ranked AS (SELECT * FROM secret) SELECT * FROM ranked",
            "WITH ranked AS (SELECT hidden FROM call_rows) SELECT * FROM ranked",
            "WITH calls AS (SELECT * FROM sqlite_master) SELECT * FROM calls",
            "SELECT model FROM call_rows", "SELECT rowid FROM call_rows", "SELECT * FROM call_rows",
            "SELECT hidden FROM calls", "SELECT 1 FROM calls ORDER BY (SELECT word FROM secret)",
            "SELECT 1 FROM calls JOIN secret", "SELECT 1 UNION SELECT word FROM secret",
            "SELECT * FROM dbstat", "SELECT count(*) FROM dbstat", "SELECT 1 FROM sqlite_stmt",
            "SELECT * FROM sqlite_dbpage", "SELECT * FROM bytecode('SELECT 1')",
            "SELECT * FROM json_tree('[1]')", "SELECT * FROM fts3tokenize('simple', 'a b')",
            "SELECT sqlite_compileoption_get(1)", "SELECT sqlite_log(1, 'x')",
            "SELECT last_insert_rowid()", "SELECT total_changes()", "SELECT rtreecheck('x')",
            // Too large to be compiled
            "SELECT " + Array(repeating: "1", count: 101).joined(separator: ","),
            "SELECT " + Array(repeating: "1", count: 200).joined(separator: "+"),
            "SELECT " + String(repeating: "(", count: 5000) + "1"
                + String(repeating: ")", count: 5000),
            Array(repeating: "SELECT 1", count: 21).joined(separator: " UNION ALL "),
            "SELECT '" + String(repeating: "x", count: 100_000) + "'",
            "SELECT * FROM calls a, calls b, calls c, " + "calls d, calls e "
                + Array(repeating: ", calls", count: 60).joined(),
            "SELECT ?1", "SELECT ?", "SELECT :name",
        ]

        /// These cannot end by themselves within a lifetime of patience.
        static let endless = [
            // Without end
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
                + "count(*) FROM n",
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n "
                + "WHERE i > 1",
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT max(i) FROM n",
            // 10^12 rows and more
            "SELECT count(*) FROM calls a, calls b, calls c, calls d",
            "SELECT sum(a.tokens * b.tokens) FROM calls a, calls b, calls c, calls d",
        ]

        /// These may also end by themselves, but soon and within the limits.
        static let stopped = [
            """
            WITH RECURSIVE n (i) AS (SELECT 'a' UNION ALL SELECT i || i FROM n) SELECT
                length(i) FROM n
            """,
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT length(hex(zeroblob(8000000)))
                FROM n)
            SELECT max(i) FROM n
            """,
            // Very many rows
            "SELECT DISTINCT a.tokens, b.tokens, c.tokens FROM calls a, calls b, calls c",
            "SELECT a.tokens FROM calls a, calls b, calls c ORDER BY random()",
            "SELECT a.model FROM calls a, calls b, calls c WHERE a.model LIKE '%x%' AND "
                + "b.model > 'z'",
            "SELECT sum(tokens) OVER (ORDER BY tokens ROWS BETWEEN 1000 PRECEDING AND 1000 "
                + "FOLLOWING)"
                + " FROM (SELECT a.tokens FROM calls a, calls b)",
            // Memory
            "SELECT group_concat(a.model || b.model) FROM calls a, calls b",
            "SELECT json_group_array(a.model) FROM calls a, calls b",
            "SELECT count(DISTINCT a.tokens * 2000 + b.tokens) FROM calls a, calls b",
            "SELECT zeroblob(1000000000)", "SELECT randomblob(1000000000)",
            "SELECT hex(zeroblob(16000000))", "SELECT printf('%1000000000d', 1)",
            "SELECT printf('%.*c', 100000000, 'x')", "SELECT format('%.100000000f', 0.1)",
            "SELECT replace(hex(zeroblob(8000)), '0', hex(zeroblob(8000)))",
            "SELECT replace(replace(replace(hex(zeroblob(99)), '0', '0000000000'), '0', "
                + "'0000000000'), '0', hex(zeroblob(99999)))",
            "SELECT " + (1...20).map { "hex(zeroblob(7\($0 + 100)000))" }.joined(separator: ","),
            "SELECT " + (1...20).map { "randomblob(15\($0 + 100)000)" }.joined(separator: ","),
            "WITH x (a) AS (SELECT randomblob(9999999)) SELECT * FROM "
                + (1...40).map { "x AS x\($0)" }.joined(separator: ","),
            // Patterns
            "SELECT hex(zeroblob(500000)) LIKE '%'||substr(hex(zeroblob(499)), 1, 990)||'1'",
            "SELECT hex(zeroblob(500000)) LIKE '%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%1'",
            "SELECT hex(zeroblob(500000)) GLOB '*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*0*1'",
            "SELECT hex(zeroblob(500)) GLOB '" + String(repeating: "[^a]*", count: 150) + "1'",
            "SELECT 'x' LIKE hex(zeroblob(500000))", "SELECT 'x' GLOB hex(zeroblob(500000))",
            // Compilation
            "WITH "
                + (1...24).map { "c\($0) AS (SELECT a.x FROM c\($0 - 1) a, c\($0 - 1) b)" }
                .reversed().joined(separator: ",") + ", c0 (x) AS (SELECT 1) SELECT * FROM c24",
            "SELECT 1 FROM calls WHERE "
                + Array(repeating: "model = 'a'", count: 90)
                .joined(separator: " OR "),
        ]

        @Test func refusesEveryStatementThatIsNotAPlainQuestion() throws {
            let database = try SandboxedFile()
            let before = try database.snapshot()
            for sql in Self.refused {
                #expect(throws: SQLiteError.self, "\(sql.prefix(80))") {
                    try database.connection.query(sql, in: database.sandbox()) {
                        statement throws(SQLiteError) in
                        while try statement.step() {}
                    }
                }
            }
            #expect(try database.snapshot() == before)
            #expect(try database.rows("SELECT * FROM calls") == 2000)
        }

        @Test(arguments: endless)
        func stopsWhatNeverEnds(sql: String) throws {
            let database = try SandboxedFile()
            #expect { try database.rows(sql, seconds: 0.1) } throws: { error in
                (error as? SQLiteError)?.message.hasPrefix("stopped after") ?? false
            }
        }

        /// Whether these are stopped or end, nothing is left of them.
        @Test func survivesStatementsThatAskForTooMuch() throws {
            let database = try SandboxedFile()
            let before = try database.snapshot()
            for sql in Self.stopped {
                // Some end by themselves in a moment: SQLite gives NULL for what is too large.
                _ = try? database.rows(sql, seconds: 0.1)
            }
            #expect(try database.snapshot() == before)
            #expect(try database.rows("SELECT * FROM calls") == 2000)
        }
    }
}
