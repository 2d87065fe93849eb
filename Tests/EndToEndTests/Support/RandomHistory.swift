import Foundation
import Testing

/// A store to which random things happen, such as writers, people and backups do to it.
struct RandomHistory {
    /// What can happen, each as often as it stands in `weights`.
    enum Event: String, CaseIterable {
        case append, appendHalf, completeHalf, appendDamage, rotate, truncate, editInPlace
        case replace, removeFile, removeDay, recreate, rename, copy, compress, uncompress
        case changeTime, loseCache, sync
    }

    let sandbox: Sandbox
    private var random: SeededGenerator
    private var written = 0
    private var pendingHalf: (path: String, rest: String)?
    private(set) var events: [String] = []

    private static let days = ["2025-01-25", "2025-01-26", "2025-01-27", "2025-01-28"]
    private static let weights: [Event: Int] = [
        .append: 20, .appendHalf: 5, .completeHalf: 5, .appendDamage: 4, .sync: 14, .rotate: 4,
    ]
    private static let deck = Event.allCases.flatMap {
        Array(repeating: $0, count: weights[$0] ?? 2)
    }

    init(seed: UInt64) throws {
        sandbox = try Sandbox()
        random = SeededGenerator(seed: seed)
        try sandbox.log([.numbered(0, prefix: "first")])
    }

    /// Lets so many things happen.
    mutating func run(_ count: Int) throws {
        for _ in 0..<count {
            // The deck is never empty.
            guard let event = Self.deck.randomElement(using: &random) else { return }
            let path = files().randomElement(using: &random)
            events.append("\(event.rawValue) \(path ?? "-")")
            try happen(event, path)
        }
    }

    private mutating func happen(_ event: Event, _ path: String?) throws {
        switch event {
        case .append: try append(records(Int.random(in: 1...5, using: &random)), to: segment())
        case .appendHalf: try appendHalf()
        case .completeHalf: try completeHalf()
        case .appendDamage: try append(damage(), to: segment())
        case .sync: _ = try sandbox.run("costs", "all")
        case .loseCache: try remove("cache.db")
        default: if let path, sandbox.exists(path) { try change(event, path) }
        }
    }

