import Foundation
import Testing

/// Rows are a function of the logs that are there, not of how they came.
@Suite struct AgentArrivalTests {
    private static let now = "2026-11-20T12:00:00Z"
    private static let folder = ".claude/projects/-home-ann-alpha"
    private static let rollouts = ".codex/sessions/2026/11/02"

    /// Files that share messages: streamed, resumed, replayed, forked, archived.
    private static let files: [(name: String, text: String)] = {
        func answer(_ number: Int, in session: String, output: Int = 100) -> String {
            var line = ClaudeLine.numbered(number, session: session)
            line.output = output
            return line.line
        }
        var replay = ClaudeLine.numbered(2, session: "first")
        replay.request = "req_replay"
        replay.isSidechain = true
        replay.output = 900
        var unnamed = ClaudeLine.numbered(3, session: "first")
        unnamed.request = nil
        unnamed.output = 40
        let parent = RolloutLine.rollout([3, 5, 7], session: "parent")
        let fork =
            RolloutLine.head("fork", at: "2026-11-02T09:10:00Z", forkOf: "parent")
            + RolloutLine.count(total: 3, last: 3, at: "2026-11-02T09:10:00.100Z")
            + RolloutLine.count(total: 8, last: 5, at: "2026-11-02T09:10:00.200Z")
            + RolloutLine.count(total: 15, last: 7, at: "2026-11-02T09:10:00.300Z")
            + RolloutLine.count(total: 17, last: 2, at: "2026-11-02T09:12:00Z")
        return [
            ("\(folder)/first.jsonl", answer(1, in: "first", output: 2) + answer(1, in: "first")),
            ("\(folder)/first/subagents/agent-1.jsonl", replay.line + unnamed.line),
            (
                "\(folder)/zeroth.jsonl",
                [1, 2, 3, 4].map { answer($0, in: "second") }.joined()
            ),
            ("\(folder)/again.jsonl", [2, 3].map { answer($0, in: "first") }.joined()),
            ("\(rollouts)/rollout-a.jsonl", fork),
            ("\(rollouts)/rollout-b.jsonl", parent),
            (".codex/archived_sessions/rollout-b.jsonl", parent),
        ]
    }()

    private static func contents(_ sandbox: Sandbox) throws -> String {
        _ = try sandbox.json("cache-sync")
        let rows = """
            SELECT source, timestamp_ms, model, session_id, project, msg_id, req_id, input_tokens, \
            output_tokens, cache_read_tokens, is_sidechain, source_path, line_offset FROM calls \
            ORDER BY source, timestamp_ms, source_path, line_offset
            """
        return try sandbox.run("query", rows, "--csv").text
            .replacing(sandbox.root.path(), with: "")
    }

    private static func everythingAtOnce() throws -> String {
        let sandbox = try Sandbox(now: now)
        for file in files { try sandbox.writeHome(file.text, to: file.name) }
        return try contents(sandbox)
    }

    @Test(arguments: 0..<8)
    func anyOrderOfFilesGivesTheSameRows(number: Int) throws {
        var random = SeededGenerator(seed: UInt64(number))
        let sandbox = try Sandbox(now: Self.now)
        for file in Self.files.shuffled(using: &random) {
            try sandbox.writeHome(file.text, to: file.name)
            _ = try sandbox.json("cache-sync")
        }
        #expect(try Self.contents(sandbox) == Self.everythingAtOnce())
    }

    /// Every file grows byte by byte, so to say: in pieces that end anywhere.
    @Test(arguments: 0..<4)
    func anyCutOfTheFilesGivesTheSameRows(number: Int) throws {
        var random = SeededGenerator(seed: UInt64(number))
        let sandbox = try Sandbox(now: Self.now)
        var rest = Self.files.map { (name: $0.name, text: $0.text) }
        for file in rest { try sandbox.writeHome("", to: file.name) }
        while let index = rest.indices.filter({ !rest[$0].text.isEmpty })
            .randomElement(using: &random)
        {
            let piece = rest[index].text.prefix(Int.random(in: 1...2_500, using: &random))
            try sandbox.appendHome(String(piece), to: rest[index].name)
            rest[index].text.removeFirst(piece.count)
            _ = try sandbox.json("cache-sync")
        }
        #expect(try Self.contents(sandbox) == Self.everythingAtOnce())
    }

