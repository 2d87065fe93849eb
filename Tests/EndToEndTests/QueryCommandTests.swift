import Foundation
import Testing

@Suite struct QueryCommandTests {
    @Test func theViewHasItsColumns() throws {
        let sandbox = try QuestionTests.sandbox()
        let outcome = try sandbox.run("query", "SELECT * FROM calls LIMIT 1", "--csv")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let columns = """
            source, timestamp, timestamp_ms, msg_id, req_id, agent_name, operation, provider, \
            model, model_raw, session_id, user_id, project, git_branch, duration_ms, ttft_ms, \
            input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, \
            cache_write_1h_tokens, reasoning_tokens, web_searches, cost_usd_raw, success, error, \
            speed, service_tier, region, is_sidechain, prompt_hash, response_hash, source_path, \
            line_offset
            """
        #expect(CSV.rows(outcome.text).first == columns.split(separator: ", ").map(String.init))
    }

    @Test func answersInEveryFormat() throws {
        let sandbox = try QuestionTests.sandbox()
        let sql = "SELECT model, count(*) AS n FROM calls GROUP BY model ORDER BY model"
        let csv = CSV.rows(try sandbox.run("query", sql, "--csv").text)
        #expect(
            csv == [
                ["model", "n"], ["claude-3-5-haiku", "6"], ["claude-sonnet-4-5", "3"],
                ["gpt-4o", "3"],
            ])
        _ = try sandbox.json("query", sql)
        #expect(try sandbox.run("query", sql).text.contains("claude-sonnet-4-5"))
    }

    @Test func theViewWorksInAnyClient() throws {
        let shell = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"]
            .first(where: FileManager.default.isExecutableFile)
        guard let shell else { return }
        let sandbox = try QuestionTests.sandbox()
        _ = try sandbox.json("cache-sync")
        var invocation = sandbox.invocation([
            "-readonly", sandbox.cache.path(),
            "SELECT count(*), sum(input_tokens), max(timestamp) FROM calls; PRAGMA integrity_check",
        ])
        invocation.executable = shell
        let outcome = try ChildProcess(invocation).wait()
        #expect(outcome.text == "12|1200|2025-01-27T08:21:00.000Z\nok\n", "\(outcome.errorText)")
    }

    @Test(
        arguments: [
            "DELETE FROM calls", "DROP VIEW calls", "UPDATE calls SET model = 'x'",
            "INSERT INTO calls (model) VALUES ('x')", "CREATE TABLE t (a)",
            "CREATE TEMP TABLE t (a)", "ATTACH 'other.db' AS other", "ATTACH ':memory:' AS other",
            "VACUUM INTO 'copy.db'", "VACUUM", "PRAGMA journal_mode = DELETE",
            "PRAGMA user_version = 9", "PRAGMA writable_schema = 1", "BEGIN", "REINDEX",
            "SELECT 1; DELETE FROM calls", "SELECT 1; SELECT 2", "SELECT load_extension('x')",
            "SELECT writefile('x', 'y')", "SELECT FROM", "SELEC 1", "SELECT nothing FROM calls",
            "", "-- only a comment",
            "SELECT zeroblob(2000000000)",
            // One call of a function that takes minutes: the program ends under it.
            "SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n",
        ])
    func refusesWhatIsNotOneHarmlessQuestion(sql: String) throws {
        let sandbox = try QuestionTests.sandbox()
        _ = try sandbox.json("cache-sync")
        let cache = try sandbox.bytes("cache.db")
        let outcome = try sandbox.run("query", sql, "--no-sync")
        #expect(outcome.end == .exited(1) || outcome.end == .exited(2), "\(outcome.text)")
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
        #expect(try sandbox.bytes("cache.db") == cache)
        let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.directory.path())
        #expect(left == [".llm-telemetry"])
    }
}
