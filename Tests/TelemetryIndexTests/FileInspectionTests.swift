import Foundation
import Testing

@testable import TelemetryIndex

@Suite struct FileInspectionTests {
    private let store: TemporaryStore
    private let name = "2026-10-01/telemetry.jsonl"

    init() throws {
        store = try TemporaryStore()
        try store.write(name, record("m1") + record("m2") + record("m3"))
        try store.sync()
    }

    private func size() throws -> Int64 { Int64(try store.read(name).count) }

    @Test func anUnchangedFileIsSkipped() throws {
        try store.age()
        let summary = try store.sync()
        #expect(summary.files == .init(seen: 1, skipped: 1))
        #expect(summary.bytesRead == 0 && summary.lines == .init())
        #expect(summary.totals == .init(calls: 3))
    }

    @Test func aFileThatMayHaveChangedWithinItsClockTickIsComparedAgain() throws {
        let summary = try store.sync()
        #expect(summary.files == .init(seen: 1, skipped: 1))
        #expect(summary.bytesRead == 0 && summary.lines == .init())
    }

    @Test func aTouchedFileIsNotReadAnew() throws {
        try store.age()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
            ofItemAtPath: store.url(name).path)
        let summary = try store.sync()
        #expect(summary.files == .init(seen: 1, skipped: 1) && summary.bytesRead == 0)
        #expect(summary.lines.ingested == 0 && summary.totals.calls == 3)
    }

    @Test(arguments: [false, true])
    func ofAGrownFileOnlyTheNewBytesAreRead(isAged: Bool) throws {
        if isAged { try store.age() }
        let more = record("m4") + record("m5")
        try store.append(name, more)
        let summary = try store.sync()
        #expect(summary.bytesRead == Int64(more.utf8.count))
        #expect(summary.lines == .init(ingested: 2))
        #expect(summary.files == .init(seen: 1, read: 1))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func anUnfinishedLineIsPendingAsLongAsItWaits() throws {
        try store.append(name, "{")
        for _ in 1...3 {
            #expect(try store.sync().lines.pending == 1)
            try store.age()
        }
        try store.append(name, "}\n")
        #expect(try store.sync().lines == .init(rejected: 1))
    }

    @Test func anUnfinishedLineWaitsAndIsTakenOnce() throws {
        let line = record("m4")
        for length in [1, line.utf8.count / 2, line.utf8.count - 1] {
            let store = try TemporaryStore()
            try store.write(name, record("m1") + line.prefix(length))
            var summary = try store.sync()
            #expect(summary.lines == .init(ingested: 1, pending: 1))
            #expect(try store.rows("SELECT pending FROM file") == ["\(length)"])
            summary = try store.sync()
            #expect(summary.lines == .init(pending: 1) && summary.bytesRead == 0)
            try store.append(name, String(line.dropFirst(length)))
            summary = try store.sync()
            #expect(summary.lines == .init(ingested: 1))
            #expect(summary.bytesRead == Int64(line.utf8.count))
            #expect(try store.differenceFromRebuild() == nil)
        }
    }

    @Test func aRefusedLineDoesNotStopAFile() throws {
        try store.append(name, "{broken\n" + record("m4"))
        let summary = try store.sync()
        #expect(summary.lines == .init(ingested: 1, rejected: 1))
        #expect(
            summary.rejections == [
                RejectionCount(
                    reason: "not-json", count: 1, example: "2026-10-01/telemetry.jsonl:4")
            ])
    }

    // MARK: What was read is not there any more

    /// What becomes of the three records `m1`, `m2` and `m3`, and which are left.
    static let rewrites: [(String, String, [String])] = [
        ("emptied", "", []),
        ("shrunk", record("m1"), ["m1"]),
        ("shrunk into a line", String((record("m1") + record("m2")).dropLast(9)), ["m1"]),
        (
            "another one of the same size", record("m1") + record("m8") + record("m3"),
            ["m1", "m3", "m8"]
        ),
        ("another beginning", record("m9") + record("m2") + record("m3"), ["m2", "m3", "m9"]),
        ("another end", record("m1") + record("m2") + record("m7"), ["m1", "m2", "m7"]),
        (
            "a line put before", record("m0") + record("m1") + record("m2") + record("m3"),
            ["m0", "m1", "m2", "m3"]
        ),
        (
            "a line put between", record("m1") + record("m4") + record("m2") + record("m3"),
            ["m1", "m2", "m3", "m4"]
        ),
        ("a line less", record("m1") + record("m3"), ["m1", "m3"]),
        ("only blank lines", String(repeating: "\n", count: 2000), []),
    ]

    @Test(arguments: rewrites, [false, true])
    func aRewrittenFileIsReadAnew(
        rewrite: (what: String, text: String, left: [String]), isReplaced: Bool
    ) throws {
        try store.age()
        if isReplaced { try store.remove(name) }
        try store.write(name, rewrite.text)
        try store.sync()
        let ids = try store.rows("SELECT msg_id FROM calls ORDER BY msg_id")
        #expect(ids == rewrite.left, "\(rewrite.what)")
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func anEditInsideALargePrefixIsFoundByVerifying() throws {
        let big = (0..<9000).map { record("b\($0)") }.joined()
        #expect(big.utf8.count > Int(FileInspection.grownPrefixBytes))
        try store.write(name, big)
        try store.sync()
        let edited = big.replacing("\"msg_id\":\"b4500\"", with: "\"msg_id\":\"x4500\"")
        try store.write(name, edited + record("more"))
        try store.sync()
        let find = "SELECT count(*) FROM calls WHERE msg_id IN ('x4500', 'more')"
        #expect(try store.rows(find) == ["1"])
        try store.sync(.verify)
        #expect(try store.rows(find) == ["2"])
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func aDeletedFileTakesItsRowsAlong() throws {
        try store.write("2026-10-02/telemetry.jsonl", record("m4") + "broken\n")
        try store.sync()
        try store.remove("2026-10-02")
        let summary = try store.sync()
        #expect(summary.files == .init(seen: 1, skipped: 1, removed: 1))
        #expect(summary.totals == .init(calls: 3))
        #expect(try store.rows("SELECT count(*) FROM rejection") == ["0"])
        #expect(try store.differenceFromRebuild() == nil)
    }

    // MARK: Names

    @Test(arguments: ["2026-10-01/telemetry.0001.jsonl", "2026-10-02/telemetry.jsonl"])
    func ofARenamedFileTheRowsMoveAlong(newName: String) throws {
        try store.age()
        let before = try store.rows("SELECT id, msg_id FROM call ORDER BY id")
        try store.move(name, to: newName)
        let summary = try store.sync()
        #expect(summary.bytesRead == 0 && summary.files.removed == 0)
        #expect(summary.lines == .init() && summary.totals.calls == 3)
        #expect(try store.rows("SELECT id, msg_id FROM call ORDER BY id") == before)
        #expect(
            try store.rows("SELECT DISTINCT source_path FROM calls") == [store.url(newName).path])
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func aFileThatIsRenamedAndGrowsIsReadOn() throws {
        try store.move(name, to: "2026-10-01/telemetry.0001.jsonl")
        try store.append("2026-10-01/telemetry.0001.jsonl", record("m4"))
        let summary = try store.sync()
        #expect(summary.bytesRead == Int64(record("m4").utf8.count))
        #expect(summary.lines == .init(ingested: 1))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func anotherFileUnderTheOldNameOfARenamedOneIsItsOwn() throws {
        try store.age()
        try store.move(name, to: "2026-10-01/telemetry.0001.jsonl")
        try store.write(name, record("m4"))
        let summary = try store.sync()
        #expect(summary.lines.ingested == 1 && summary.totals.calls == 4)
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func filesThatTradeNamesKeepTheirCalls() throws {
        let other = "2026-10-01/telemetry.0001.jsonl"
        try store.write(other, record("m4") + record("m5"))
        try store.sync()
        try store.move(name, to: "2026-10-01/x")
        try store.move(other, to: name)
        try store.move("2026-10-01/x", to: other)
        let summary = try store.sync()
        #expect(summary.totals.calls == 5 && summary.lines == .init() && summary.bytesRead == 0)
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func aRotationMovesTheRowsAndReadsTheNewFileAlone() throws {
        try store.age()
        let ids = try store.rows("SELECT id, msg_id FROM call ORDER BY id")
        for (number, line) in [record("m4"), record("m5"), record("m6")].enumerated() {
            try store.move(name, to: "2026-10-01/telemetry.000\(number).jsonl")
            try store.write(name, line)
            let summary = try store.sync()
            #expect(summary.bytesRead == Int64(line.utf8.count))
            #expect(summary.lines == .init(ingested: 1))
            #expect(summary.files.read == 1 && summary.files.removed == 0)
            #expect(try store.differenceFromRebuild() == nil)
        }
        #expect(try store.rows("SELECT id, msg_id FROM call ORDER BY id LIMIT 3") == ids)
    }

    @Test func ofFilesThatAllMoveUpByOneNothingIsReadAgain() throws {
        let names = [name] + (1...3).map { "2026-10-01/telemetry.000\($0).jsonl" }
        for (index, name) in names.enumerated() { try store.write(name, record("n\(index)")) }
        try store.sync()
        for index in names.indices.dropLast().reversed() {
            try store.move(names[index], to: names[index + 1] + ".moving")
            if index == names.count - 2 { try store.remove(names[index + 1]) }
            try store.move(names[index + 1] + ".moving", to: names[index + 1])
        }
        let summary = try store.sync()
        #expect(summary.bytesRead == 0 && summary.lines == .init())
        #expect(summary.files == .init(seen: 3, skipped: 3, removed: 1))
        #expect(summary.totals == .init(calls: 3))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func aFileReplacedByItsOwnCopyIsNotReadAgain() throws {
        let copy = try store.read(name)
        try store.move(name, to: "2026-10-01/kept")
        try store.write(name, copy)
        let summary = try store.sync()
        #expect(summary.bytesRead == 0 && summary.files == .init(seen: 1, skipped: 1))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func aReusedInodeIsNotTheSameFile() throws {
        for round in 0..<20 {
            try store.remove(name)
            try store.write(name, record("a\(round)") + record("b\(round)") + record("c\(round)"))
            try store.sync()
            #expect(
                try store.rows("SELECT msg_id FROM calls ORDER BY msg_id")
                    == ["a\(round)", "b\(round)", "c\(round)"])
        }
    }
}
