import TelemetrySQLite
import Testing

/// One after the other, because the memory limit is the whole process's.
@Suite(.serialized) enum SandboxSuites {}

extension SandboxSuites {
    @Suite struct SandboxTests {
        @Test(arguments: [
            ("SELECT * FROM calls", 2000),
            ("SELECT count(*) FROM calls", 1),
            ("SELECT * FROM main.Calls -- all of them", 2000),
            (
                "SELECT model, sum(tokens) FROM calls GROUP BY 1 HAVING count(*) > 1 ORDER "
                    + "BY 2 DESC",
                7
            ),
            ("SELECT * FROM models WHERE model LIKE 'model-_' AND tokens BETWEEN 1 AND 1e9", 7),
            ("SELECT count(*) FROM models", 1),
            ("SELECT a.model FROM models a LEFT JOIN models b ON a.model = b.model", 7),
            ("WITH x AS (SELECT * FROM calls LIMIT 5) SELECT count(*) OVER () FROM x", 5),
            ("WITH x AS (SELECT 1) SELECT count(*) FROM x", 1),
            ("WITH calls (a) AS (VALUES (1), (2)) SELECT a FROM calls", 2),
            (
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) "
                    + "SELECT i FROM n",
                9
            ),
            (
                "SELECT year, upper(model) || '!', CAST(tokens AS TEXT) FROM calls WHERE "
                    + "tokens IN (1, 2)",
                2
            ),
            (
                "SELECT value, json_extract('{\"a\":1}', '$.a'), '{}' ->> 'a' FROM "
                    + "json_each('[1,2,3]')",
                3
            ),
            ("SELECT count(*) FROM json_each('[1]')", 1),
            ("SELECT date('now'), CURRENT_TIMESTAMP, round(1.005, 2), sqrt(2)", 1),
            ("SELECT row_number() OVER (ORDER BY tokens DESC) FROM calls LIMIT 3", 3),
            ("SELECT 1 UNION SELECT 2 EXCEPT SELECT 1", 1),
            ("VALUES (1), (2)", 2),
            ("EXPLAIN QUERY PLAN SELECT 1", 1),
            ("SELECT 1;", 1),
        ])
        func answersAPlainQuestion(sql: String, rows: Int) throws {
            #expect(try SandboxedFile().rows(sql) == rows)
        }

        @Test(arguments: [
            ("SELECT modle FROM calls", "no such column: modle at line 1, column 8"),
            ("SELECT 1\nFORM calls x", "near \"calls\": syntax error at line 2, column 6"),
            ("SELECT 1 FROM cals", "no such table: cals at line 1, column 15"),
            ("SELECT nope(1)", "no such function: nope at line 1, column 8"),
            ("SELECT word\n FROM secret", "table secret cannot be read at line 2, column 7"),
            (
                "SELECT hidden FROM call_rows",
                "table call_rows cannot be read at line 1, column 20"
            ),
            ("SELECT count(*) FROM secret", "table secret cannot be read at line 1, column 22"),
            (
                "SELECT 1 FROM sqlite_master",
                "table sqlite_master cannot be read at line 1, column 15"
            ),
            (
                "SELECT 1 FROM pragma_encoding",
                "a table built into SQLite cannot be read"
            ),
            (
                "SELECT 1 + load_extension('x')",
                "function load_extension cannot be called at line 1, column 12"
            ),
            ("PRAGMA user_version", "only SELECT statements can be run"),
            ("ATTACH 'x' AS y", "only SELECT statements can be run"),
            ("VACUUM INTO 'x'", "only SELECT statements can be run"),
            ("DELETE FROM secret", "only SELECT statements can be run"),
            ("SELECT 1; SELECT 2", "more than one statement at line 1, column 11"),
            ("-- nothing", "no statement"),
            ("SELECT 1\0", "NUL character at line 1, column 9"),
            ("SELECT zeroblob(1e9)", "string or blob too big"),
            ("SELECT ?", "too many SQL variables at line 1, column 8"),
        ])
        func saysWhatIsWrongAndWhere(sql: String, message: String) throws {
            let database = try SandboxedFile()
            let error = #expect(throws: SQLiteError.self) { try database.rows(sql) }
            let place = error?.place.map { " at \($0)" } ?? ""
            #expect((error?.message ?? "") + place == message)
        }

        @Test func saysThatTheTimeIsOver() throws {
            let database = try SandboxedFile()
            let error = #expect(throws: SQLiteError.self) {
                try database.rows("SELECT count(*) FROM calls a, calls b, calls c", seconds: 0.05)
            }
            #expect(error?.isInterrupt == true)
            #expect(error?.message == "stopped after 0.05 seconds")
        }

        @Test func stopsWhenAsked() throws {
            let database = try SandboxedFile()
            let sandbox = Sandbox(relations: ["calls"], isCancelled: { true })
            let error = #expect(throws: SQLiteError.self) {
                try database.connection.query("SELECT count(*) FROM calls a, calls b", in: sandbox)
                {
                    statement throws(SQLiteError) in _ = try statement.step()
                }
            }
            #expect(error?.isInterrupt == true)
            #expect(error?.message == "interrupted")
        }

        @Test func tellsARefusalFromAMistake() throws {
            let database = try SandboxedFile()
            let refusal = #expect(throws: SQLiteError.self) { try database.rows("BEGIN") }
            #expect(refusal?.isDenied == true)
            let mistake = #expect(throws: SQLiteError.self) { try database.rows("BEGINN") }
            #expect(mistake?.isDenied == false)
        }

        @Test func leavesTheConnectionAsItWas() throws {
            let database = try SandboxedFile()
            _ = try? database.rows("ATTACH 'x' AS y")
            try database.connection.execute("ATTACH ':memory:' AS other; DETACH other")
            let long = "SELECT length('" + String(repeating: "x", count: 200_000) + "')"
            #expect(try database.connection.integer(long) == 200_000)
            #expect(try database.connection.integer("SELECT count(*) FROM secret") == 1)
        }

        @Test func refusesASandboxWithAnUnknownRelation() throws {
            let connection = try Connection.temporary()
            let sandbox = Sandbox(relations: ["nowhere"])
            #expect(throws: SQLiteError.self) {
                try connection.query("SELECT 1", in: sandbox) { _ throws(SQLiteError) in }
            }
            #expect(try connection.integer("SELECT 1") == 1)
        }
    }
}
