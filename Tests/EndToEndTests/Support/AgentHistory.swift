import Foundation
import Testing

/// A machine on which two agents work, and people and backups do what they do to their logs.
struct AgentHistory {
    /// What can happen, each as often as it stands in `weights`.
    enum Event: String, CaseIterable {
        case answer, stream, resume, sideQuestion, half, damage, turn, fork, archive
        case compress, uncompress, remove, rewrite, truncate, rename, copyBack, rest, loseCache
        case sync, syncOne
    }

    let sandbox: Sandbox
    private var random: SeededGenerator
    private var written = 0
    private var sessions = 0
    /// Logs that were removed, to come back from a backup.
    private var removed: [(path: String, bytes: Data)] = []
    private(set) var events: [String] = []

    private static let weights: [Event: Int] = [
        .answer: 9, .stream: 4, .resume: 4, .sideQuestion: 4, .turn: 9, .fork: 5, .sync: 12,
        .remove: 3, .rest: 4,
    ]
    private static let deck = Event.allCases.flatMap {
        Array(repeating: $0, count: weights[$0] ?? 2)
    }
    private static let folder = ".claude/projects/-home-ann-alpha"

    init(seed: UInt64, isCapturing: Bool) throws {
        sandbox = try Sandbox(now: "2026-11-20T12:00:00Z")
        sandbox.environment["LLM_TELEMETRY_CAPTURE"] = isCapturing ? "true" : "false"
        random = SeededGenerator(seed: seed)
        try sandbox.writeHome(ClaudeLine.numbered(0).line, to: "\(Self.folder)/first.jsonl")
        try sandbox.writeHome(
            RolloutLine.rollout([1, 2], session: "root"), to: ".codex/sessions/root.jsonl")
    }

    /// Lets so many things happen.
    mutating func run(_ count: Int) throws {
        for _ in 0..<count {
            // The deck is never empty.
            guard let event = Self.deck.randomElement(using: &random) else { return }
            let path = logs().randomElement(using: &random)
            events.append("\(event.rawValue) \(path ?? "-")")
            try happen(event, path)
        }
    }

    private mutating func happen(_ event: Event, _ path: String?) throws {
        switch event {
        case .answer: try append(answers(), to: transcript())
        case .resume: try resume()
        case .fork: try fork()
        case .sync: _ = try sandbox.run("costs", "all")
        case .syncOne:
            let source = Bool.random(using: &random) ? "claude" : "codex"
            _ = try sandbox.run("cache-sync", "--source", source)
        case .loseCache:
            // There may be none yet.
            try? FileManager.default.removeItem(
                at: sandbox.sharedStore.appending(path: "cache.db"))
        case .copyBack: try copyBack()
        default: if let path { try change(event, path) }
        }
    }

