import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Which logs are the parent's of a fork: a matter of the logs that are there, in whatever order
/// they come.
@Suite struct CodexParentTests {
    private static let counts = [(60, 100, 100), (70, 300, 200)]
    private static let later = [(110, 600, 300), (120, 700, 100)]

    private static func lines(_ counts: [(Int, Int, Int)]) -> [String] {
        counts.map { Rollout.count(at: Double($0.0), $0.1, last: $0.2) }
    }

    /// A fork at second 180 that repeats such counts slowly and takes 50 more itself.
    private static func fork(
        of parent: String?, spawnedBy spawner: String? = nil, _ counts: [(Int, Int, Int)]
    ) -> [String] {
        let times = (0...).lazy.map { 190 + 9 * $0 }
        let total = counts.last?.1 ?? 0
        let replay = zip(times, counts).map { ($0, $1.1, $1.2) }
        return [Rollout.head("c", forkOf: parent, spawnedBy: spawner, at: 180)]
            + lines(replay + [(400, total + 50, 50)])
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var files: [(name: String, lines: [String])]
        /// Input tokens of all calls together.
        var expected: Int64
    }

    static let cases = [
        Case(
            testDescription: "a parent named by its file",
            files: [("rollout-P", lines(counts)), ("fork", fork(of: "P", counts))],
            expected: 350),
        Case(
            testDescription: "a parent whose file is named as Codex does",
            files: [
                ("rollout-2026-11-21T10-00-00-0199-ab", lines(counts)),
                ("fork", fork(of: "0199-ab", counts)),
            ],
            expected: 350),
        Case(
            testDescription: "a parent whose head has no id",
            files: [
                ("rollout-P", [Rollout.line("session_meta", "{}", at: 0)] + lines(counts)),
                ("fork", fork(of: "P", counts)),
            ],
            expected: 350),
        Case(
            // As good as missing: the dense burst at the head of the fork is its replay.
            testDescription: "a parent whose log says nothing yet",
            files: [
                ("rollout-P", ["{}"]),
                (
                    "fork",
                    [Rollout.head("c", forkOf: "P", at: 180)]
                        + lines([(180, 100, 100), (181, 300, 200), (400, 350, 50)])
                ),
            ],
            expected: 50),
        Case(
            testDescription: "a parent whose head comes late",
            files: [
                ("rollout-Q", lines(counts) + [Rollout.head("P")]),
                ("fork", fork(of: "P", counts)),
            ],
            expected: 350),
        Case(
            testDescription: "a name that the head takes back",
            files: [
                ("rollout-P", lines(counts) + [Rollout.head("Q")]),
                ("fork", fork(of: "P", counts)),
            ],
            expected: 650),
        Case(
            testDescription: "a session in two logs",
            files: [
                ("one", [Rollout.head("P")] + lines(counts)),
                ("two", [Rollout.head("P", at: 100)] + lines(later)),
                ("fork", fork(of: "P", counts + later)),
            ],
            expected: 750),
        Case(
            testDescription: "forked from itself, spawned by another",
            files: [
                ("one", [Rollout.head("P")] + lines(counts)),
                ("fork", fork(of: "c", spawnedBy: "P", counts)),
            ],
            expected: 350),
        Case(
            testDescription: "forked from a log that is gone, spawned by one that is there",
            files: [
                ("one", [Rollout.head("P")] + lines(counts)),
                ("fork", fork(of: "gone", spawnedBy: "P", counts)),
            ],
            expected: 350),
        Case(
            testDescription: "forked from one, spawned by another",
            files: [
                ("one", [Rollout.head("P")] + lines(counts)),
                ("two", [Rollout.head("S")] + lines([(60, 9, 9)])),
                ("fork", fork(of: "P", spawnedBy: "S", counts)),
            ],
            expected: 359),
        Case(
            testDescription: "a nameless log that was forked from itself",
            files: [
                (
                    "rollout-2026-11-21T10-03-00-0199-ab",
                    [
                        Rollout.line(
                            "session_meta", #"{"forked_from_id":"0199-ab"}"#, at: 180),
                        Rollout.count(at: 180.1, 70, last: 70),
                    ]
                )
            ],
            expected: 70),
    ]

    @Test(arguments: cases) func aParentIsFoundInAnyOrder(example: Case) throws {
        for number in 0..<4 {
            var random = SplitMix(seed: UInt64(number))
            let (home, store) = (try TemporaryStore(), try TemporaryStore())
            let files = example.files.shuffled(using: &random)
            for file in files {
                // Half of a file, a sync, the other half, a sync.
                let middle = Int.random(in: 0...file.lines.count, using: &random)
                for part in [file.lines.prefix(middle), file.lines.dropFirst(middle)] {
                    try home.append(
                        "sessions/\(file.name).jsonl", part.map { $0 + "\n" }.joined())
                    try Self.sync(home, store)
                }
            }
            #expect(try Self.input(store) == example.expected, "\(files.map(\.name))")
            // Each log goes and comes back.
            for file in files {
                let name = "sessions/\(file.name).jsonl"
                let bytes = try home.read(name)
                try home.remove(name)
                try Self.sync(home, store)
                try home.write(name, bytes)
                try Self.sync(home, store)
            }
            let dump = try CacheDump(store.location)
            let rebuilt = try TemporaryStore()
            try Self.sync(home, rebuilt)
            #expect(dump.difference(from: try CacheDump(rebuilt.location)) == nil)
            #expect(try Self.input(rebuilt) == example.expected)
        }
    }

    @Test func theViewsShowTheSessionOfTheName() throws {
        let (home, store) = (try TemporaryStore(), try TemporaryStore())
        try home.write("sessions/rollout-P.jsonl", Self.lines(Self.counts)[0] + "\n")
        try Self.sync(home, store)
        let connection = try store.location.openForReading()
        var select = try connection.prepare(
            "SELECT session_id, last_session_id FROM codex_session_files")
        let hasRow = try select.step()
        try #require(hasRow)
        let sessions = [select.text(0), select.text(1)]
        #expect(sessions == ["P", "P"])
    }

    private static func sync(_ home: TemporaryStore, _ store: TemporaryStore) throws {
        _ = try CacheSync(
            store.location, sources: [CodexSource(homes: [home.path])],
            lockTimeoutMilliseconds: 10_000
        ).run()
    }

    private static func input(_ store: TemporaryStore) throws -> Int64 {
        try store.location.openForReading().integer("SELECT sum(input_tokens) FROM calls") ?? 0
    }
}
