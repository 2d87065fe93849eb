import Foundation
import Testing

/// `sessions` and `sessions show` over all sources.
@Suite struct AgentSessionTests {
    /// A session that was resumed, a rollout, and a session of an own program.
    private func machine() throws -> Sandbox {
        let sandbox = try Sandbox(now: "2026-11-20T12:00:00Z")
        try sandbox.writeHome(
            (1...3).map { ClaudeLine.numbered($0).line }.joined(), to: ClaudeLine.file)
        try sandbox.writeHome(
            (1...4).map { ClaudeLine.numbered($0, session: "resumed").line }.joined(),
            to: ".claude/projects/-home-ann-alpha/resumed.jsonl")
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        var record = Record.numbered(1, at: "2026-11-03T09:00:00Z")
        record.session = "own"
        try sandbox.log([record])
        return sandbox
    }

    @Test func sessionsOfAllSources() throws {
        let answer = try machine().json("sessions", "--source", "all")
        let sessions = answer["sessions"]?.array ?? []
        let calls = Dictionary(
            uniqueKeysWithValues: sessions.map {
                ($0["session_id"]?.string ?? "", $0["calls"]?.integer ?? 0)
            })
        #expect(
            calls == [ClaudeLine.session: 3, "resumed": 1, RolloutLine.session: 2, "own": 1])
        let first = sessions.first { $0["session_id"]?.string == ClaudeLine.session }
        let expected = """
            {"source":"claude","project":"alpha","git_branch":"main","cli_tool":"claude-code",
             "models":["claude-sonnet-4-5"],"calls":3,"succeeded":3,"failed":0,
             "tokens":{"input":30,"output":300,"cache_read":0,"cache_write":0,"reasoning":0,
                       "total":330},"cost_usd":0.00459,"unpriced_calls":0}
            """
        #expect(first?.differences(from: try JSON(parsing: expected)) == [])
        #expect(first?["started_at"]?.string?.hasPrefix("2026-11-02T09:01:00") == true)
        #expect(first?["ended_at"]?.string?.hasPrefix("2026-11-02T09:03:00") == true)
        let codex = sessions.first { $0["session_id"]?.string == RolloutLine.session }
        #expect(codex?["cli_tool"]?.string == "codex")
        #expect(codex?["source"]?.string == "codex")
    }

    @Test func aUniquePrefixSuffices() throws {
        let sandbox = try machine()
        for name in [ClaudeLine.session, String(ClaudeLine.session.prefix(6))] {
            let outcome = try sandbox.run("sessions", "show", name, "--source", "all", "--json")
            #expect(outcome.succeeded, "\(outcome.errorText)")
            #expect(outcome.text.contains("msg_3") || outcome.text.contains("09:03:00"))
            #expect(!outcome.text.contains("09:04:00"))
        }
        #expect(
            try sandbox.run("sessions", "show", "nobody", "--source", "all").end == .exited(1))
    }

    @Test func topCutsTheList() throws {
        let answer = try machine().json("sessions", "--source", "all", "--top", "2")
        #expect(answer["sessions"]?.array?.count == 2)
    }

    @Test func filtersApply() throws {
        let answer = try machine().json("sessions", "--source", "all", "--model", "gpt-*")
        let names = (answer["sessions"]?.array ?? []).compactMap { $0["session_id"]?.string }
        #expect(names == [RolloutLine.session])
    }
}
