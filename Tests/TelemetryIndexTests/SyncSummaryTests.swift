import Foundation
import Synchronization
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

/// What a sync says that it did.
@Suite struct SyncSummaryTests {
    @Test func withoutCountsTheCacheIsTheSame() throws {
        let store = try TemporaryStore()
        let name = "2026-10-01/telemetry.jsonl"
        try store.write(name, record("a"))
        try store.sync()
        try store.append(name, record("a") + record("b"))
        let sync = CacheSync(
            store.location, sources: [TelemetrySource(store: store.path)], countsLines: false,
            lockTimeoutMilliseconds: 0)
        let summary = try sync.run()
        #expect(summary.files.read == 1 && summary.lines.ingested == 0)
        #expect(summary.totals == .init())
        #expect(try store.differenceFromRebuild() == nil)
    }

    /// First into a new cache, then with something to write, then with nothing.
    @Test func theCacheIsLeftOpenForReadingAlone() throws {
        let store = try TemporaryStore()
        let sync = CacheSync(
            store.location, sources: [TelemetrySource(store: store.path)],
            lockTimeoutMilliseconds: 0)
        for id in ["a", "b", nil] {
            if let id { try store.append("2026-10-01/telemetry.jsonl", record(id)) }
            let connection = try sync.runForQuestions().openForReading()
            let calls = try connection.integer("SELECT count(*) FROM calls")
            #expect(calls == (id == "a" ? 1 : 2))
            let isInTransaction = connection.isInTransaction
            #expect(!isInTransaction)
            #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM call") }
            #expect(try !store.sync().isRebuilt, "the right to write is free")
        }
    }

    private let store: TemporaryStore
    private let first = "2026-10-01/telemetry.jsonl"
    private let second = "2026-10-02/telemetry.jsonl"

    init() throws {
        store = try TemporaryStore()
    }

    private func note(_ event: String) -> String { #"{"event":"\#(event)"}"# + "\n" }

    @Test func anEmptyStoreIsAnEmptyCache() throws {
        let summary = try store.sync()
        #expect(summary.isRebuilt && summary.sources == ["telemetry"] && summary.notes.isEmpty)
        #expect(summary.files == .init() && summary.lines == .init() && summary.totals == .init())
    }

    @Test func everyLineIsCountedOnce() throws {
        let text =
            record("m1") + record("m1") + record() + record() + note("dropped") + "\n" + "\u{0}\n"
            + "broken\n" + "[]\n" + "broken\n" + "half"
        try store.write(first, text)
        let summary = try store.sync()
        #expect(summary.files == .init(seen: 1, read: 1))
        #expect(
            summary.lines
                == .init(ingested: 3, duplicate: 1, other: 1, rejected: 3, pending: 1))
        #expect(summary.bytesRead == Int64(text.utf8.count - 4))
        #expect(summary.totals == .init(calls: 3, duplicates: 1, rejected: 3))
        #expect(
            summary.rejections == [
                RejectionCount(reason: "not-an-object", count: 1, example: "\(first):9"),
                RejectionCount(reason: "not-json", count: 2, example: "\(first):8"),
            ])
    }

    @Test func rejectionsGoOnCountingFromTheCheckpoint() throws {
        try store.write(first, record("m1") + "broken\n")
        try store.sync()
        try store.append(first, "\n" + record("m2") + "broken\n")
        let summary = try store.sync()
        #expect(
            summary.rejections == [
                RejectionCount(reason: "not-json", count: 1, example: "\(first):5")
            ])
        #expect(summary.totals.rejected == 2)
        #expect(
            try store.rows("SELECT reason, count, first_line FROM rejection") == ["not-json|2|2"])
    }

    @Test func aLineThatIsTooLongIsRejectedAndPassedOver() throws {
        let long = "{\"x\":\"" + String(repeating: "x", count: 17 << 20) + "\"}\n"
        try store.write(first, record("m1") + long + record("m2"))
        let summary = try store.sync()
        #expect(summary.lines == .init(ingested: 2, rejected: 1))
        #expect(summary.rejections.first?.reason == "too-long")
        #expect(summary.rejections.first?.example == "\(first):2")
        #expect(try store.differenceFromRebuild() == nil)
    }

    /// What is on disk before and after, and the call lines of the second run by outcome.
    static let runs: [(String, [String?], [String?], Int64, Int64)] = [
        ("the same again in another file", [record("m")], [record("m"), record("m")], 0, 1),
        ("a new one beside it", [record("m")], [record("m"), record("m") + record("n")], 1, 1),
        ("the same file rewritten", [record("m")], [record("n") + record("m")], 1, 1),
        ("a file rewritten with less", [record("m") + record("n")], [record("n")], 0, 1),
        ("a file moved into another one", [record("m"), record("n")], [nil, record("m")], 0, 1),
        ("a file deleted", [record("m"), record("n")], [nil, record("n")], 0, 0),
        ("a file deleted and a new one", [record("m")], [nil, record("n")], 1, 0),
        ("without ids, rewritten", [record()], ["\n" + record()], 0, 1),
        ("without ids, rewritten with more", [record()], ["\n" + record() + record()], 1, 1),
        ("without ids, in another file", [record()], [record(), record()], 1, 0),
        ("the winner emptied", [record("m", output: 9), record("m")], ["\n", record("m")], 0, 0),
    ]

    @Test(arguments: runs)
    func ingestedAreTheCallsThatAreNew(
        run: (what: String, before: [String?], after: [String?], ingested: Int64, duplicate: Int64)
    ) throws {
        try arrange(run.before)
        try store.sync()
        try store.age()
        try arrange(run.after)
        let summary = try store.sync()
        let lines = CacheSyncSummary.Lines(ingested: run.ingested, duplicate: run.duplicate)
        #expect(summary.lines == lines, "\(run.what)")
        #expect(try store.differenceFromRebuild() == nil, "\(run.what)")
    }

    private func arrange(_ files: [String?]) throws {
        for (name, text) in zip([first, second], files) {
            if let text {
                let isSame = (try? store.read(name)) == Data(text.utf8)  // There may be none.
                if !isSame { try store.write(name, text) }
            } else {
                try store.remove(name)
            }
        }
    }

    @Test func progressEndsWhereItSaidItWould() throws {
        try store.write(first, (0..<5000).map { record("m\($0)") }.joined())
        try store.write(second, record("n"))
        let seen = ProgressLog()
        _ = try CacheSync(
            store.location, sources: [TelemetrySource(store: store.path)],
            lockTimeoutMilliseconds: 1000, progress: { seen.append($0) }
        ).run()
        let total = Int64(try store.read(first).count + store.read(second).count)
        #expect(seen.all.allSatisfy { $0.bytesTotal == total && $0.bytesDone <= total })
        #expect(seen.all.last?.bytesDone == total)
        #expect(zip(seen.all, seen.all.dropFirst()).allSatisfy { $0.bytesDone <= $1.bytesDone })
    }
}

/// Collects what a sync reports on its way.
private final class ProgressLog: Sendable {
    private let log = Mutex<[CacheSync.Progress]>([])

    var all: [CacheSync.Progress] { log.withLock { $0 } }

    func append(_ progress: CacheSync.Progress) { log.withLock { $0.append(progress) } }
}
