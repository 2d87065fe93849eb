import Foundation
import TelemetryFiles
import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct CaptureRunTests {
    @Test func keepsASlimTwinOfALogThatRests() throws {
        let place = try CapturePlace()
        try place.write(
            "p/a.jsonl", "{\"keep\":\"a\",\"secret\":\"b\"}\nnoise\n{\"keep\":1}\n", ageHours: 25)
        let outcome = try place.capture()
        #expect(outcome.notes.isEmpty)
        #expect(outcome.written == 1)
        #expect(try place.twin("p/a.jsonl") == "{\"keep\":\"a\"}\n{\"keep\":1}\n")
        let log = try #require(try FileStatus.of(place.root + "/p/a.jsonl"))
        let twin = try #require(try FileStatus.of(place.twinPath("p/a.jsonl")))
        #expect(twin.permissions == 0o600)
        #expect(twin.modifiedNanoseconds == log.modifiedNanoseconds)
        #expect(outcome.captured.map(\.captured) == [log.modifiedNanoseconds])
        let directory = try FileStatus.of(FileTree.parent(of: place.twinPath("p/a.jsonl")))
        #expect(directory?.permissions == 0o700)
    }

    @Test(arguments: [(23, 0), (25, 1)])
    func waitsUntilALogHasRestedForADay(ageHours: Int, written: Int) throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: ageHours)
        #expect(try place.capture().written == written)
    }

    @Test(arguments: [(-100, 0), (0, 0), (2, 1)])
    func takesThePinnedClockWhenItIsAhead(hoursAhead: Int, written: Int) throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 23)
        #expect(try place.capture(hoursAhead: hoursAhead).written == written)
    }

    @Test func writesNothingTwice() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        let first = try place.capture()
        #expect(try place.capture(known: first.captured).written == 0)
        // A new cache knows of no twin, but the twin itself says what it is of.
        let again = try place.capture()
        #expect(again.written == 0)
        #expect(again.captured.map(\.captured) == first.captured.map(\.captured))
    }

    @Test func writesATwinAgainThatWasDeleted() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        let first = try place.capture()
        try FileTree.unlink(place.twinPath("a.jsonl"))
        #expect(try place.capture(known: first.captured).written == 1)
    }

    @Test func writesATwinAgainWhenItsLogHasGrownAndRestsAgain() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 60)
        let first = try place.capture()
        try place.write("a.jsonl", "{\"keep\":1}\n{\"keep\":2}\n", ageHours: 1)
        #expect(try place.capture(known: first.captured).written == 0)
        #expect(try place.twin("a.jsonl") == "{\"keep\":1}\n")
        try place.write("a.jsonl", "{\"keep\":1}\n{\"keep\":2}\n", ageHours: 30)
        #expect(try place.capture(known: first.captured).written == 1)
        #expect(try place.twin("a.jsonl") == "{\"keep\":1}\n{\"keep\":2}\n")
    }

    /// Somebody sets times back to what they were, as archivers and tests do.
    @Test func writesATwinAgainWhenItsLogHasChangedAndItsTimeHasNot() throws {
        let place = try CapturePlace()
        let file = try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 60)
        _ = try place.capture()
        try place.write("a.jsonl", "{\"keep\":1}\n{\"keep\":2}\n", ageHours: 60)
        try place.setTime("a.jsonl", file.status.modifiedNanoseconds)
        #expect(try place.capture().written == 1)
        #expect(try place.twin("a.jsonl") == "{\"keep\":1}\n{\"keep\":2}\n")
    }

    /// A log can have grown and yet have an older time: a copy that kept its times, a clock set
    /// back.
    @Test func capturesALogAgainThatChangedUnderAnOlderTime() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n{\"keep\":2}\n", ageHours: 30)
        let first = try place.capture()
        let grown = "{\"keep\":1}\n{\"keep\":2}\n{\"keep\":3}\n"
        try place.write("a.jsonl", grown, ageHours: 90)
        #expect(try place.capture(known: first.captured).written == 1)
        #expect(try place.twin("a.jsonl") == grown)
    }

    @Test func leavesOutUnfinishedAndOverlongLines() throws {
        let place = try CapturePlace()
        let long = String(repeating: "x", count: 2 << 10)
        try place.write(
            "a.jsonl", "{\"keep\":\"\(long)\"}\n{\"keep\":1}\n{\"keep\":2}", ageHours: 30)
        _ = try place.capture(lineLimit: 1 << 10)
        #expect(try place.twin("a.jsonl") == "{\"keep\":1}\n")
    }

    @Test func makesAnEmptyTwinOfALogWithoutAnyCall() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "noise\n", ageHours: 30)
        #expect(try place.capture().written == 1)
        #expect(try place.twin("a.jsonl") == "")
    }

    @Test func writesLogsOfManyLinesInPieces() throws {
        let place = try CapturePlace()
        let lines = (0..<20_000).map { "{\"keep\":\($0)}\n" }.joined()
        try place.write("a.jsonl", lines, ageHours: 30)
        _ = try place.capture()
        #expect(try place.twin("a.jsonl") == lines)
    }

    @Test func readsCompressedLogs() throws {
        guard Subprocess.isInstalled("zstd") else { return }
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1,\"secret\":2}\n", ageHours: 30)
        try place.compress("a.jsonl")
        #expect(try place.capture().written == 1)
        #expect(try place.twin("a.jsonl") == "{\"keep\":1}\n")
    }

    @Test(arguments: [
        "new\nline.jsonl", "-rf.jsonl", "a b/ü/日本.jsonl", ".hidden.jsonl", "..../...jsonl",
        ".a.jsonl.tmp-1-00000000/a.jsonl", String(repeating: "n", count: 249) + ".jsonl",
    ])
    func keepsStrangeNamesInTheirPlace(name: String) throws {
        let place = try CapturePlace()
        try place.write(name, "{\"keep\":1}\n", ageHours: 30)
        let outcome = try place.capture()
        #expect(outcome.notes.isEmpty)
        #expect(outcome.written == 1)
        #expect(try place.filesInStore() == ["history/captured/claude/\(place.rootID)/\(name)"])
    }

    @Test(arguments: ["../a.jsonl", "a/../../b.jsonl", "/a.jsonl", "./a.jsonl", "a//b.jsonl", "a"])
    func hasNoPlaceForNamesThatLeadElsewhere(name: String) throws {
        let place = try CapturePlace()
        var file = try place.write("x.jsonl", "{\"keep\":1}\n", ageHours: 30)
        file.name = name
        #expect(place.logs().path(ofTwin: file) == nil)
    }

    @Test func leavesTheTwinForLaterWhileTheStoreIsLocked() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        guard let lock = try FileLock.tryAcquire(place.store.path + "/.lock") else {
            Issue.record("nobody else can hold the lock")
            return
        }
        let outcome = try place.capture()
        #expect(outcome.written == 0)
        #expect(outcome.captured.isEmpty)
        #expect(try place.filesInStore().isEmpty)
        _ = consume lock
        #expect(try place.capture().written == 1)
    }

    @Test func notesWhatCannotBeCapturedAndGoesOn() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        try place.write("b.jsonl", "{\"keep\":1}\n", ageHours: 30)
        // A directory is where the twin belongs.
        try place.store.write("history/captured/claude/\(place.rootID)/a.jsonl/x", "")
        let outcome = try place.capture()
        #expect(outcome.written == 1)
        #expect(outcome.notes.count == 1)
        #expect(outcome.notes.first?.hasPrefix("not captured: cannot rename") == true)
        #expect(try place.twin("b.jsonl") == "{\"keep\":1}\n")
    }

    @Test func removesWhatAKilledRunHasLeft() throws {
        let place = try CapturePlace()
        try place.store.write(
            "history/captured/claude/\(place.rootID)/p/.a.jsonl.tmp-1-0123abcd", "{\"keep\":1}\n")
        _ = try place.capture()
        #expect(try place.filesInStore().isEmpty)
    }

    @Test func changesNothingAboutALog() throws {
        let place = try CapturePlace()
        try place.write("a.jsonl", "{\"keep\":1}\n", ageHours: 30)
        let before = try FileStatus.of(place.root + "/a.jsonl")
        _ = try place.capture()
        #expect(try FileStatus.of(place.root + "/a.jsonl") == before)
    }
}
