import Foundation
import TelemetryFiles
import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct CapturedLogsTests {
    @Test func isSilentWhileTheLogIsThere() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        #expect(place.listing().files.map(\.representation) == [.plain])
    }

    @Test func speaksForALogThatIsGone() throws {
        let place = try CapturePlace()
        try place.write("p/a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        try place.write("p/b.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        try place.remove("p/a.jsonl")
        let files = place.listing().files.sorted { $0.name < $1.name }
        #expect(files.map(\.name) == ["p/a.jsonl", "p/b.jsonl"])
        #expect(files.map(\.representation) == [.captured, .plain])
        #expect(files[0].root == place.root)
        #expect(files[0].path == place.twinPath("p/a.jsonl"))
        #expect(files[0].status == (try FileStatus.of(place.twinPath("p/a.jsonl"))))
    }

    @Test func isSilentAgainWhenTheLogIsBack() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        try place.remove("a.jsonl")
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 0)
        #expect(place.listing().files.map(\.representation) == [.plain])
    }

    @Test func speaksWhenTheWholeRootIsGone() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        try place.removeRoot()
        #expect(place.listing().files.map(\.representation) == [.captured])
    }

    @Test func isSilentWhileTheCompressedLogIsThere() throws {
        guard Subprocess.isInstalled("zstd") else { return }
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        try place.compress("a.jsonl")
        #expect(place.listing().files.map(\.representation) == [.zstandard])
    }

    @Test func speaksForACompressedLogThatNobodyCanRead() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        _ = try place.capture()
        try place.remove("a.jsonl")
        try place.write("a.jsonl.zst", "", ageHours: 30)
        try place.write("b.jsonl.zst", "", ageHours: 30)
        var logs = place.logs()
        logs.isInstalled = { _ in false }
        let files = logs.completing(place.source().listFiles()).files.sorted { $0.name < $1.name }
        #expect(files.map(\.representation) == [.captured, .zstandard])
    }

    @Test func keepsRootsApart() throws {
        let place = try CapturePlace()
        let other = try CapturePlace()
        #expect(place.rootID != other.rootID)
        #expect(place.rootID.count == 16)
    }

    @Test func knowsARootByTheNameThatItHasWhenItIsGone() throws {
        let place = try TemporaryStore()
        try place.write("real/logs/a.jsonl", "")
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/link", withDestinationPath: place.path + "/real")
        let names = ["/link/logs", "/real/logs"].map { place.path + $0 }
        let there = names.map { CapturedLogs.directory(store: "s", kind: .codex, root: $0) }
        try place.remove("real/logs")
        let gone = names.map { CapturedLogs.directory(store: "s", kind: .codex, root: $0) }
        #expect(Set(there + gone).count == 1)
    }

    // Root may read everything, so it finds no trouble.
    @Test(.enabled(if: getuid() != 0))
    func reportsTheRootWhoseTwinsCannotBeListed() throws {
        let place = try CapturePlace()
        try place.store.write("history/captured/claude/\(place.rootID)/x/y.jsonl", "")
        let directory = FileTree.parent(of: place.twinPath("x/y.jsonl"))
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: directory)
        defer {
            // Else nobody could remove it.
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: directory)
        }
        #expect(place.listing().unreachable.map(\.path) == [place.root])
    }
}
