import Foundation
import Testing

@testable import TelemetryIndex

/// Logs that are compressed, or stand there in both forms.
@Suite struct LogFileReaderTests {
    private let store: TemporaryStore
    private let name = "2026-10-01/telemetry.jsonl"
    private let text = record("m1") + "broken\n" + record() + record("m2")

    init() throws {
        store = try TemporaryStore()
    }

    @Test func aCompressedLogSaysTheSameAsAPlainOne() throws {
        try store.write(name, text)
        try store.sync()
        let plain = try store.rows("SELECT msg_id, line_offset FROM calls ORDER BY line_offset")
        try store.gzip(name)
        try store.sync(.rebuild)
        #expect(
            try store.rows("SELECT msg_id, line_offset FROM calls ORDER BY line_offset") == plain)
        #expect(
            try store.rows("SELECT DISTINCT source_path FROM calls") == [
                store.url(name + ".gz").path
            ])
    }

    @Test(arguments: [false, true])
    func aChangeOfFormReadsNothingAgain(beginsCompressed: Bool) throws {
        try store.write(name, text)
        if beginsCompressed { try store.gzip(name) }
        try store.sync()
        for isCompressed in [!beginsCompressed, beginsCompressed, !beginsCompressed] {
            try store.gzip(isCompressed ? name : name + ".gz", isCompressed ? [] : ["-d"])
            let summary = try store.sync()
            #expect(summary.bytesRead == 0 && summary.lines == .init(), "\(isCompressed)")
            #expect(summary.totals == .init(calls: 3, rejected: 1))
            #expect(try store.differenceFromRebuild() == nil)
        }
    }

    @Test func whatACompressedLogHasMoreIsReadOn() throws {
        try store.write(name, text)
        try store.sync()
        try store.append(name, record("m3"))
        try store.gzip(name)
        let summary = try store.sync()
        #expect(summary.bytesRead == Int64(record("m3").utf8.count))
        #expect(summary.lines == .init(ingested: 1))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func whatADecompressedLogHasMoreIsReadOn() throws {
        try store.write(name, text)
        try store.gzip(name)
        try store.sync()
        try store.gzip(name + ".gz", ["-d"])
        try store.append(name, record("m3"))
        let summary = try store.sync()
        #expect(summary.bytesRead == Int64(record("m3").utf8.count))
        #expect(summary.lines == .init(ingested: 1))
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func ofBothFormsThePlainOneIsRead() throws {
        try store.write(name, text)
        try store.write(name + ".gz", try store.gzipped(record("other")))
        let summary = try store.sync()
        #expect(summary.files.seen == 1 && summary.totals.calls == 3)
        #expect(try store.rows("SELECT count(*) FROM calls WHERE msg_id = 'other'") == ["0"])
        try store.remove(name)
        try store.sync()
        #expect(try store.rows("SELECT msg_id FROM calls") == ["other"])
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func anotherTextInCompressedFormIsReadAnew() throws {
        try store.write(name, text)
        try store.sync()
        try store.remove(name)
        try store.write(name + ".gz", try store.gzipped(record("m1") + record("m9")))
        try store.sync()
        #expect(try store.rows("SELECT msg_id FROM calls ORDER BY 1") == ["m1", "m9"])
        #expect(try store.differenceFromRebuild() == nil)
    }

    @Test func anArchiveOfSeveralMembersIsReadToItsEnd() throws {
        let data = try store.gzipped(record("m1")) + (try store.gzipped(record("m2")))
        try store.write(name + ".gz", data)
        #expect(try store.sync().totals.calls == 2)
    }

    // MARK: Damage

    /// What can happen to a compressed log.
    private func damaged(_ data: Data) -> [(String, Data)] {
        var flipped = data
        flipped[data.count - 6] ^= 0xFF
        return [
            ("empty", Data()), ("text", Data("no archive\n".utf8)), ("cut", data.prefix(40)),
            ("cut in the checksum", data.dropLast(5)), ("a wrong checksum", flipped),
            ("garbage behind it", data + Data("garbage".utf8)),
        ]
    }

    @Test func ofADamagedArchiveNothingCounts() throws {
        let lines = (0..<200).map { record($0 % 2 == 0 ? "m\($0)" : nil) }.joined()
        let data = try store.gzipped(lines + "broken\n")
        for (what, bytes) in damaged(data) where what != "empty" {
            let store = try TemporaryStore()
            try store.write("2026-10-02/telemetry.jsonl", record("x"))
            try store.write(name + ".gz", bytes)
            for depth in [CacheSync.Depth.incremental, .incremental, .rebuild] {
                let summary = try store.sync(depth)
                #expect(summary.totals == .init(calls: 1), "\(what)")
                #expect(summary.files.unread == 1, "\(what)")
                #expect(summary.notes.contains { $0.contains(self.name + ".gz") }, "\(what)")
                #expect(summary.lines.duplicate == 0 && summary.lines.rejected == 0, "\(what)")
                #expect(summary.rejections.isEmpty, "\(what)")
                #expect(summary.lines.ingested <= 1, "\(what)")
            }
            #expect(try store.rows("SELECT count(*) FROM file_session") == ["1"], "\(what)")
            #expect(try store.differenceFromRebuild() == nil, "\(what)")
        }
    }

    @Test func aNoteSaysWhatIsWrongWithADamagedArchive() throws {
        let data = try store.gzipped(record("m1"))
        try store.write(name + ".gz", data.prefix(40))
        let path = store.url(name + ".gz").path
        #expect(
            try store.sync().notes == [
                "not read: cannot decompress \(path): unexpected end of file"
            ])
    }

    @Test func anArchiveThatBecomesDamagedGivesItsCallsBack() throws {
        try store.write(name, text)
        try store.sync()
        try store.gzip(name)
        let whole = try store.read(name + ".gz")
        for (what, bytes) in damaged(whole) {
            try store.write(name + ".gz", whole)
            #expect(try store.sync().totals == .init(calls: 3, rejected: 1), "\(what)")
            try store.write(name + ".gz", bytes)
            let summary = try store.sync()
            #expect(summary.totals == .init(), "\(what)")
            #expect(summary.lines.ingested == 0 && summary.lines.duplicate == 0, "\(what)")
            #expect(try store.differenceFromRebuild() == nil, "\(what)")
        }
        try store.write(name + ".gz", whole)
        #expect(try store.sync().lines.ingested == 3)
    }
}
