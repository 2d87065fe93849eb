import Foundation
import Synchronization
import Testing

@testable import TelemetryIndex

/// A sync that is killed while several logs are read at once.
@Suite struct KilledSyncTests {
    /// Keeps what is on disk at some moments of a sync: what a kill then would leave.
    private final class Snapshots: Sendable {
        private let count = Mutex(0)
        let store: String

        init(of store: String) {
            self.store = store
        }

        /// Called between two steps of the writing.
        func take() {
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number % 4 != 0 { return }
            let directory = "\(store)/snapshots/\(number)"
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true)
                for name in ["cache.db", "cache.db-journal"]
                where FileManager.default.fileExists(atPath: "\(store)/\(name)") {
                    try FileManager.default.copyItem(
                        atPath: "\(store)/\(name)", toPath: "\(directory)/\(name)")
                }
            } catch {
                Issue.record(error)
            }
        }

        var directories: [String] {
            let names = try? FileManager.default.contentsOfDirectory(atPath: store + "/snapshots")
            return (names ?? []).sorted().map { "\(store)/snapshots/\($0)" }
        }
    }

    @Test func nothingCountsTwiceAfterIt() throws {
        let store = try TemporaryStore()
        try store.write("2026-09-30/telemetry.jsonl", record())
        try store.sync()
        // Records without ids: what is read twice would count twice.
        let log = (0..<9000).map { record(model: "m\($0 % 5)", output: $0) }.joined()
        for day in 1...3 { try store.write("2026-10-0\(day)/telemetry.jsonl", log) }
        let snapshots = Snapshots(of: store.path)
        var sync = CacheSync(
            store.location, sources: [TelemetrySource(store: store.path)],
            lockTimeoutMilliseconds: 10_000, progress: { _ in snapshots.take() })
        sync.rowsPerTransaction = 5000
        #expect(try sync.run().totals.calls == 27_001)
        #expect(snapshots.directories.count >= 2)
        for directory in snapshots.directories {
            let totals = try CacheSync(
                CacheLocation(directory: directory),
                sources: [TelemetrySource(store: store.path)], lockTimeoutMilliseconds: 10_000
            ).run().totals
            #expect(totals.calls == 27_001, "\(directory)")
            #expect(totals.duplicates == 0, "\(directory)")
        }
    }
}
