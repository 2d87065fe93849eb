import Foundation
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

@Suite struct ClaudeSourceTests {
    /// Where the transcripts are.
    let home: TemporaryStore
    let store: TemporaryStore

    init() throws {
        home = try TemporaryStore()
        store = try TemporaryStore()
    }

    private var source: ClaudeSource { ClaudeSource(roots: [home.path]) }

    @discardableResult
    private func sync() throws -> CacheSyncSummary {
        try CacheSync(
            store.location, sources: [source], lockTimeoutMilliseconds: 10_000
        ).run()
    }

    /// One column of the calls, in the order of another.
    private func column(_ name: String, by order: String = "rowid") throws -> [String?] {
        let connection = try store.location.openForReading()
        var rows = try connection.prepare("SELECT \(name) FROM calls ORDER BY \(order)")
        var values: [String?] = []
        while try rows.step() { values.append(rows.optionalText(0)) }
        return values
    }

    @Test func theFirstDirectoryOfALogStands() throws {
        try home.write(
            "p/s1.jsonl", answer(nil, request: nil, more: #","cwd":"/home/u/atlas""#) + "\n")
        try sync()
        try home.append("p/s1.jsonl", answer(nil, request: nil) + "\n")
        let path = "SELECT value FROM file JOIN text ON text.id = project_path"
        #expect(try sync().totals.calls == 2)
        #expect(try store.rows(path) == ["/home/u/atlas"])
    }

    // MARK: Listing

    @Test func findsTranscriptsAtEveryDepthAndNothingElse() throws {
        for name in [
            "p/s1.jsonl", "p/s1/subagents/agent-1.jsonl", "p/s1/subagents/deep/er/agent-2.jsonl",
            "top.jsonl", "p/s1.jsonl.bak", "p/notes.txt", "p/memory/x.json", "p/s2.JSONL",
        ] {
            try home.write(name, "")
        }
        #expect(
            source.listFiles().files.map(\.name) == [
                "p/s1/subagents/agent-1.jsonl", "p/s1/subagents/deep/er/agent-2.jsonl",
                "p/s1.jsonl", "top.jsonl",
            ])
    }

    @Test func followsLinksWithoutEndAndListsAFileOnce() throws {
        let elsewhere = try TemporaryStore()
        try elsewhere.write("s1.jsonl", answer() + "\n")
        try elsewhere.write("kept/s2.jsonl", answer("m2") + "\n")
        try home.write("p/s3.jsonl", answer("m3") + "\n")
        func link(_ name: String, _ target: String) throws {
            try FileManager.default.createSymbolicLink(
                atPath: home.path + "/" + name, withDestinationPath: target)
        }
        try link("a.jsonl", elsewhere.path + "/s1.jsonl")
        try link("linked", elsewhere.path + "/kept")
        try link("again", elsewhere.path + "/kept")
        try link("p/loop", home.path)
        try link("p/self", "self")
        try link("p/dangling.jsonl", "/nowhere/at/all")
        try FileManager.default.linkItem(
            atPath: home.path + "/p/s3.jsonl", toPath: home.path + "/p/s4.jsonl")
        let listing = source.listFiles()
        #expect(listing.files.map(\.name) == ["a.jsonl", "again/s2.jsonl", "p/s3.jsonl"])
        #expect(listing.unreachable.isEmpty)
        #expect(try sync().totals.calls == 3)
    }

    @Test func aRootThatIsMissingIsReportedAndKeepsItsCalls() throws {
        try home.write("p/s1.jsonl", answer() + "\n")
        #expect(try sync().totals.calls == 1)
        let aside = home.path + "-aside"
        try FileManager.default.moveItem(atPath: home.path, toPath: aside)
        let summary = try sync()
        #expect(summary.totals.calls == 1 && summary.files.unread == 1)
        #expect(summary.notes.first?.contains(home.path) == true)
        try FileManager.default.moveItem(atPath: aside, toPath: home.path)
        #expect(try sync().notes.isEmpty)
    }

    @Test func onlyTheRootsOfARunCountAfterIt() throws {
        try home.write("p/s1.jsonl", answer() + "\n")
        let other = try TemporaryStore()
        try other.write("p/s2.jsonl", answer("m2", request: "r2") + "\n")
        #expect(try sync().totals.calls == 1)
        let summary = try CacheSync(
            store.location, sources: [ClaudeSource(roots: [other.path])],
            lockTimeoutMilliseconds: 10_000
        ).run()
        #expect(summary.totals.calls == 1 && summary.files.removed == 1)
        #expect(try sync().totals.calls == 1)
    }

    // MARK: Sessions

    static let sessions: [(String, String)] = [
        ("-home-u/s1.jsonl", "s1"), ("s1.jsonl", "s1"), ("-home-u/s.1.jsonl", "s.1"),
        ("-home-u/s1/subagents/agent-9.jsonl", "s1"),
        ("-home-u/s1/subagents/more/agent-9.jsonl", "s1"),
        ("-home-u/s1/subagents/a/subagents/agent-9.jsonl", "s1"),
        ("subagents/agent-9.jsonl", "agent-9"), ("subagents/s1/subagents/agent-9.jsonl", "s1"),
        ("-home-u/s1/other/agent-9.jsonl", "agent-9"), ("-home-u/subagents.jsonl", "subagents"),
    ]

    @Test(arguments: sessions)
    func aTranscriptIsNamedAfterItsSession(name: String, session: String) {
        #expect(source.session(ofName: name) == session)
    }

    @Test func aLineWithoutSessionBelongsToItsFilesSession() throws {
        try home.write("p/s1.jsonl", answer("m1", session: nil) + "\n")
        try home.write(
            "p/s1/subagents/agent-1.jsonl",
            answer("m2", request: "r2", session: nil) + "\n"
                + answer("m3", request: "r3", session: "s9") + "\n"
                + answer("m4", request: "r4", session: "") + "\n")
        try sync()
        #expect(try column("session_id", by: "msg_id") == ["s1", "s1", "s9", "s1"])
    }

    // MARK: Rows

    @Test func aLineBecomesARow() throws {
        let line = answer(
            "msg_1", request: "req_1", session: "s1", model: "claude-opus-4-6",
            usage: usage(
                input: 1, output: 2,
                #""cache_read_input_tokens":3,"cache_creation_input_tokens":9,"#
                    + #""cache_creation":{"ephemeral_1h_input_tokens":4},"#
                    + #""output_tokens_details":{"thinking_tokens":2},"speed":"fast","#
                    + #""service_tier":"standard","inference_geo":"us","#
                    + #""server_tool_use":{"web_search_requests":6}"#),
            more: #","cwd":"C:\\Users\\u\\atlas","gitBranch":"main","isSidechain":true,"#
                + #""isApiErrorMessage":true,"error":"rate_limit","costUSD":0.25"#)
        try home.write("p/s1.jsonl", "{}\n" + line + "\n")
        try sync()
        let expected: [(String, String?)] = [
            ("source", "claude"), ("timestamp", "2026-10-01T10:00:00.000Z"), ("msg_id", "msg_1"),
            ("req_id", "req_1"), ("agent_name", "claude-code"), ("operation", nil),
            ("provider", nil), ("model_raw", "claude-opus-4-6"), ("session_id", "s1"),
            ("user_id", nil), ("project", "atlas"), ("git_branch", "main"), ("duration_ms", nil),
            ("input_tokens", "1"), ("output_tokens", "2"), ("cache_read_tokens", "3"),
            ("cache_write_tokens", "9"), ("cache_write_1h_tokens", "4"),
            ("reasoning_tokens", "2"), ("web_searches", "6"), ("cost_usd_raw", "0.25"),
            ("success", "0"), ("error", "rate_limit"), ("speed", "fast"),
            ("service_tier", "standard"), ("region", "us"), ("is_sidechain", "1"),
            ("line_offset", "3"),
        ]
        for (name, value) in expected { #expect(try column(name) == [value], "\(name)") }
    }

    @Test func aFurtherCallIsARowOfItsOwn() throws {
        let line = answer(
            usage: usage(
                #""iterations":[{"type":"advisor_message","model":"claude-opus-4-7","#
                    + #""input_tokens":900,"output_tokens":80}]"#),
            more: #","cwd":"/home/u/atlas""#)
        try home.write("p/s1.jsonl", line + "\n")
        let summary = try sync()
        #expect(summary.totals.calls == 2 && summary.totals.duplicates == 0)
        #expect(
            try column("model_raw", by: "input_tokens") == ["claude-sonnet-4-5", "claude-opus-4-7"])
        for (name, value) in [("msg_id", "m1"), ("project", "atlas"), ("session_id", "s1")] {
            #expect(try column(name) == [value, value], "\(name)")
        }
    }

    @Test(arguments: [false, true])
    func ofEqualLinesTheOneWithFurtherCallsIsKept(comesFirst: Bool) throws {
        let plain = answer() + "\n"
        let compacted =
            answer(
                at: "2026-10-01T10:00:01Z",
                usage: usage(#""iterations":[{"type":"compaction","input_tokens":7}]"#)) + "\n"
        try home.write("p/s1.jsonl", comesFirst ? compacted + plain : plain + compacted)
        let summary = try sync()
        #expect(summary.totals.calls == 2)
        #expect(try column("input_tokens", by: "input_tokens * 1") == ["7", "10"])
    }

    @Test func theErrorOfACallThatSucceededIsNoneOfIts() throws {
        try home.write("p/s1.jsonl", answer(more: #","error":"unknown""#) + "\n")
        try sync()
        #expect(try column("error") == [nil] && column("success") == ["1"])
    }

    // MARK: Identity

    /// Lines, and how many calls they are.
    static let identities: [(String, [String], Int64)] = [
        ("a message logged twice", [answer(), answer()], 1),
        ("its id spelled with escapes", [answer(), answer(#"\u006d1"#)], 1),
        (
            "no message id, the same request",
            [answer(nil, session: "s1"), answer(nil, session: "s2")], 1
        ),
        ("no message id, other requests", [answer(nil), answer(nil, request: "r2")], 2),
        (
            "no id but the line's own",
            [
                answer(nil, request: nil, more: #","uuid":"u1""#),
                answer(nil, request: nil, more: #","uuid":"u1""#),
            ], 1
        ),
        (
            "no id but lines' own",
            [
                answer(nil, request: nil, more: #","uuid":"u1""#),
                answer(nil, request: nil, more: #","uuid":"u2""#),
            ], 2
        ),
        ("nothing to tell lines by", [answer(nil, request: nil), answer(nil, request: nil)], 2),
        ("a request named like a message", [answer("x"), answer(nil, request: "x")], 2),
    ]

    @Test(arguments: identities)
    func linesAreToldApart(situation: String, lines: [String], calls: Int64) throws {
        try home.write("p/s1.jsonl", lines.map { $0 + "\n" }.joined())
        let summary = try sync()
        #expect(summary.totals.calls == calls, "\(situation)")
        #expect(summary.totals.duplicates == Int64(lines.count) - calls, "\(situation)")
    }

    @Test func badLinesAreCountedAndStopNothing() throws {
        let lines = [
            "[]", "42", "\u{0}\u{0}", "", answer("m1"), "half {", answer("m2", request: "r2"),
            answer("m3", usage: usage(input: -1)), #"{"type":"user"}"#,
            "\u{FEFF}" + answer("m4") + "\r",
        ]
        try home.write("p/s1.jsonl", lines.map { $0 + "\n" }.joined())
        let summary = try sync()
        #expect(summary.totals.calls == 3 && summary.totals.rejected == 5)
        #expect(summary.lines.other == 1)
        #expect(
            summary.rejections.map { "\($0.reason) \($0.count) \($0.example ?? "")" } == [
                "bad-tokens 1 p/s1.jsonl:8", "not-an-object 2 p/s1.jsonl:1",
                "not-json 2 p/s1.jsonl:3",
            ])
    }
}
