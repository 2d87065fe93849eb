import Foundation
import Testing

/// What `doctor` says of agents' logs: where they are, how long they stay, what is kept of them.
@Suite struct AgentDoctorTests {
    private func machine() throws -> Sandbox {
        let sandbox = try Sandbox(now: "2026-11-20T12:00:00Z")
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        try sandbox.letAgentLogsRest()
        return sandbox
    }

    private func examine(
        _ sandbox: Sandbox, environment: [String: String] = [:]
    ) throws -> (end: Outcome.End, answer: JSON) {
        let outcome = try sandbox.run("doctor", "--json", environment: environment)
        return (outcome.end, try JSON(parsing: outcome.output))
    }

    private func claude(_ answer: JSON) throws -> JSON {
        try #require(
            answer["roots"]?.array?.first { $0["path"]?.string?.contains("/.claude") == true })
    }

    @Test func tellsWhenTranscriptsGoAndHowManyAreCaptured() throws {
        let sandbox = try machine()
        let (end, answer) = try examine(sandbox)
        #expect(end == .exited(0))
        let root = try claude(answer)
        #expect(root["captured"]?.integer == 1)
        #expect(root["known_by_twins"]?.integer == 0)
        let day = try #require(root["first_deletion"]?.string)
        let text = try sandbox.run("doctor").text
        #expect(text.contains("after 30 days, the oldest on \(day); captured: 1"), "\(text)")
        #expect(text.split(separator: "\n").filter { $0.contains("lower bound") }.count == 1)
        #expect(text.hasSuffix("Everything is fine.\n"))
    }

    @Test func countsTiersThatNobodyKnows() throws {
        let sandbox = try machine()
        try sandbox.appendHome(
            #"{"timestamp":"2026-11-02T11:00:00Z","type":"event_msg","payload":"#
                + #"{"type":"thread_settings_applied","thread_settings":{"service_tier":"warp"}}}"#
                + "\n", to: RolloutLine.file)
        _ = try sandbox.json("cache-sync")
        let (end, answer) = try examine(sandbox)
        #expect(end == .exited(0))
        #expect(answer["unknown_tiers"]?.integer == 1)
        let notes = (answer["notes"]?.array ?? []).compactMap(\.string)
        #expect(notes.contains { $0.contains("not known 1 time;") })
    }

    @Test func namesALogThatCannotBeRead() throws {
        let sandbox = try machine()
        try sandbox.writeHome("no archive", to: ".codex/sessions/bad.jsonl.zst")
        let (end, answer) = try examine(sandbox)
        #expect(end == .exited(1))
        let unread = answer["unread_files"]?.array ?? []
        #expect(unread.count == 1)
        #expect(unread.first?["path"]?.string?.hasSuffix("bad.jsonl.zst") == true)
        // The path is said once.
        #expect(unread.first?["reason"]?.string?.hasPrefix("cannot be decompressed: ") == true)
        #expect(unread.first?["reason"]?.string?.contains("jsonl") == false)
    }

    @Test func tellsWhatOnlyTwinsKnow() throws {
        let sandbox = try machine()
        _ = try sandbox.json("cache-sync")
        try sandbox.removeAgentLogs()
        let (end, answer) = try examine(sandbox)
        #expect(end == .exited(0))
        let root = try claude(answer)
        #expect(root["files"]?.integer == 1)
        #expect(root["calls"]?.integer == 1)
        #expect(root["known_by_twins"]?.integer == 1)
        #expect(root["first_deletion"] == .null)
        let notes = (answer["notes"]?.array ?? []).compactMap(\.string)
        #expect(notes.filter { $0.contains("counted by what was captured: 1 log") }.count == 2)
    }

    /// What somebody asked for and is not there needs attention; what an agent would use does not.
    @Test(arguments: ["CLAUDE_CONFIG_DIR", "CODEX_HOME"])
    func demandsTheDirectoriesThatAreNamed(variable: String) throws {
        let sandbox = try machine()
        let missing = sandbox.home.appending(path: "elsewhere").path()
        let (end, answer) = try examine(sandbox, environment: [variable: missing])
        #expect(end == .exited(1))
        let problems = (answer["problems"]?.array ?? []).compactMap(\.string)
        #expect(problems.count == 1 && problems[0].contains(missing), "\(problems)")
    }

    @Test func callsWithoutAModelAreFlagged() throws {
        let sandbox = try machine()
        let lines = RolloutLine.rollout([1, 2]).split(separator: "\n")
        try sandbox.writeHome(
            lines.filter { !$0.contains("turn_context") }.map { $0 + "\n" }.joined(),
            to: RolloutLine.file)
        let (end, answer) = try examine(sandbox)
        #expect(end == .exited(1))
        #expect(answer["calls_without_model"]?.integer == 2)
    }
}