    @Test(arguments: 0..<4)
    func anyOrderOfLinesGivesTheSameCalls(number: Int) throws {
        var random = SeededGenerator(seed: UInt64(number))
        let sandbox = try Sandbox(now: Self.now)
        for file in Self.files where file.name.hasPrefix(".claude") {
            let lines = file.text.split(separator: "\n").shuffled(using: &random)
            try sandbox.writeHome(lines.map { $0 + "\n" }.joined(), to: file.name)
        }
        let answer = try sandbox.json("costs", "all", "--by", "session")
        #expect(answer["totals"]?["calls"]?.integer == 4)
        let sessions = (answer["by_session"]?.array ?? []).map {
            [$0["session"]?.string ?? "", "\($0["calls"]?.integer ?? 0)"]
        }
        #expect(sessions.sorted { $0[0] < $1[0] } == [["first", "3"], ["second", "1"]])
    }

    /// Without each of the files in turn: the same as if it had never been there.
    @Test(arguments: files.indices)
    func whatAFileHeldGoesWithIt(number: Int) throws {
        let (sandbox, other) = (try Sandbox(now: Self.now), try Sandbox(now: Self.now))
        for file in Self.files { try sandbox.writeHome(file.text, to: file.name) }
        _ = try sandbox.json("cache-sync", "--no-capture")
        let name = Self.files[number].name
        try sandbox.removeHome(name)
        for file in Self.files where file.name != name {
            try other.writeHome(file.text, to: file.name)
        }
        #expect(try Self.contents(sandbox) == Self.contents(other))
    }

    /// The file with the longest answer goes: the next longest counts again.
    @Test func theRightLoserTakesTheWinnersPlace() throws {
        let sandbox = try Sandbox(now: Self.now)
        sandbox.environment["LLM_TELEMETRY_CAPTURE"] = "false"
        for (name, output) in [("a", 50), ("b", 300), ("c", 200)] {
            var line = ClaudeLine.numbered(1)
            line.output = output
            try sandbox.writeHome(line.line, to: "\(Self.folder)/\(name).jsonl")
        }
        for (name, expected) in [("b", 300), ("c", 200), ("a", 50)] {
            let totals = try sandbox.json("costs", "all")["totals"]
            #expect(totals?["calls"]?.integer == 1)
            #expect(totals?["tokens"]?["output"]?.integer == expected)
            try sandbox.removeHome("\(Self.folder)/\(name).jsonl")
        }
        let totals = try sandbox.json("costs", "all")["totals"]
        #expect(totals?["calls"]?.integer == 0)
    }

    @Test func aRootThatIsAwayKeepsItsRows() throws {
        let sandbox = try Sandbox(now: Self.now)
        for file in Self.files { try sandbox.writeHome(file.text, to: file.name) }
        let before = try sandbox.json("costs", "all")["totals"]
        let away = sandbox.home.appending(path: "away")
        try FileManager.default.moveItem(
            at: sandbox.home.appending(path: ".claude"), to: away)
        #expect(try sandbox.json("costs", "all")["totals"] == before)
        let doctor = try sandbox.run("doctor", "--json")
        #expect(doctor.text.contains(".claude"))
        try FileManager.default.moveItem(at: away, to: sandbox.home.appending(path: ".claude"))
        #expect(try sandbox.json("costs", "all")["totals"] == before)
    }

