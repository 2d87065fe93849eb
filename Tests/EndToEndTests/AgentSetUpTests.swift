import Foundation
import Testing

/// Whoever uses an agent gets an answer without setting anything up, and says otherwise with the
/// variables that the agents know.
@Suite struct AgentSetUpTests {
    private static let now = "2026-11-20T12:00:00Z"

    /// A machine on which both agents were used, with nothing in the working directory.
    private func machine() throws -> Sandbox {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(
            ClaudeLine.prompt() + ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        return sandbox
    }

    private func calls(
        _ sandbox: Sandbox, _ arguments: String..., environment: [String: String] = [:]
    ) throws -> Int? {
        try sandbox.json(["costs", "all"] + arguments, environment: environment)["totals"]?[
            "calls"]?.integer
    }

    @Test func nothingNeedsToBeSetUp() throws {
        let sandbox = try machine()
        let answer = try sandbox.json("costs")
        #expect(answer["totals"]?["calls"]?.integer == 3)
        #expect(answer["sources"] == .array([.string("claude"), .string("codex")]))
        let text = try sandbox.run("costs").text
        #expect(text.contains("claude-sonnet-4-5") && text.contains("gpt-5-codex"))
        #expect(!sandbox.exists(""))
        #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.directory.path()) == [])
    }

    @Test func oneAgentIsEnough() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        #expect(try calls(sandbox) == 1)
    }

    @Test(arguments: Program.queryCommands)
    func withNothingAtAllOneLineSaysHowToBegin(command: String) throws {
        let sandbox = try Sandbox(now: Self.now)
        let outcome = try sandbox.run(command)
        #expect(outcome.succeeded)
        let said = outcome.text + outcome.errorText
        #expect(said.split(separator: "\n").count == 1, "\(said)")
        let left = FileManager.default.enumerator(atPath: sandbox.root.path())
        #expect((left?.compactMap { $0 as? String } ?? []).sorted() == ["home", "project"])
    }

