import Foundation
import Testing

@testable import TelemetryIndex

/// Law 1: whatever happened to the logs, a cache built step by step equals one built from nothing.
@Suite struct RandomSequenceTests {
    /// `LLM_TELEMETRY_SEQUENCES` makes the run longer, `LLM_TELEMETRY_SEED` repeats one.
    private static let sequences = number("LLM_TELEMETRY_SEQUENCES") ?? 60
    private static let operations = 40

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func incrementalEqualsRebuildAfterRandomOperations() throws {
        let seed = UInt64(Self.number("LLM_TELEMETRY_SEED") ?? Int.random(in: 1...1_000_000))
        print("random sequences: seed \(seed), \(Self.sequences) × \(Self.operations) operations")
        for sequence in 0..<Self.sequences {
            var random = SplitMix(seed: seed &+ UInt64(sequence))
            let run = try LogHistory()
            for _ in 0..<Self.operations {
                try run.step(&random)
            }
            try run.store.sync()
            let difference = try CacheDump(run.store.location)
                .difference(from: try run.store.rebuiltDump())
            if let difference {
                Issue.record(
                    """
                    seed \(seed &+ UInt64(sequence)): \(difference)
                    \(run.log.joined(separator: "\n"))
                    """)
                return
            }
        }
    }
}

/// A small generator whose sequence depends on the seed alone.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Logs to which things happen.
private final class LogHistory {
    let store: TemporaryStore
    private(set) var log: [String] = []
    private var counter = 0

    init() throws {
        store = try TemporaryStore()
    }

    func step(_ random: inout SplitMix) throws {
        guard let name = try existing(&random) else {
            return try act("begin") { try store.append(fresh(&random), lines(&random)) }
        }
        switch Int.random(in: 0..<100, using: &random) {
        case ..<30: try act("append \(name)") { try append(name, lines(&random)) }
        case ..<36: try act("append half \(name)") { try append(name, half(&random)) }
        case ..<42: try act("append rest \(name)") { try append(name, "}\n") }
        case ..<47: try act("append damage \(name)") { try append(name, damage(&random)) }
        case ..<53: try rotate(name)
        case ..<57: try truncate(name, &random)
        case ..<60: try rewriteSameSize(name, &random)
        case ..<63: try rewriteLonger(name, &random)
        case ..<66: try act("delete \(name)") { try store.remove(name) }
        case ..<68: try deleteDay(name)
        case ..<71: try recreate(name, &random)
        case ..<74: try copy(name, &random)
        case ..<77: try archive(name)
        case ..<80: try act("begin") { try store.append(fresh(&random), lines(&random)) }
        case ..<97: try act("sync") { try store.sync() }
        case ..<99: try act("verify") { try store.sync(.verify) }
        default: try act("rebuild") { try store.sync(.rebuild) }
        }
    }

    private func act(_ description: String, _ body: () throws -> Void) throws {
        log.append(description)
        do {
            try body()
        } catch CocoaError.fileNoSuchFile {
            log[log.count - 1] += " (not there)"
        }
    }

    // MARK: Operations

    private func rotate(_ name: String) throws {
        counter += 1
        let rotated = directory(name) + String(format: "/telemetry.%04d.jsonl", counter)
        try act("rotate \(name) to \(rotated)") {
            try FileManager.default.moveItem(at: store.url(name), to: store.url(rotated))
        }
    }

    /// Cuts a log; of an archive that leaves nothing but damage.
    private func truncate(_ name: String, _ random: inout SplitMix) throws {
        let data = try store.read(name)
        let isEmptied = Bool.random(using: &random)
        let length = isEmptied ? 0 : Int.random(in: 0...data.count, using: &random)
        try act("truncate \(name) to \(length)") { try store.write(name, data.prefix(length)) }
    }

    private func rewriteSameSize(_ name: String, _ random: inout SplitMix) throws {
        guard name.hasSuffix(".jsonl") else { return }
        let text = String(decoding: try store.read(name), as: UTF8.self)
        let changed = text.replacing("\"input\":1", with: "\"input\":2")
        try act("rewrite \(name)") { try store.write(name, changed) }
    }

    private func rewriteLonger(_ name: String, _ random: inout SplitMix) throws {
        guard name.hasSuffix(".jsonl") else { return }
        let old = String(decoding: try store.read(name), as: UTF8.self)
        let new = lines(&random) + old
        try act("prepend to \(name)") { try store.write(name, new) }
    }

    private func deleteDay(_ name: String) throws {
        try act("delete day \(directory(name))") { try store.remove(directory(name)) }
    }

    private func recreate(_ name: String, _ random: inout SplitMix) throws {
        guard name.hasSuffix(".jsonl") else { return }
        let text = lines(&random)
        try act("recreate \(name)") {
            try store.remove(name)
            try store.write(name, text)
        }
    }

    private func copy(_ name: String, _ random: inout SplitMix) throws {
        let target = fresh(&random)
        guard name.hasSuffix(".jsonl") else { return }
        try act("copy \(name) to \(target)") { try store.write(target, try store.read(name)) }
    }

    /// Compresses a log, or brings an archived one back.
    private func archive(_ name: String) throws {
        let command = name.hasSuffix(".gz") ? ["-d", "-f"] : ["-n", "-f"]
        try act("gzip \(command) \(name)") {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gzip"] + command + [store.url(name).path]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
    }

    private func append(_ name: String, _ text: String) throws {
        if name.hasSuffix(".jsonl") { try store.append(name, text) }
    }

    // MARK: Names and contents

    private func directory(_ name: String) -> String { String(name.prefix(10)) }

    private func existing(_ random: inout SplitMix) throws -> String? {
        try FileManager.default.subpathsOfDirectory(atPath: store.path)
            .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz") }
            .sorted().randomElement(using: &random)
    }

    private func fresh(_ random: inout SplitMix) -> String {
        let day = Int.random(in: 1...3, using: &random)
        let suffix = ["", ".w7-0000000a", ".0900"].randomElement(using: &random)!
        return "2026-10-0\(day)/telemetry\(suffix).jsonl"
    }

    private func lines(_ random: inout SplitMix) -> String {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in line(&random) }.joined()
    }

    /// A record among few ids, sessions and times, so that duplicates and ties are common.
    private func line(_ random: inout SplitMix) -> String {
        let id = Int.random(in: 0..<14, using: &random)
        return record(
            id < 12 ? "m\(id)" : nil,
            request: Bool.random(using: &random) ? "r\(id % 2)" : nil,
            at: String(
                format: "2026-10-%02dT%02d:%02d:00.000Z", Int.random(in: 1...3, using: &random),
                Int.random(in: 9...11, using: &random), Int.random(in: 0...2, using: &random)),
            model: ["claude-haiku-4-5", "gpt-5"].randomElement(using: &random)!,
            session: ["s1", "s2", "s3", nil].randomElement(using: &random)!,
            input: Int.random(in: 1...3, using: &random) * 16_000,
            output: Int.random(in: 1...2, using: &random),
            cost: [nil, "0", "0.0025", "1e-9"].randomElement(using: &random)!,
            project: ["atlas", "mimir"].randomElement(using: &random)!,
            duration: [nil, 100, 2000].randomElement(using: &random)!,
            success: Int.random(in: 0..<5, using: &random) > 0)
    }

    private func half(_ random: inout SplitMix) -> String {
        String(line(&random).dropLast(2))
    }

    private func damage(_ random: inout SplitMix) -> String {
        ["not json\n", "[]\n", "{}\n", "\u{0}\u{0}\n", "{\"timestamp\":\"x\"}\n", "\r\n"]
            .randomElement(using: &random)!
    }
}
