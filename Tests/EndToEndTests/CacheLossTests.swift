import Foundation
import Testing

/// The cache is a cache: whatever happens to it, the next question is answered the same.
@Suite struct CacheLossTests {
    /// How a cache is spoilt, given its bytes.
    enum Damage: String, CaseIterable {
        case removed, empty, junk, zeros, truncated, otherVersion, otherProgram, scribbled

        func apply(to cache: URL) throws {
            var bytes = Array(try Data(contentsOf: cache))
            switch self {
            case .removed: return try FileManager.default.removeItem(at: cache)
            case .empty: bytes = []
            case .junk: bytes = Array("this is not a database\n".utf8)
            case .zeros: bytes = bytes.map { _ in 0 }
            case .truncated: bytes = Array(bytes[..<(bytes.count / 2)])
            // Offsets of the header of the SQLite file format, section 1.3.
            case .otherVersion: bytes[60..<64] = [0x7f, 0, 0, 1]
            case .otherProgram: bytes[68..<72] = [0x0b, 0xad, 0xca, 0xfe]
            case .scribbled: for index in 4_096..<bytes.count { bytes[index] ^= 0x55 }
            }
            try Data(bytes).write(to: cache)
        }

        /// Whether there is something to set aside.
        var isNamed: Bool { ![.removed, .empty].contains(self) }
    }

    @Test(arguments: Damage.allCases)
    func theNextQueryAnswersTheSame(_ damage: Damage) throws {
        let sandbox = try filledSandbox()
        let before = try sandbox.contentsOfCache()
        try damage.apply(to: sandbox.cache)
        let outcome = try sandbox.run("costs", "all", "--json")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect(try JSON(parsing: outcome.output)["totals"]?["calls"]?.integer == 500)
        #expect(try sandbox.contentsOfCache() == before)
        if damage.isNamed {
            #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome.errorText)")
            #expect(sandbox.exists("cache.db.bad"))
        }
    }

    @Test func aDirectoryInItsPlaceIsNotTouched() throws {
        let sandbox = try filledSandbox()
        try FileManager.default.createDirectory(
            at: sandbox.cache.appending(path: "mine"), withIntermediateDirectories: true)
        let outcome = try sandbox.run("costs", "all", "--json")
        #expect(outcome.end == .exited(0) || outcome.end == .exited(1))
        #expect(FileManager.default.fileExists(atPath: sandbox.cache.appending(path: "mine").path()))
    }

    @Test func aMissingLockFileIsMadeAgain() throws {
        let sandbox = try filledSandbox()
        let before = try sandbox.contentsOfCache()
        for name in [".lock", "cache.lock"] {
            // Not every version has both.
            try? FileManager.default.removeItem(at: sandbox.store.appending(path: name))
        }
        #expect(try sandbox.contentsOfCache() == before)
    }

    @Test func withoutSyncTheCacheStaysAsItIs() throws {
        let sandbox = try filledSandbox()
        _ = try sandbox.json("costs", "all")
        try sandbox.log([.numbered(900)])
        let bytes = try sandbox.bytes("cache.db")
        let totals = try sandbox.json("costs", "all", "--no-sync")["totals"]
        #expect(totals?["calls"]?.integer == 500)
        #expect(try sandbox.bytes("cache.db") == bytes)
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 501)
    }

    @Test func aSecondSyncReadsNothing() throws {
        let sandbox = try filledSandbox()
        _ = try sandbox.json("cache-sync")
        let again = try sandbox.json("cache-sync")
        #expect(again["bytes_read"]?.integer == 0)
        #expect(again["files"]?["read"]?.integer == 0)
        #expect(again["files"]?["skipped"]?.integer == again["files"]?["seen"]?.integer)
    }

    private func filledSandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(
            (0..<500).map { Record.numbered($0, at: "2025-01-27T08:00:00Z").line }.joined(),
            to: "2025-01-27/telemetry.jsonl")
        return sandbox
    }
}