    @Test func aStoreOfOnesOwnReadsItsRecordsOnly() throws {
        let sandbox = try machine()
        try sandbox.log([.numbered(1)])
        #expect(try calls(sandbox) == 1)
        #expect(try calls(sandbox, "--source", "all") == 4)
        #expect(try calls(sandbox, "--source", "claude") == 1)
        #expect(try calls(sandbox, "--source", "codex", "--source", "telemetry") == 3)
        #expect(try calls(sandbox, environment: ["LLM_TELEMETRY_SOURCES": "claude,codex"]) == 3)
        #expect(try calls(sandbox) == 1)
        #expect(
            try calls(
                sandbox, "--source", "telemetry", environment: ["LLM_TELEMETRY_SOURCES": "all"])
                == 1)
    }

    @Test func groupsBySource() throws {
        let sandbox = try machine()
        try sandbox.log([.numbered(1)])
        let answer = try sandbox.json("costs", "all", "--source", "all", "--by", "source")
        let groups = answer["by_source"]?.array ?? []
        let counts = Dictionary(
            uniqueKeysWithValues: groups.map {
                ($0["source"]?.string ?? "", $0["calls"]?.integer ?? 0)
            })
        #expect(counts == ["telemetry": 1, "claude": 1, "codex": 2])
    }

    /// Where the one transcript lies in the home, what the variables say, and whether it is found.
    @Test(
        arguments: [
            (".claude/projects/p/s.jsonl", [:], true),
            (".config/claude/projects/p/s.jsonl", [:], true),
            ("xdg/claude/projects/p/s.jsonl", ["XDG_CONFIG_HOME": "HOME/xdg"], true),
            (".config/claude/projects/p/s.jsonl", ["XDG_CONFIG_HOME": "HOME/xdg"], false),
            (".config/claude/projects/p/s.jsonl", ["XDG_CONFIG_HOME": "relative"], true),
            (".claude/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": ""], true),
            (".claude/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "HOME/other"], false),
            ("other/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "HOME/other"], true),
            ("other/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "~/other"], true),
            ("other/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "~/other/projects"], true),
            ("other/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "~/other/projects/"], true),
            ("other/projects/p/s.jsonl", ["CLAUDE_CONFIG_DIR": "/nowhere, ~/other ,"], true),
            (".claude/projects/a/b/c/d/s.jsonl", [:], true),
            (".claude/projects/s.jsonl", [:], true),
            (".claude/history/s.jsonl", [:], false),
            (".claude/projects/p/s.json", [:], false),
        ] as [(String, [String: String], Bool)])
    func claudeIsFound(file: String, variables: [String: String], isFound: Bool) throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: file)
        let home = String(sandbox.home.path().trimmingSuffix("/"))
        let environment = variables.mapValues { $0.replacingOccurrences(of: "HOME", with: home) }
        let answer = try sandbox.json(
            ["costs", "all", "--source", "claude"], environment: environment)
        #expect(answer["totals"]?["calls"]?.integer == (isFound ? 1 : 0))
    }

    @Test(
        arguments: [
            (".codex/sessions/r.jsonl", [:], true),
            (".codex/archived_sessions/r.jsonl", [:], true),
            (".codex/sessions/2026/11/02/rollout-x.jsonl", [:], true),
            (".codex/r.jsonl", [:], false),
            (".codex/sessions/r.jsonl", ["CODEX_HOME": "HOME/other"], false),
            ("other/sessions/r.jsonl", ["CODEX_HOME": "HOME/other"], true),
            ("other/sessions/r.jsonl", ["CODEX_HOME": "/nowhere,~/other"], true),
        ] as [(String, [String: String], Bool)])
    func codexIsFound(file: String, variables: [String: String], isFound: Bool) throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(RolloutLine.rollout([1]), to: file)
        let home = String(sandbox.home.path().trimmingSuffix("/"))
        let environment = variables.mapValues { $0.replacingOccurrences(of: "HOME", with: home) }
        let answer = try sandbox.json(
            ["costs", "all", "--source", "codex"], environment: environment)
        #expect(answer["totals"]?["calls"]?.integer == (isFound ? 1 : 0))
    }

    /// Both defaults, a list, and links to the same folder: every file once.
    @Test func severalRootsCountEachFileOnce() throws {
        let sandbox = try machine()
        try sandbox.writeHome(
            ClaudeLine.numbered(2, session: "other").line,
            to: ".config/claude/projects/p/other.jsonl")
        #expect(try calls(sandbox, "--source", "claude") == 2)
        let link = sandbox.home.appending(path: "link")
        try FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: sandbox.home.appending(path: ".claude"))
        let list = ["CLAUDE_CONFIG_DIR": "~/.claude,~/link,~/.claude/projects"]
        let sync = try sandbox.json(
            ["cache-sync", "--source", "claude", "--rebuild"], environment: list)
        #expect(sync["files"]?["seen"]?.integer == 1)
        #expect(sync["totals"]?["calls"]?.integer == 1)
        #expect(sync["totals"]?["duplicates"]?.integer == 0)
    }

    /// A loop of links must end, and a folder that is no file must not be read.
    @Test func linksThatLoopEnd() throws {
        let sandbox = try machine()
        let project = sandbox.home.appending(path: ".claude/projects/-home-ann-alpha")
        try FileManager.default.createSymbolicLink(
            at: project.appending(path: "loop"), withDestinationURL: project)
        try FileManager.default.createDirectory(
            at: project.appending(path: "folder.jsonl"), withIntermediateDirectories: true)
        #expect(mkfifo(project.appending(path: "pipe.jsonl").path(), 0o600) == 0)
        #expect(try calls(sandbox, "--source", "claude") == 1)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> Substring {
        hasSuffix(suffix) ? dropLast(suffix.count) : Substring(self)
    }
}
