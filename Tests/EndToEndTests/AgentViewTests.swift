import Foundation
import Testing

/// The tables over agents' logs that users of earlier systems know, and what `doctor` says.
@Suite struct AgentViewTests {
    private static let now = "2026-11-20T12:00:00Z"

    private func machine() throws -> Sandbox {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(
            ClaudeLine.prompt() + ClaudeLine.numbered(1).line + ClaudeLine.numbered(2).line,
            to: ClaudeLine.file)
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        return sandbox
    }

    private static let files = [
        "path", "size_bytes", "mtime_ns", "last_byte_offset", "last_ingested_at", "session_id",
        "project_path",
    ]
    private static let entries = [
        "source_path", "line_offset", "timestamp_utc", "model", "msg_id", "req_id", "input_tokens",
        "output_tokens", "cache_create_tokens", "cache_read_tokens", "cost_usd_raw",
    ]

    @Test(
        arguments: [
            ("session_files", files), ("session_entries", entries),
            (
                "codex_session_files",
                files + ["last_session_id", "last_model", "last_total_tokens"]
            ),
            ("codex_session_entries", entries),
        ])
    func viewsHaveTheirColumns(view: String, columns: [String]) throws {
        let answer = try machine().json("query", "SELECT * FROM \(view)")
        #expect(answer["columns"]?.array?.compactMap(\.string) == columns)
        #expect(answer["rows"]?.array?.count == (view.hasSuffix("files") ? 1 : 2))
    }

    @Test func filesSayWhatTheyAre() throws {
        let sandbox = try machine()
        let size = ClaudeLine.prompt().utf8.count + ClaudeLine.numbered(1).line.utf8.count * 2
        let row = try sandbox.json("query", "SELECT * FROM session_files")["rows"]?.array?.first
        #expect(row?["path"]?.string?.hasSuffix(ClaudeLine.file) == true)
        #expect(row?["size_bytes"]?.integer == size)
        #expect(row?["last_byte_offset"]?.integer == size)
        #expect(row?["session_id"]?.string == ClaudeLine.session)
        #expect(row?["project_path"]?.string == "/home/ann/alpha")
        let codex = try sandbox.json("query", "SELECT * FROM codex_session_files")["rows"]?.array
        let expected = """
            {"session_id":"\(RolloutLine.session)","project_path":"/home/ann/alpha",
             "last_session_id":"\(RolloutLine.session)","last_model":"gpt-5-codex",
             "last_total_tokens":3000}
            """
        #expect(codex?.first?.differences(from: try JSON(parsing: expected)) == [])
    }

    @Test func entriesAreTheCalls() throws {
        let sandbox = try machine()
        let rows = try sandbox.json(
            "query", "SELECT * FROM session_entries ORDER BY line_offset")["rows"]?.array
        let expected = """
            {"line_offset":\(ClaudeLine.prompt().utf8.count),"msg_id":"msg_1","req_id":"req_1",
             "input_tokens":10,"output_tokens":100,"cache_create_tokens":0,"cache_read_tokens":0,
             "cost_usd_raw":null}
            """
        #expect(rows?.first?.differences(from: try JSON(parsing: expected)) == [])
        #expect(rows?.first?["timestamp_utc"]?.string?.hasPrefix("2026-11-02T09:01:00") == true)
        let codex = try sandbox.json(
            "query", "SELECT input_tokens, cache_read_tokens FROM codex_session_entries")
        let tokens = try JSON(
            parsing: """
                {"rows":[{"input_tokens":300,"cache_read_tokens":600},
                         {"input_tokens":600,"cache_read_tokens":1200}]}
                """)
        #expect(codex.differences(from: tokens) == [])
    }

    /// Any SQLite client reads them.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"), "none"))
    func theSystemsShellReadsThem() throws {
        let sandbox = try machine()
        _ = try sandbox.json("cache-sync")
        for view in ["session_files", "session_entries", "codex_session_files", "calls"] {
            var shell = sandbox.invocation([
                sandbox.sharedStore.appending(path: "cache.db").path(),
                "SELECT count(*) > 0 FROM \(view)",
            ])
            shell.executable = "/usr/bin/sqlite3"
            #expect(try ChildProcess(shell).wait().text == "1\n", "\(view)")
        }
    }

    // MARK: Doctor

    @Test func doctorKnowsTheAgents() throws {
        let sandbox = try machine()
        let outcome = try sandbox.run("doctor", "--json")
        let answer = try JSON(parsing: outcome.output)
        #expect(outcome.end == .exited(0), "\(outcome.text)")
        let roots = answer["roots"]?.array ?? []
        let claude = roots.first { $0["source"]?.string == "claude" && $0["calls"]?.integer == 2 }
        #expect(claude?["path"]?.string?.contains("/.claude") == true)
        #expect(claude?["files"]?.integer == 1)
        // What Claude Code does unless its settings say otherwise.
        #expect(claude?["owner_deletes_after_days"]?.integer == 30)
        let codex = roots.first { $0["source"]?.string == "codex" && $0["calls"]?.integer == 2 }
        #expect(codex?["path"]?.string?.contains("/.codex") == true)
        let notes = (answer["notes"]?.array ?? []).compactMap(\.string)
        #expect(notes.filter { $0.contains("lower bound") }.count == 1, "\(notes)")
    }

    @Test func doctorReadsHowLongTranscriptsAreKept() throws {
        let sandbox = try machine()
        try sandbox.writeHome(#"{"cleanupPeriodDays":365}"#, to: ".claude/settings.json")
        let answer = try JSON(parsing: try sandbox.run("doctor", "--json").output)
        let claude = answer["roots"]?.array?.first {
            $0["source"]?.string == "claude" && $0["calls"]?.integer == 2
        }
        #expect(claude?["owner_deletes_after_days"]?.integer == 365)
    }

    @Test func doctorShowsARefusedLine() throws {
        let sandbox = try machine()
        var bad = ClaudeLine.numbered(3)
        bad.output = -1
        try sandbox.appendHome(bad.line, to: ClaudeLine.file)
        let outcome = try sandbox.run("doctor", "--json")
        #expect(outcome.end == .exited(1))
        let rejection = try JSON(parsing: outcome.output)["rejections"]?.array?.first
        #expect(rejection?["reason"]?.string == "bad-tokens")
        #expect(rejection?["example"]?.string?.hasSuffix("\(ClaudeLine.session).jsonl:4") == true)
    }
}
