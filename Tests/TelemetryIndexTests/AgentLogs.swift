import Foundation
import TelemetryFiles
import TelemetryFormat

@testable import TelemetryIndex

/// Logs of Claude Code and Codex to which things happen, among few messages, sessions and times, so
/// that copies, replays and ties are common.
final class AgentLogs {
    let store: TemporaryStore
    private let home: TemporaryStore
    private let isCapturing: Bool
    private(set) var log: [String] = []
    private var removed: [String: Data] = [:]
    private var counter = 0

    private static let transcripts = ["p/s1.jsonl", "p/s2.jsonl", "p/s1/subagents/agent-1.jsonl"]
        .map { ".claude/projects/" + $0 }
    private static let rollouts = [
        ".codex/sessions/rollout-a.jsonl", ".codex/sessions/2026/rollout-b.jsonl",
        ".codex/sessions/rollout-c.jsonl", ".codex/archived_sessions/rollout-a.jsonl",
    ]

    init(isCapturing: Bool) throws {
        store = try TemporaryStore()
        home = try TemporaryStore()
        self.isCapturing = isCapturing
        for name in [".claude/projects", ".codex/sessions", ".codex/archived_sessions"] {
            try FileManager.default.createDirectory(
                at: home.url(name), withIntermediateDirectories: true)
        }
    }

    // MARK: Reading

    private var sources: [any LogSource] {
        [
            TwinnedSource(
                ClaudeSource(roots: [home.path + "/.claude/projects"]), store: store.path),
            TwinnedSource(CodexSource(homes: [home.path + "/.codex"]), store: store.path),
        ]
    }

    func sync(_ depth: CacheSync.Depth = .incremental, only kind: SourceKind? = nil) throws {
        let now = Timestamp(milliseconds: SystemClock.realtimeMilliseconds())
        _ = try CacheSync(
            store.location, sources: sources.filter { kind == nil || $0.kind == kind },
            depth: depth,
            capture: isCapturing ? CacheSync.Capture(store: store.path, now: now) : nil,
            lockTimeoutMilliseconds: 10_000
        ).run()
    }

    /// What a cache made from nothing says.
    func rebuiltDump() throws -> CacheDump {
        let elsewhere = try TemporaryStore()
        _ = try CacheSync(
            elsewhere.location, sources: sources, lockTimeoutMilliseconds: 10_000
        ).run()
        return try CacheDump(elsewhere.location)
    }

    // MARK: What happens

    func step(_ random: inout SplitMix) throws {
        let name = try existing().randomElement(using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case ..<22: try appendAnswers(&random)
        case ..<42: try appendTurns(&random)
        case ..<46: try fork(&random)
        case ..<62: try act("sync") { try sync() }
        case ..<65: try act("sync claude") { try sync(only: .claude) }
        case ..<68: try act("sync codex") { try sync(only: .codex) }
        case ..<69: try act("verify") { try sync(.verify) }
        case ..<70: try act("rebuild codex") { try sync(.rebuild, only: .codex) }
        case ..<73: try bringBack(&random)
        default: if let name { try change(name, &random) }
        }
    }

    private func change(_ name: String, _ random: inout SplitMix) throws {
        let isPlain = name.hasSuffix(".jsonl")
        switch Int.random(in: 0..<9, using: &random) {
        case 0: try remove(name)
        case 1: try rest(name, &random)
        case 2: try move(name, &random)
        case 3 where isPlain: try truncate(name, &random)
        case 4 where isPlain: try act("damage \(name)") { try home.append(name, "[]\n{}\nx\n") }
        case 5 where isPlain: try act("half \(name)") { try home.append(name, "{\"type\":") }
        case 6 where isPlain: try resume(name, &random)
        case 7 where name.hasPrefix(".codex"): try compress(name, &random)
        case 8 where isPlain: try rewriteSameSize(name)
        default: break
        }
    }

    private func act(_ description: String, _ body: () throws -> Void) throws {
        log.append(description)
        try body()
    }

    // MARK: Claude Code