    /// Nothing in such a line says which call it is but what it tells.
    @Test func aLogWithoutIDsCountsOnceWhereverItIsMoved() throws {
        let sandbox = try Sandbox(now: Self.now)
        let line =
            #"{"type":"assistant","timestamp":"2026-11-02T09:00:00Z","message":"#
            + #"{"model":"claude-opus-4-7","usage":{"input_tokens":10,"output_tokens":5}}}"# + "\n"
        try sandbox.writeHome(line, to: ".claude/projects/before/one.jsonl")
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 1)
        // The same once more is another call.
        try sandbox.appendHome(line, to: ".claude/projects/before/one.jsonl")
        try sandbox.letAgentLogsRest()
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 2)
        let projects = sandbox.home.appending(path: ".claude/projects")
        try FileManager.default.moveItem(
            at: projects.appending(path: "before"), to: projects.appending(path: "after"))
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 2)
        #expect(
            try sandbox.json("cache-sync", "--rebuild")["totals"]?["calls"]?.integer == 2)
    }

    /// A twin that was made before the log grew knows less than the cache does.
    @Test func aTwinDoesNotReplaceWhatWasReadOfARootThatIsAway() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        try sandbox.letAgentLogsRest()
        _ = try sandbox.json("cache-sync")
        try sandbox.appendHome(ClaudeLine.numbered(2).line, to: ClaudeLine.file)
        let before = try sandbox.json("costs", "all")["totals"]
        #expect(before?["calls"]?.integer == 2)
        try FileManager.default.moveItem(
            at: sandbox.home.appending(path: ".claude"), to: sandbox.home.appending(path: "away"))
        #expect(try sandbox.json("costs", "all")["totals"] == before)
        let rebuilt = try sandbox.json("cache-sync", "--rebuild")["totals"]
        #expect(rebuilt?["calls"]?.integer == 1)
    }

    @Test func aSyncOfOneSourceLeavesTheOthersAlone() throws {
        let sandbox = try Sandbox(now: Self.now)
        for file in Self.files { try sandbox.writeHome(file.text, to: file.name) }
        try sandbox.log([.numbered(1)])
        _ = try sandbox.json("cache-sync", "--source", "all")
        let before = try count(sandbox)
        #expect(before == ["claude": 4, "codex": 4, "telemetry": 1])
        try sandbox.removeHome(".claude/projects")
        try FileManager.default.createDirectory(
            at: sandbox.home.appending(path: ".claude/projects"),
            withIntermediateDirectories: true)
        try sandbox.log([.numbered(2)])
        _ = try sandbox.json("cache-sync", "--source", "codex")
        #expect(try count(sandbox) == before)
        let rebuilt = try sandbox.json("cache-sync", "--source", "codex", "--rebuild")
        #expect(rebuilt["rebuilt"]?.bool == true)
        #expect(rebuilt["sources"] == .array([.string("codex")]))
        #expect(try count(sandbox) == before)
        _ = try sandbox.json("cache-sync", "--source", "telemetry")
        #expect(try count(sandbox) == ["claude": 4, "codex": 4, "telemetry": 2])
        _ = try sandbox.json("cache-sync", "--source", "claude", "--no-capture")
        #expect(try count(sandbox) == ["codex": 4, "telemetry": 2])
    }

    /// Without `--source`: the store's own sources, and those that were ever asked for.
    @Test func aPlainSyncRemembersTheSources() throws {
        let sandbox = try Sandbox(now: Self.now)
        for file in Self.files { try sandbox.writeHome(file.text, to: file.name) }
        try sandbox.log([.numbered(1)])
        let sources = { (answer: JSON) in (answer["sources"]?.array ?? []).compactMap(\.string) }
        #expect(sources(try sandbox.json("cache-sync")) == ["telemetry"])
        _ = try sandbox.json("costs", "--source", "codex")
        #expect(sources(try sandbox.json("cache-sync")) == ["telemetry", "codex"])
        #expect(sources(try sandbox.json("cache-sync", "--rebuild")) == ["telemetry", "codex"])
        #expect(sources(try sandbox.json("cache-sync")) == ["telemetry", "codex"])
    }

    private func count(_ sandbox: Sandbox) throws -> [String: Int] {
        let query = "SELECT source, count(*) AS n FROM calls GROUP BY 1"
        let rows = try sandbox.json("query", query, "--no-sync")["rows"]?.array ?? []
        return Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0["source"]?.string ?? "", $0["n"]?.integer ?? 0)
            })
    }
}