    private mutating func change(_ event: Event, _ path: String) throws {
        let isPlain = path.hasSuffix(".jsonl")
        let isClaude = path.hasPrefix(".claude")
        switch event {
        case .stream where isClaude: try append(answers(repeating: true), to: path)
        case .sideQuestion where isClaude: try append(replay(of: path), to: path)
        case .turn where isPlain && !isClaude: try append(turns(after: path), to: path)
        case .half where isPlain: try append(String(answers().dropLast(40)), to: path)
        case .damage where isPlain: try append(damage(), to: path)
        case .archive where isPlain && !isClaude:
            try write(try bytes(path), to: ".codex/archived_sessions/\(name(path))")
        case .compress where isPlain && !isClaude: try compress(path)
        case .uncompress where !isPlain: try shell("zstd -qdf --rm \"$0\"", path)
        case .remove: try remove(path)
        case .rewrite where isPlain && isClaude: try write(Data(answers().utf8), to: path)
        case .truncate where isPlain:
            let bytes = try bytes(path)
            try write(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)), to: path)
        case .rename where isPlain: try rename(path)
        case .rest: try rest(path)
        default: break
        }
    }

    // MARK: What is written

    /// A few answers, mostly new ones; or further lines of earlier ones, with more or less output.
    private mutating func answers(repeating: Bool = false) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
            written += repeating ? 0 : 1
            let number = repeating ? Int.random(in: 0...written, using: &random) : written
            var line = ClaudeLine.numbered(number, session: "s\(number % 3)")
            line.output = Int.random(in: 1...4, using: &random) * 100
            line.input = Int.random(in: 1...2, using: &random) * 150_000
            line.model = ["claude-opus-4-5-20251101", "claude-sonnet-4-5-20250929"]
                .randomElement(using: &random)!
            if Int.random(in: 0...3, using: &random) == 0 { line.request = nil }
            if Int.random(in: 0...5, using: &random) == 0 { line.session = nil }
            if Int.random(in: 0...9, using: &random) == 0 { line.message = nil }
            if Int.random(in: 0...9, using: &random) == 0 {
                line.text = String(repeating: "x", count: 6_000)
            }
            return line.line
        }.joined()
    }

    /// The first line of a transcript again, as a side question has it.
    private func replay(of path: String) throws -> String {
        let text = String(decoding: try bytes(path).prefix(9_000), as: UTF8.self)
        guard let line = text.split(separator: "\n").first else { return "" }
        return line.replacing("\"isSidechain\":false", with: "\"isSidechain\":true")
            .replacing("\"requestId\":\"req_", with: "\"requestId\":\"side_") + "\n"
    }

    /// A transcript under another session's name, with more to come.
    private mutating func resume() throws {
        guard let path = logs().filter({ $0.hasPrefix(".claude") }).randomElement(using: &random)
        else { return }
        sessions += 1
        let text = String(decoding: try bytes(path), as: UTF8.self)
        let copy = text.replacing(/"sessionId":"[^"]*"/, with: "\"sessionId\":\"r\(sessions)\"")
        let folder = Bool.random(using: &random) ? "/s1/subagents/agent-" : "/0"
        try write(
            Data((copy + answers()).utf8), to: "\(Self.folder)\(folder)\(sessions).jsonl")
    }

    /// Token counts that go on after what a rollout says last, or repeat it.
    private mutating func turns(after path: String) throws -> String {
        let text = String(decoding: try bytes(path), as: UTF8.self)
        let totals = text.matches(of: /"total_token_usage":."input_tokens":(\d+)/)
        var total = totals.last.flatMap { Int($0.1) }.map { $0 / 900 } ?? 0
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in
            written += 1
            let last = Int.random(in: 0...3, using: &random)
            if Int.random(in: 0...9, using: &random) == 0 { total = 0 }
            total += last
            let minute = String(100 + written % 60).dropFirst()
            return RolloutLine.count(
                total: total, last: max(1, last), at: "2026-11-02T10:\(minute):00Z")
        }.joined()
    }

    /// A rollout that replays the beginning of another, and goes on, or not.
    private mutating func fork() throws {
        guard
            let path = logs().filter({ $0.hasPrefix(".codex") && $0.hasSuffix(".jsonl") })
                .randomElement(using: &random)
        else { return }
        sessions += 1
        let text = String(decoding: try bytes(path), as: UTF8.self)
        let parent = text.firstMatch(of: /"id":"([^"]*)"/).map { String($0.1) }
        let counts = text.split(separator: "\n").filter { $0.contains("\"token_count\"") }
        let replayed = counts.prefix(Int.random(in: 0...counts.count, using: &random)).map {
            $0.replacing(/"timestamp":"[^"]*"/, with: "\"timestamp\":\"2026-11-02T10:30:00.500Z\"")
                + "\n"
        }
        let target = ".codex/sessions/fork\(sessions).jsonl"
        let head = RolloutLine.head(
            "fork\(sessions)", at: "2026-11-02T10:30:00Z", forkOf: parent ?? "gone")
        try write(Data((head + replayed.joined()).utf8), to: target)
        try append(turns(after: target), to: target)
    }

    private mutating func damage() -> String {
        ["not json\n", "\n", "\r\n", "\0\0\0\n", "[1]\n", "{}\n", "{\"type\":\"assistant\"}\n"]
            .randomElement(using: &random)!
    }

    // MARK: Files

    private func logs() -> [String] {
        let names = FileManager.default.enumerator(atPath: sandbox.home.path())
        return (names?.compactMap { $0 as? String } ?? [])
            .filter { $0.contains(/^\.(claude|codex)\/.*\.jsonl(\.zst)?$/) }.sorted()
    }

    private mutating func transcript() -> String {
        let name = ["first", "second", "s1/subagents/agent-1"].randomElement(using: &random)!
        return "\(Self.folder)/\(name).jsonl"
    }

    private func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: sandbox.home.appending(path: path))
    }

    private func write(_ bytes: Data, to path: String) throws {
        let file = sandbox.home.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    private func append(_ text: String, to path: String) throws {
        let file = sandbox.home.appending(path: path).path()
        guard FileManager.default.fileExists(atPath: file) else {
            return try sandbox.writeHome(text, to: path)
        }
        try sandbox.appendHome(text, to: path)
    }

    private mutating func remove(_ path: String) throws {
        removed.append((path, try bytes(path)))
        try sandbox.removeHome(path)
    }

    private mutating func copyBack() throws {
        guard let log = removed.randomElement(using: &random) else { return }
        try write(log.bytes, to: log.path)
    }

    private mutating func rename(_ path: String) throws {
        sessions += 1
        let folder = path.dropLast(name(path).count)
        try FileManager.default.moveItem(
            at: sandbox.home.appending(path: path),
            to: sandbox.home.appending(path: "\(folder)renamed\(sessions).jsonl"))
    }

    /// Untouched for a week, or for two.
    private mutating func rest(_ path: String) throws {
        let days = Double(Int.random(in: 7...14, using: &random))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)],
            ofItemAtPath: sandbox.home.appending(path: path).path())
    }

    /// Compressed beside the plain file or in its place.
    private mutating func compress(_ path: String) throws {
        try shell("zstd -qf \(Bool.random(using: &random) ? "--rm" : "") \"$0\"", path)
    }

    private func shell(_ command: String, _ path: String) throws {
        var shell = sandbox.invocation(["-c", command, sandbox.home.appending(path: path).path()])
        shell.executable = "/bin/sh"
        let outcome = try ChildProcess(shell).wait()
        guard outcome.succeeded else {
            throw SystemError(operation: "\(command) \(path): \(outcome.errorText)", code: 0)
        }
    }
}
