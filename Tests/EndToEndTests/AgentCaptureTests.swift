import Foundation
import Testing

/// Agents delete their logs: a twin without content keeps what was counted.
@Suite struct AgentCaptureTests {
    private static let canary = "canary-8d1f"

    /// Both agents' logs, idle for a week, with a canary wherever people's words go.
    private func machine() throws -> Sandbox {
        let sandbox = try Sandbox(now: "2026-11-20T12:00:00Z")
        var answer = ClaudeLine.numbered(1)
        answer.text = Self.canary
        try sandbox.writeHome(
            ClaudeLine.prompt(Self.canary) + answer.line + answer.line
                + #"{"type":"summary","summary":"\#(Self.canary)","usage":"assistant"}"# + "\n"
                + ClaudeLine.numbered(2).line,
            to: ClaudeLine.file)
        let talk = """
            {"timestamp":"2026-11-02T09:09:01Z","type":"response_item","payload":\
            {"type":"message","content":"\(Self.canary) token_count"}}
            {"timestamp":"2026-11-02T09:09:02Z","type":"compacted","payload":\
            {"message":"\(Self.canary)","compaction_response_id":"r","replacement_history":\
            [{"content":"\(Self.canary)"}]}}

            """
        let count = RolloutLine.count(
            total: 9, last: 6, at: "2026-11-02T09:09:00Z", text: Self.canary)
        try sandbox.writeHome(RolloutLine.rollout([1, 2]) + count + talk, to: RolloutLine.file)
        try sandbox.letAgentLogsRest()
        return sandbox
    }

    private func totals(_ sandbox: Sandbox) throws -> JSON? {
        try sandbox.json("costs", "all")["totals"]
    }

    @Test func anIdleLogIsCapturedAndABusyOneIsNot() throws {
        let sandbox = try machine()
        try sandbox.writeHome(
            ClaudeLine.numbered(3, session: "busy").line, to: ".claude/projects/p/busy.jsonl")
        _ = try sandbox.json("cache-sync")
        let names = try sandbox.capturedLogs().keys.sorted()
        #expect(names.count == 2, "\(names)")
        #expect(names.first?.hasPrefix("claude/") == true)
        #expect(names.first?.hasSuffix("/-home-ann-alpha/\(ClaudeLine.session).jsonl") == true)
        #expect(names.last?.hasPrefix("codex/") == true)
        #expect(names.last?.contains("/sessions/2026/11/02/rollout-") == true)
    }

