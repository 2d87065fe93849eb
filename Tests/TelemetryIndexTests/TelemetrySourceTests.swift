import Foundation
import Testing

@testable import TelemetryIndex

@Suite struct TelemetrySourceTests {
    private let store: TemporaryStore
    /// The cache lives elsewhere, so that the store may vanish.
    private let home: TemporaryStore

    init() throws {
        store = try TemporaryStore()
        home = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", record("m1") + record("m2"))
        try store.write("2026-10-02/telemetry.jsonl", record("m3"))
    }

    private func sync() throws -> CacheSyncSummary {
        try CacheSync(
            home.location, sources: [TelemetrySource(store: store.path)],
            lockTimeoutMilliseconds: 1000
        ).run()
    }

    @Test func findsItsLogsAndNothingElse() throws {
        let contents = Data(record("x").utf8)
        let logs = [
            "2026-10-01/telemetry.0001.jsonl", "2026-10-01/telemetry.w77-0123abcd.jsonl",
            "history/imported.jsonl", "2026-10-03/telemetry.jsonl.gz",
        ]
        let others = [
            "2026-10-01/prompts.jsonl", "2026-10-01/responses.0001.jsonl", "telemetry.jsonl",
            "2026-10-01/telemetry.jsonl.bak", "2026-10-01/telemetry.jsonl.gz.tmp",
            "2026-10-01/SHA256SUMS", "2026-02-30/telemetry.jsonl", "2026-1-7/telemetry.jsonl",
            "2026-10-01.bak/telemetry.jsonl", "history/limits.jsonl", "history/telemetry.jsonl",
            "2026-10-01/telemetry/telemetry.jsonl", "x/2026-10-01/telemetry.jsonl",
        ]
        for name in logs + others { try store.write(name, contents) }
        let target = store.url("2026-10-01/telemetry.9999.jsonl").path
        try FileManager.default.createSymbolicLink(
            atPath: target, withDestinationPath: store.url("2026-10-02/telemetry.jsonl").path)
        let listing = TelemetrySource(store: store.path).listFiles()
        #expect(listing.unreachable.isEmpty)
        let expected =
            logs.map { $0.replacing(".gz", with: "") } + [
                "2026-10-01/telemetry.jsonl", "2026-10-02/telemetry.jsonl",
            ]
        #expect(listing.files.map(\.name).sorted() == expected.sorted())
    }

    // MARK: Gone or out of reach

    @Test(arguments: ["missing", "replaced by a file", "replaced by a link to nowhere"])
    func aStoreOutOfReachKeepsItsCalls(what: String) throws {
        #expect(try sync().totals.calls == 3)
        let (path, aside) = (store.path, store.path + "-aside")
        try FileManager.default.moveItem(atPath: path, toPath: aside)
        switch what {
        case "missing": break
        case "replaced by a file": try Data("x".utf8).write(to: URL(filePath: path))
        default:
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/nonexistent")
        }
        let summary = try sync()
        #expect(summary.totals.calls == 3 && summary.files.removed == 0, "\(what)")
        #expect(summary.files.unread == 1 && summary.notes.count == 1, "\(what)")
        #expect(summary.notes.first?.contains(path) == true, "\(what)")
        try? FileManager.default.removeItem(atPath: path)  // Nothing to remove when it is missing.
        try FileManager.default.moveItem(atPath: aside, toPath: path)
        #expect(try sync().totals.calls == 3)
        #expect(try sync().notes.isEmpty)
    }

    @Test func aDayReplacedByAFileIsGone() throws {
        #expect(try sync().totals.calls == 3)
        try store.remove("2026-10-01")
        try store.write("2026-10-01", "not a directory")
        let summary = try sync()
        #expect(summary.totals.calls == 1 && summary.files.removed == 1)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func aDayThatMayNotBeReadKeepsItsCalls() throws {
        #expect(try sync().totals.calls == 3)
        let day = store.url("2026-10-01").path
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: day)
        defer {
            // The directory goes away with the store anyway.
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: day)
        }
        let summary = try sync()
        #expect(summary.totals.calls == 3 && summary.files.removed == 0)
        #expect(summary.files.unread == 1)
    }

    @Test func aDayPutBackCountsAgain() throws {
        #expect(try sync().totals.calls == 3)
        try home.write("placeholder", "")
        try FileManager.default.moveItem(
            at: store.url("2026-10-01"), to: home.url("2026-10-01"))
        #expect(try sync().totals.calls == 1)
        try FileManager.default.moveItem(
            at: home.url("2026-10-01"), to: store.url("2026-10-01"))
        let summary = try sync()
        #expect(summary.totals.calls == 3 && summary.lines.ingested == 2)
    }
}