    private func appendAnswers(_ random: inout SplitMix) throws {
        let name = Self.transcripts.randomElement(using: &random)!
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in line(&random) + "\n" }
        try act("answers \(name)") { try home.append(name, lines.joined()) }
    }

    private func line(_ random: inout SplitMix) -> String {
        let id = Int.random(in: 0..<9, using: &random)
        let further = [
            "", #""service_tier":"standard""#,
            #""iterations":[{"type":"compaction","input_tokens":7,"output_tokens":1}]"#,
        ]
        return answer(
            id < 8 ? "m\(id)" : nil,
            request: ["r1", "r2", nil].randomElement(using: &random)!,
            session: ["s1", "s2", "s3", nil].randomElement(using: &random)!,
            at: "2026-10-0\(Int.random(in: 1...2, using: &random))T10:0\(id).000Z"
                .replacing(".000Z", with: ":00.000Z"),
            model: ["claude-sonnet-4-5", "claude-opus-4-8"].randomElement(using: &random)!,
            usage: usage(
                input: Int.random(in: 1...2, using: &random) * 120_000,
                output: Int.random(in: 1...3, using: &random),
                further.randomElement(using: &random)!),
            more: Int.random(in: 0..<4, using: &random) == 0 ? #","isSidechain":true"# : "")
    }

    /// Another session's file that begins with all of this one's lines.
    private func resume(_ name: String, _ random: inout SplitMix) throws {
        guard name.hasPrefix(".claude") else { return }
        counter += 1
        let target = ".claude/projects/p/0resumed\(counter).jsonl"
        let text = String(decoding: try home.read(name), as: UTF8.self)
            .replacing(/"sessionId":"s\d"/, with: "\"sessionId\":\"resumed\(counter)\"")
        try act("resume \(name) as \(target)") { try home.write(target, text) }
    }

    // MARK: Codex

    private func appendTurns(_ random: inout SplitMix) throws {
        let name = Self.rollouts.randomElement(using: &random)!
        let session = String(name.dropLast(6).suffix(1))
        var text = (try? home.read(name)) == nil ? CodexRollout.head(session) + "\n" : ""
        for _ in 0..<Int.random(in: 1...3, using: &random) { text += turn(&random) + "\n" }
        try act("turns \(name)") { try home.append(name, text) }
    }

    /// A token count, mostly of an advancing total, or something that gives counts a meaning.
    private func turn(_ random: inout SplitMix) -> String {
        counter += 1
        let second = Double(counter)
        let total = Int.random(in: 1...6, using: &random) * 100
        let last = CodexRollout.usage(total / 2)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return CodexRollout.model("gpt-5-mini")
        case 1: return CodexRollout.tier("\"fast\"")
        case 2: return CodexRollout.response("c\(total)", at: second, last)
        case 3: return CodexRollout.compacted("c\(total)")
        case 4: return CodexRollout.count(at: second, total: CodexRollout.usage(total))
        case 5: return CodexRollout.count(at: second, last: last)
        default: return CodexRollout.count(at: second, total: CodexRollout.usage(total), last: last)
        }
    }

    /// A rollout that replays the beginning of another one, there or not, and goes on.
    private func fork(_ random: inout SplitMix) throws {
        counter += 1
        let parent = Self.rollouts.randomElement(using: &random)!
        let target = ".codex/sessions/rollout-fork\(counter).jsonl"
        // A parent that is not there leaves a fork without a replay.
        let data = (try? home.read(parent)) ?? Data()
        let counts = String(decoding: data, as: UTF8.self).split(separator: "\n")
            .filter { $0.contains("token_") || $0.contains("compacted") }
        let now = CodexRollout.time(Double(counter))
        let replay = counts.prefix(Int.random(in: 0...counts.count, using: &random)).map {
            $0.replacing(/"timestamp":"[^"]*"/, with: "\"timestamp\":\"\(now)\"") + "\n"
        }
        let session = String(parent.dropLast(6).suffix(1))
        let head = CodexRollout.head("fork\(counter)", forkOf: session, at: Double(counter))
        let text = head + "\n" + replay.joined() + turn(&random) + "\n"
        try act("fork \(parent) as \(target)") { try home.write(target, text) }
    }

    /// Compressed beside the plain file or in its place, or plain again.
    private func compress(_ name: String, _ random: inout SplitMix) throws {
        let isPlain = name.hasSuffix(".jsonl")
        let arguments = isPlain ? (Bool.random(using: &random) ? ["--rm"] : []) : ["-d", "--rm"]
        try act("zstd \(arguments) \(name)") {
            _ = try Subprocess.run(
                ["zstd", "-q", "-f"] + arguments + [home.url(name).path], maximumOutputBytes: 0
            ) { _ in true }
        }
    }

    // MARK: Files

    private func existing() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: home.path)
            .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.zst") }.sorted()
    }

    private func remove(_ name: String) throws {
        removed[name] = try home.read(name)
        try act("remove \(name)") { try home.remove(name) }
    }

    private func bringBack(_ random: inout SplitMix) throws {
        guard let name = removed.keys.sorted().randomElement(using: &random),
            let data = removed[name]
        else { return }
        try act("bring back \(name)") { try home.write(name, data) }
    }

    /// Untouched for a week, or a little more: idle.
    private func rest(_ name: String, _ random: inout SplitMix) throws {
        let seconds = Double(Int.random(in: 0...9, using: &random) + 7 * 86_400)
        try act("rest \(name)") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
                ofItemAtPath: home.url(name).path)
        }
    }

    private func move(_ name: String, _ random: inout SplitMix) throws {
        counter += 1
        let suffix = name.hasSuffix(".zst") ? ".jsonl.zst" : ".jsonl"
        let folder = name.split(separator: "/").dropLast().joined(separator: "/")
        let target = "\(folder)/moved\(counter)\(suffix)"
        try act("move \(name) to \(target)") { try home.move(name, to: target) }
    }

    private func truncate(_ name: String, _ random: inout SplitMix) throws {
        let data = try home.read(name)
        let length = Int.random(in: 0...data.count, using: &random)
        try act("truncate \(name) to \(length)") { try home.write(name, data.prefix(length)) }
    }

    private func rewriteSameSize(_ name: String) throws {
        let text = String(decoding: try home.read(name), as: UTF8.self)
        let changed = text.replacing("\"output_tokens\":1", with: "\"output_tokens\":2")
            .replacing("\"input_tokens\":1", with: "\"input_tokens\":3")
        try act("rewrite \(name)") { try home.write(name, changed) }
    }
}
