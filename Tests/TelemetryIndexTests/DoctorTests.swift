import Foundation
import TelemetryFiles
import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct DoctorTests {
    private func root(_ place: CapturePlace, named: Set<SourceKind> = []) throws
        -> DoctorFindings.Root
    {
        try #require(try doctor(place, named: named).examine().roots.first)
    }

    private func doctor(_ place: CapturePlace, named: Set<SourceKind> = []) -> Doctor {
        Doctor(
            place.store.location, sources: [TwinnedSource(place.source(), store: place.store.path)],
            named: named)
    }

    @Test func tellsWhenLogsWillBeDeletedAndHowManyAreCaptured() throws {
        let place = try CapturePlace()
        let oldest = try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 50)
        try place.write("b.jsonl", "{\"keep\":1}\n", ageHours: 40)
        try place.write("c.jsonl", "{\"keep\":1}\n", ageHours: 1)
        _ = try place.capture()
        let root = try root(place)
        #expect(root.source == "claude" && root.path == place.root && root.isReadable)
        #expect((root.files, root.captured, root.knownByTwins) == (3, 2, 0))
        #expect(root.bytes == 33)
        #expect(root.ownerDeletesAfterDays == 5)
        let modified = Timestamp(milliseconds: oldest.status.modifiedNanoseconds / 1_000_000)
        #expect(root.firstDeletion == modified.day.adding(days: 5))
    }

    @Test func tellsWhichLogsAreGone() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 50)
        _ = try place.capture()
        try place.remove("a.jsonl")
        let root = try root(place)
        #expect((root.files, root.captured, root.knownByTwins) == (1, 1, 1))
        #expect(root.firstDeletion == nil)
    }

    @Test(
        arguments: [([], nil), ([.claude], "there is no such directory"), ([.codex], nil)]
            as [(Set<SourceKind>, String?)])
    func demandsOnlyTheRootsThatWereNamed(named: Set<SourceKind>, trouble: String?) throws {
        let place = try CapturePlace()
        try place.removeRoot()
        let findings = try doctor(place, named: named).examine()
        #expect(findings.roots.map(\.trouble) == [trouble])
        #expect(findings.roots.map(\.isReadable) == [false])
        #expect(findings.unreadFiles.isEmpty)
    }

    @Test(arguments: [true, false])
    func namesCompressedLogsThatCannotBeRead(isInstalled: Bool) throws {
        let place = try CapturePlace()
        try place.write("a.jsonl.zst", "", ageHours: 1)
        try place.write("b.jsonl", "", ageHours: 1)
        var doctor = doctor(place)
        doctor.isInstalled = { _ in isInstalled }
        let unread = try doctor.examine().unreadFiles
        #expect(unread.map(\.path) == (isInstalled ? [] : [place.root + "/a.jsonl.zst"]))
        #expect(unread.allSatisfy { $0.reason.contains("install zstd") })
    }

    @Test func tellsRejectionsBySourceWithAnExample() throws {
        let store = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", record("a") + "broken\n[]\nbroken\n")
        try store.sync()
        let telemetry = TelemetrySource(store: store.path)
        let findings = try Doctor(store.location, sources: [telemetry]).examine()
        #expect(
            findings.rejections == [
                RejectionCount(
                    reason: "not-an-object", count: 1, example: "2026-10-01/telemetry.jsonl:3",
                    source: "telemetry"),
                RejectionCount(
                    reason: "not-json", count: 2, example: "2026-10-01/telemetry.jsonl:2",
                    source: "telemetry"),
            ])
        #expect(findings.roots.map(\.calls) == [1])
        #expect(findings.roots.map(\.rejected) == [3])
        // Another source's are none of those asked about.
        let place = try CapturePlace()
        let others = try Doctor(store.location, sources: [place.source()]).examine()
        #expect(others.rejections.isEmpty)
    }
}
