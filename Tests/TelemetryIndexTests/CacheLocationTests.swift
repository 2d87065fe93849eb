import Foundation
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

/// Whatever stands where the cache should be, the next sync has one that equals a rebuild.
@Suite struct CacheLocationTests {
    private let store: TemporaryStore
    private let manager = FileManager.default

    init() throws {
        store = try TemporaryStore()
        for day in 1...3 {
            let lines = (0..<40).map { record("m\(day)-\($0)", session: "s\($0 % 7)") }.joined()
            try store.write("2026-10-0\(day)/telemetry.jsonl", lines + "broken\n")
        }
        try store.sync()
    }

    private var path: String { store.location.path }

    private func expectRebuilt(
        _ what: String, because cause: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let summary = try store.sync()
        let comment = "\(what): \(summary.notes)"
        #expect(summary.isRebuilt, "\(comment)", sourceLocation: sourceLocation)
        #expect(summary.notes.count == 1, "\(comment)", sourceLocation: sourceLocation)
        if let cause {
            #expect(
                summary.notes.first?.contains(cause) == true, "\(comment)",
                sourceLocation: sourceLocation)
        }
        #expect(summary.files.seen == 3, "\(what)", sourceLocation: sourceLocation)
        #expect(
            summary.lines == .init(ingested: 120, rejected: 3), "\(what)",
            sourceLocation: sourceLocation)
        #expect(
            try store.differenceFromRebuild() == nil, "\(what)", sourceLocation: sourceLocation)
        #expect(try !store.sync().isRebuilt, "\(what)", sourceLocation: sourceLocation)
    }

    // MARK: Other contents

    static let contents: [(String, Data, String?)] = [
        ("nothing", Data(), "empty"), ("one byte", Data([0x53]), nil),
        ("NULs", Data(count: 8192), nil), ("one NUL", Data(count: 1), nil),
        ("text", Data("This is not a database.\n".utf8), "not a database"),
        ("much text", Data(String(repeating: "text\n", count: 9000).utf8), "not a database"),
        ("a picture", Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [0, 0, 0]), nil),
        ("a header alone", Data("SQLite format 3\u{0}".utf8), nil),
    ]

    @Test(arguments: contents)
    func aFileThatIsNoCacheIsReplaced(what: String, data: Data, cause: String?) throws {
        try data.write(to: store.url("cache.db"))
        try expectRebuilt(what, because: cause)
        #expect(try store.read("cache.db.bad") == data, "kept to be looked at")
    }

    @Test func aCacheThatIsCutAnywhereIsReplaced() throws {
        let whole = try store.read("cache.db")
        let cuts = stride(from: 1, to: whole.count, by: whole.count / 25)
        for length in Array(cuts) + [100, 8191, 8192, whole.count - 1] {
            try whole.prefix(length).write(to: store.url("cache.db"))
            try expectRebuilt("cut to \(length)")
        }
    }

    static let headers: [(String, String, String)] = [
        ("a higher version", "PRAGMA user_version = 999", "version is 999"),
        ("a lower version", "PRAGMA user_version = 0", "version is 0"),
        ("an absurd version", "PRAGMA user_version = -2147483648", "version is -2147483648"),
        ("another program's", "PRAGMA application_id = 7", "another program"),
        ("nobody's", "PRAGMA application_id = 0", "another program"),
        ("one without meta", "DROP TABLE meta", "meta"),
        ("one without calls", "DROP VIEW calls; DROP VIEW model_usage; DROP TABLE call", "missing"),
        ("one without a view", "DROP VIEW model_usage", "view"),
        ("one without an index", "DROP INDEX call_key", "index"),
        ("one with another table of files", "DROP TABLE file; CREATE TABLE file(x)", "column"),
    ]

    @Test(arguments: headers)
    func aDatabaseThatIsNotOursIsReplaced(what: String, sql: String, cause: String) throws {
        try store.execute(sql)
        try store.append("2026-10-01/telemetry.jsonl", "")
        try expectRebuilt(what, because: cause)
    }

    @Test func aDirectoryWhereTheOldCacheWouldBeKeptIsNoHindrance() throws {
        try store.write("cache.db.bad/file", "x")
        try store.write("cache.db", "junk")
        try expectRebuilt("junk")
        #expect(try store.read("cache.db.bad/file") == Data("x".utf8))
    }

    @Test func aDatabaseInWriteAheadModeTakesItsFilesAlong() throws {
        let other = try TemporaryStore()
        let connection = try Connection(path: other.path + "/cache.db", mode: .create)
        try connection.execute(
            "PRAGMA journal_mode = WAL; CREATE TABLE t(x); INSERT INTO t VALUES(randomblob(9000))")
        // Copied while it is open, so that the log still has contents.
        for suffix in ["", "-wal", "-shm"] {
            try? manager.removeItem(atPath: path + suffix)  // There is none at first.
            try manager.copyItem(atPath: other.path + "/cache.db" + suffix, toPath: path + suffix)
        }
        try expectRebuilt("another program's")
        try connection.close()
    }

    @Test func aForeignWriteAheadLogDoesNoHarm() throws {
        let other = try TemporaryStore()
        let connection = try Connection(path: other.path + "/x.db", mode: .create)
        try connection.execute(
            "PRAGMA journal_mode = WAL; CREATE TABLE t(x); INSERT INTO t VALUES(randomblob(9000))")
        try manager.copyItem(atPath: other.path + "/x.db-wal", toPath: path + "-wal")
        try store.sync()
        try store.sync()
        #expect(try store.differenceFromRebuild() == nil)
        #expect(try store.rows("PRAGMA integrity_check") == ["ok"])
        try connection.close()
    }

    @Test func aWrittenOverPageIsNoticedOrHarmless() throws {
        let whole = try store.read("cache.db")
        let before = try CacheDump(store.location)
        let pages = whole.count / 8192
        for page in 0..<pages {
            for filling in [UInt8(0x00), 0xA5, 0xFF] {
                var damaged = whole
                damaged.replaceSubrange(
                    page * 8192..<(page + 1) * 8192, with: Data(repeating: filling, count: 8192))
                try damaged.write(to: store.url("cache.db"))
                let summary = try store.sync()
                if summary.isRebuilt {
                    #expect(summary.notes.count == 1 && summary.files.seen == 3)
                    #expect(try store.differenceFromRebuild() == nil, "page \(page)")
                } else {
                    // Nothing had to be read from it, so it shows when somebody does.
                    expectSameOrError(before, "page \(page)")
                }
            }
        }
    }

    private func expectSameOrError(_ before: CacheDump, _ comment: Comment) {
        do {
            #expect(try CacheDump(store.location).difference(from: before) == nil, comment)
        } catch let error as SQLiteError {
            #expect(error.isCorruption, comment)
        } catch {
            Issue.record(error, comment)
        }
    }

    @Test func flippedBitsNeverCrash() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SplitMix(seed: seed)
        let whole = try store.read("cache.db")
        for _ in 0..<150 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            try damaged.write(to: store.url("cache.db"))
            let summary = try store.sync()
            if summary.isRebuilt {
                #expect(try store.differenceFromRebuild() == nil, "seed \(seed)")
            }
        }
    }

    // MARK: Other things than files

    @Test(arguments: [CacheSync.Depth.incremental, .verify, .rebuild])
    func aDirectoryInItsPlaceIsLeftAlone(depth: CacheSync.Depth) throws {
        try manager.removeItem(atPath: path)
        try store.write("cache.db/precious", "precious")
        try expectOccupied(depth)
        #expect(try store.read("cache.db/precious") == Data("precious".utf8))
        #expect(!manager.fileExists(atPath: path + ".bad"))
    }

    @Test(arguments: [CacheSync.Depth.incremental, .verify, .rebuild])
    func aLinkInItsPlaceIsLeftAloneAndWhatItPointsTo(depth: CacheSync.Depth) throws {
        let target = store.path + "/elsewhere.db"
        try manager.moveItem(atPath: path, toPath: target)
        let before = try store.read("elsewhere.db")
        for destination in [target, store.path + "/nowhere.db"] {
            try manager.createSymbolicLink(atPath: path, withDestinationPath: destination)
            try expectOccupied(depth)
            #expect(try manager.destinationOfSymbolicLink(atPath: path) == destination)
            try manager.removeItem(atPath: path)
        }
        #expect(try store.read("elsewhere.db") == before)
        #expect(!manager.fileExists(atPath: store.path + "/nowhere.db"))
    }

    private func expectOccupied(_ depth: CacheSync.Depth) throws {
        #expect {
            try store.sync(depth)
        } throws: { error in
            if case .occupied(let path)? = error as? IndexError { path == self.path } else { false }
        }
    }

    // MARK: What a killed process leaves

    @Test(arguments: [CacheSync.Depth.incremental, .verify, .rebuild])
    func aLeftoverOfARebuildIsRemoved(depth: CacheSync.Depth) throws {
        for contents in [Data(), Data("half a cache".utf8), try store.read("cache.db")] {
            try contents.write(to: store.url("cache.db.new"))
            try contents.write(to: store.url("cache.db.new-keys"))
            #expect(try store.sync(depth).totals.calls == 120)
            #expect(!manager.fileExists(atPath: store.path + "/cache.db.new"))
            #expect(!manager.fileExists(atPath: store.path + "/cache.db.new-keys"))
            #expect(try store.differenceFromRebuild() == nil)
        }
    }

    /// Leaves the cache as a writer that is killed in the middle of a transaction does.
    private func leaveHotJournal() throws {
        let elsewhere = try TemporaryStore()
        do {
            let connection = try Connection(path: path, mode: .readWrite)
            // A cache of one page makes the transaction spill into the file before it ends.
            try connection.execute("PRAGMA cache_size = 1; PRAGMA synchronous = FULL; BEGIN")
            try connection.execute("UPDATE call SET input_tokens = 999, error = randomblob(500)")
            for name in ["cache.db", "cache.db-journal"] {
                try elsewhere.write(name, try store.read(name))
            }
            connection.rollback()
        }
        for name in ["cache.db", "cache.db-journal"] {
            try store.write(name, try elsewhere.read(name))
        }
    }

    @Test(arguments: [CacheSync.Depth.incremental, .rebuild])
    func aHotJournalIsRolledBack(depth: CacheSync.Depth) throws {
        let before = try CacheDump(store.location)
        try leaveHotJournal()
        let summary = try store.sync(depth)
        #expect(summary.notes.isEmpty && summary.lines.rejected == (depth == .rebuild ? 3 : 0))
        #expect(try CacheDump(store.location).difference(from: before) == nil)
    }

    @Test func aReaderRollsAHotJournalBackInItsTurn() throws {
        let before = try CacheDump(store.location)
        try leaveHotJournal()
        do {
            let lock = try store.location.lock(timeoutMilliseconds: 0)
            #expect(throws: IndexError.self) { _ = try store.location.openForReading() }
            _ = consume lock
        }
        let rows = try store.location.openForReading().integer("SELECT count(*) FROM calls")
        #expect(rows == 120)
        #expect(try CacheDump(store.location).difference(from: before) == nil)
    }

    @Test func aRebuildLeavesNoJournalWhenItIsKilled() throws {
        let connection = try store.location.createNew()
        try connection.execute("BEGIN; INSERT INTO text(value) VALUES('x')")
        let names = try manager.contentsOfDirectory(atPath: store.path)
        #expect(names.filter { $0.hasPrefix("cache.db.new") } == ["cache.db.new"])
    }

    @Test func aJournalWithoutItsCacheDoesNoHarm() throws {
        try store.write("cache.db-journal", Data(repeating: 0xD9, count: 4096))
        try manager.removeItem(atPath: path)
        #expect(try store.sync().lines.ingested == 120)
        #expect(try store.differenceFromRebuild() == nil)
    }

    // MARK: Locking and permissions

    @Test func aHeldLockIsWaitedForOnlySoLong() throws {
        let lock = try store.location.lock(timeoutMilliseconds: 0)
        let sync = CacheSync(
            store.location, sources: [TelemetrySource(store: store.path)],
            lockTimeoutMilliseconds: 100)
        #expect {
            try sync.run()
        } throws: { error in
            if case .locked(let path)? = error as? IndexError {
                path == store.location.lockPath
            } else {
                false
            }
        }
        _ = consume lock
        #expect(throws: Never.self) { try sync.run() }
    }

    @Test func syncsAtOnceTakeTurns() async throws {
        try store.append("2026-10-01/telemetry.jsonl", record("more"))
        let (location, path) = (store.location, store.path)
        let ingested = try await withThrowingTaskGroup(of: Int64.self) { group in
            for index in 0..<6 {
                group.addTask {
                    try CacheSync(
                        location, sources: [TelemetrySource(store: path)],
                        depth: index == 3 ? .rebuild : .incremental, lockTimeoutMilliseconds: 20_000
                    ).run().totals.calls
                }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(ingested == Array(repeating: 121, count: 6))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test(arguments: [CacheSync.Depth.incremental, .rebuild])
    func nobodyElseMayReadIt(depth: CacheSync.Depth) throws {
        try store.sync(depth)
        for name in ["cache.db", "cache.lock"] {
            let attributes = try manager.attributesOfItem(atPath: store.path + "/" + name)
            #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o777 } == 0o600, "\(name)")
        }
    }
}