    @Test func aTwinHoldsNoContentAndIsSmall() throws {
        let sandbox = try machine()
        let logs = try sandbox.agentLogs()
        #expect(logs.values.allSatisfy { $0.contains(Self.canary) })
        _ = try sandbox.json("cache-sync")
        let twins = try sandbox.capturedLogs()
        #expect(twins.count == 2)
        for (name, twin) in twins {
            #expect(!twin.contains(Self.canary), "\(name)")
            #expect(!twin.contains("Done."), "\(name)")
            for line in twin.split(separator: UInt8(ascii: "\n")) {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: line) }
            }
        }
        let sizes = [logs, twins].map { $0.values.map(\.count).reduce(0, +) }
        #expect(sizes[1] < sizes[0])
        let store = try Data(contentsOf: sandbox.sharedStore.appending(path: "cache.db"))
        #expect(!store.contains(Self.canary))
    }

    @Test func deletedLogsGoOnCounting() throws {
        let sandbox = try machine()
        let before = try totals(sandbox)
        #expect(before?["calls"]?.integer == 5)
        try sandbox.removeAgentLogs()
        #expect(try totals(sandbox) == before)
        _ = try sandbox.json("cache-sync", "--rebuild")
        #expect(try totals(sandbox) == before)
        try FileManager.default.removeItem(at: sandbox.sharedStore.appending(path: "cache.db"))
        #expect(try totals(sandbox) == before)
        for source in ["claude", "codex"] {
            _ = try sandbox.json("cache-sync", "--rebuild", "--source", source)
            #expect(try totals(sandbox) == before)
        }
    }

    /// The folders go with the logs: so says the page of captured logs.
    @Test func aDeletedHomeGoesOnCounting() throws {
        let sandbox = try machine()
        let before = try totals(sandbox)
        try sandbox.removeHome(".claude")
        try sandbox.removeHome(".codex")
        #expect(try totals(sandbox) == before)
        try FileManager.default.removeItem(at: sandbox.sharedStore.appending(path: "cache.db"))
        #expect(try totals(sandbox) == before)
    }

    @Test func aLogThatComesBackIsNotCountedTwice() throws {
        let sandbox = try machine()
        let before = try totals(sandbox)
        let logs = try sandbox.agentLogs()
        try sandbox.removeAgentLogs()
        #expect(try totals(sandbox) == before)
        for (name, log) in logs { try log.write(to: sandbox.root.appending(path: name)) }
        #expect(try totals(sandbox) == before)
        let sync = try sandbox.json("cache-sync", "--rebuild")
        #expect(sync["totals"]?["calls"]?.integer == 5)
        // One line of the transcript stands there twice; the twins add none.
        #expect(sync["totals"]?["duplicates"]?.integer == 1)
        try sandbox.appendHome(ClaudeLine.numbered(3).line, to: ClaudeLine.file)
        #expect(try totals(sandbox)?["calls"]?.integer == 6)
    }

    @Test func aLogThatGrewIsCapturedAgain() throws {
        let sandbox = try machine()
        _ = try sandbox.json("cache-sync")
        let first = try sandbox.capturedLogs()
        try sandbox.appendHome(ClaudeLine.numbered(3).line, to: ClaudeLine.file)
        _ = try sandbox.json("cache-sync")
        #expect(try sandbox.capturedLogs() == first)
        try sandbox.letAgentLogsRest()
        _ = try sandbox.json("cache-sync")
        #expect(try sandbox.capturedLogs() != first)
        let before = try totals(sandbox)
        try sandbox.removeAgentLogs()
        #expect(try totals(sandbox) == before)
        #expect(before?["calls"]?.integer == 6)
    }

    @Test(
        arguments: [
            (["cache-sync", "--no-capture"], [:]),
            (["cache-sync"], ["LLM_TELEMETRY_CAPTURE": "false"]),
            (["cache-sync", "--rebuild"], ["LLM_TELEMETRY_CAPTURE": "0"]),
            (["costs", "all"], ["LLM_TELEMETRY_CAPTURE": "false"]),
        ] as [([String], [String: String])])
    func itCanBeSwitchedOff(arguments: [String], environment: [String: String]) throws {
        let sandbox = try machine()
        _ = try sandbox.json(arguments, environment: environment)
        #expect(try sandbox.capturedLogs().isEmpty)
        try sandbox.removeAgentLogs()
        _ = try sandbox.json(arguments, environment: environment)
        let left = try sandbox.json("costs", "all", "--no-sync")["totals"]
        #expect(left?["calls"]?.integer == 0)
    }

    /// What was captured before it was switched off still speaks.
    @Test func switchingItOffForgetsNothing() throws {
        let sandbox = try machine()
        let before = try totals(sandbox)
        try sandbox.removeAgentLogs()
        sandbox.environment["LLM_TELEMETRY_CAPTURE"] = "false"
        _ = try sandbox.json("cache-sync", "--rebuild", "--no-capture")
        #expect(try totals(sandbox) == before)
    }

    /// A parent that was captured and deleted still explains what its fork replays.
    @Test func aForksParentMayBeATwin() throws {
        let sandbox = try Sandbox(now: "2026-11-20T12:00:00Z")
        let fork =
            RolloutLine.head("fork", at: "2026-11-02T09:10:00Z", forkOf: RolloutLine.session)
            + RolloutLine.count(total: 1, last: 1, at: "2026-11-02T09:11:00Z")
            + RolloutLine.count(total: 3, last: 2, at: "2026-11-02T09:15:00Z")
            + RolloutLine.count(total: 7, last: 4, at: "2026-11-02T09:20:00Z")
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        try sandbox.writeHome(fork, to: ".codex/sessions/fork.jsonl")
        try sandbox.letAgentLogsRest()
        #expect(try totals(sandbox)?["calls"]?.integer == 3)
        try sandbox.removeHome(RolloutLine.file)
        #expect(try totals(sandbox)?["calls"]?.integer == 3)
        _ = try sandbox.json("cache-sync", "--rebuild")
        #expect(try totals(sandbox)?["calls"]?.integer == 3)
    }

    /// Codex compresses what rests before it deletes it.
    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd"),
            "zstd is not installed"))
    func aCompressedLogIsCapturedToo() throws {
        let sandbox = try machine()
        let before = try totals(sandbox)
        try FileManager.default.removeItem(
            at: sandbox.sharedStore.appending(path: "history/captured"))
        let file = sandbox.home.appending(path: RolloutLine.file).path()
        var tool = sandbox.invocation(["-q", "--rm", file])
        tool.executable = "/usr/bin/zstd"
        #expect(try ChildProcess(tool).wait().succeeded)
        try sandbox.letAgentLogsRest()
        _ = try sandbox.json("cache-sync", "--rebuild")
        #expect(try sandbox.capturedLogs().count == 2)
        try sandbox.removeAgentLogs()
        #expect(try totals(sandbox) == before)
        _ = try sandbox.json("cache-sync", "--rebuild")
        #expect(try totals(sandbox) == before)
    }

    @Test func withoutSyncNothingIsCaptured() throws {
        let sandbox = try machine()
        _ = try sandbox.run("costs", "all", "--no-sync")
        #expect(try sandbox.capturedLogs().isEmpty)
    }

    @Test func twinsAreTheOwnersAlone() throws {
        let sandbox = try machine()
        _ = try sandbox.json("cache-sync")
        let folder = sandbox.sharedStore.appending(path: "history/captured")
        for name in try sandbox.capturedLogs().keys {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder.appending(path: name).path())
            #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(name)")
        }
    }
}

extension Data {
    fileprivate func contains(_ text: String) -> Bool {
        range(of: Data(text.utf8)) != nil
    }
}