    private mutating func change(_ event: Event, _ path: String) throws {
        let bytes = try sandbox.bytes(path)
        let isCompressed = path.hasSuffix(".gz")
        switch event {
        case .rotate: try move(path, to: free(path))
        case .truncate where !isCompressed:
            try sandbox.write(
                Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))), to: path)
        case .editInPlace where !isCompressed: try sandbox.write(edited(bytes), to: path)
        case .replace where !isCompressed:
            try sandbox.write(Array(records(2).utf8) + bytes.suffix(4_500), to: path)
        case .removeFile: try remove(path)
        case .removeDay: try remove(String(path.prefix(10)))
        case .recreate where !isCompressed:
            try remove(path)
            try sandbox.write(records(Int.random(in: 1...4, using: &random)), to: path)
        case .rename: try move(path, to: free(path))
        case .copy: try sandbox.write(bytes, to: free(path))
        case .compress where !isCompressed: try compress(path)
        case .uncompress where isCompressed: try shell("gzip -df \"$0\"", path)
        case .changeTime:
            let shift = Double.random(in: -100_000...100_000, using: &random)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: shift)],
                ofItemAtPath: sandbox.store.appending(path: path).path())
        default: break
        }
    }

    // MARK: What is written

    private mutating func records(_ count: Int) -> String {
        (0..<count).map { _ in
            var record = Record.numbered(number())
            record.output = Int.random(in: 0...99, using: &random)
            record.model = ["claude-3-5-haiku", "gpt-4o", "gpt-9"].randomElement(using: &random)
            record.cost = Bool.random(using: &random) ? "0.001" : nil
            record.timestamp = Self.days.randomElement(using: &random).map {
                "\($0)T0\(count):00:00Z"
            }
            if Int.random(in: 0...9, using: &random) == 0 {
                record.further = "\"note\":\"\(String(repeating: "x", count: 6_000))\""
            }
            return record.line
        }.joined()
    }

    /// Mostly a new number, sometimes one that was used before: a duplicate.
    private mutating func number() -> Int {
        if written > 0, Int.random(in: 0...4, using: &random) == 0 {
            return Int.random(in: 0..<written, using: &random)
        }
        written += 1
        return written - 1
    }

    private mutating func damage() -> String {
        let kinds = [
            "not json\n", "\n", "\r\n", "\0\0\0\0\n", "[1]\n", "{}\n", "{\"model\":\"m\"}\n",
            "{\"event\":\"dropped\",\"count\":1}\n", "{\"timestamp\":\"2025-01-28T08:00:00Z\"}\n",
        ]
        return kinds.randomElement(using: &random) ?? ""
    }

    private mutating func appendHalf() throws {
        let line = records(1)
        let cut = Int.random(in: 1..<line.count, using: &random)
        let path = segment()
        try append(String(line.prefix(cut)), to: path)
        pendingHalf = (path, String(line.dropFirst(cut)))
    }

    private mutating func completeHalf() throws {
        guard let half = pendingHalf else { return }
        try append(half.rest, to: half.path)
        pendingHalf = nil
    }

    /// The same length, another number of input tokens in one line.
    private mutating func edited(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let name = Array("\"input\":".utf8)
        let places = bytes.indices.filter { bytes[$0...].starts(with: name) }
        guard let place = places.randomElement(using: &random) else { return bytes }
        let digit = place + name.count
        if digit < bytes.count { bytes[digit] = UInt8.random(in: 0x31...0x39, using: &random) }
        return bytes
    }

    // MARK: Files

    private func files() -> [String] {
        let names = FileManager.default.enumerator(atPath: sandbox.store.path())
        return (names?.compactMap { $0 as? String } ?? [])
            .filter { $0.contains(/\/telemetry.*\.jsonl(\.gz)?$/) }.sorted()
    }

    private mutating func segment() -> String {
        "\(Self.days.randomElement(using: &random) ?? "2025-01-28")/telemetry.jsonl"
    }

    /// A segment's name that nobody has, on any day.
    private mutating func free(_ path: String) -> String {
        let suffix = path.hasSuffix(".gz") ? ".jsonl.gz" : ".jsonl"
        let day = Self.days.randomElement(using: &random) ?? "2025-01-28"
        let taken = files().map { $0.replacing(".gz", with: "") }
        let names = (1...).lazy.map { "\(day)/telemetry.\(String($0 + 10_000).dropFirst())" }
        let name = names.first { !taken.contains($0 + ".jsonl") } ?? ""
        return name + suffix
    }

    private func append(_ text: String, to path: String) throws {
        let before = sandbox.exists(path) ? try sandbox.bytes(path) : []
        guard !before.isEmpty else { return try sandbox.write(text, to: path) }
        let handle = try FileHandle(forWritingTo: sandbox.store.appending(path: path))
        defer { handle.closeFile() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func move(_ path: String, to other: String) throws {
        let target = sandbox.store.appending(path: other)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: sandbox.store.appending(path: path), to: target)
    }

    private func remove(_ path: String) throws {
        guard sandbox.exists(path) else { return }
        try FileManager.default.removeItem(at: sandbox.store.appending(path: path))
    }

    /// Compressed beside the plain file or in its place.
    private mutating func compress(_ path: String) throws {
        let keep = Bool.random(using: &random) ? "-k" : ""
        try shell("gzip -nf \(keep) \"$0\"", path)
    }

    private func shell(_ command: String, _ path: String) throws {
        var shell = sandbox.invocation(
            ["-c", command, sandbox.store.appending(path: path).path()])
        shell.executable = "/bin/sh"
        let outcome = try ChildProcess(shell).wait()
        guard outcome.succeeded else {
            throw SystemError(operation: "\(command) \(path): \(outcome.errorText)", code: 0)
        }
    }
}

extension RandomHistory {
    /// How many calls there are by an independent reading: distinct ids on complete lines.
    func expectedCalls() throws -> Int {
        var identifiers: Set<String> = []
        for path in files()
        where !(path.hasSuffix(".gz") && sandbox.exists(String(path.dropLast(3)))) {
            for line in try plainBytes(path).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            ).dropLast() {
                // What is not JSON is not a call, nor what says two things under one name.
                if contradictsItself(line) { continue }
                let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
                if let identifier = object?["msg_id"] as? String { identifiers.insert(identifier) }
            }
        }
        return identifiers.count
    }

    /// Whether a line, such as two halves that happen to fit, gives a member two values.
    private func contradictsItself(_ line: some Collection<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        let members = text.matches(of: /"(\w+)":("[^"]*"|[-+.\w]+)/)
        let values = Dictionary(grouping: members, by: { $0.1 })
        return values.values.contains { Set($0.map { $0.2 }).count > 1 }
    }

    private func plainBytes(_ path: String) throws -> [UInt8] {
        guard path.hasSuffix(".gz") else { return try sandbox.bytes(path) }
        var shell = sandbox.invocation(
            ["-c", "gzip -dc \"$0\"", sandbox.store.appending(path: path).path()])
        shell.executable = "/bin/sh"
        return try ChildProcess(shell).wait().output
    }
}
