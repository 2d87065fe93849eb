import TelemetryFiles
import Testing

@Suite struct LineReaderTests {
    /// A line as the reader gave it.
    private struct Line: Equatable {
        var bytes: [UInt8]
        var offset: Int64
        var length: Int64
        var isTooLong: Bool
    }

    /// What a reader gives of a text when every read answers at most so many bytes as `chunk` says.
    private func read(
        _ text: [UInt8], limit: Int = 1000, from offset: Int64 = 0, chunk: () -> Int
    ) -> (lines: [Line], pending: Int64) {
        var reader = LineReader(limit: limit)
        var lines: [Line] = []
        let pending = reader.forEachLine(
            from: offset,
            read: { buffer, offset in
                #expect(buffer.count > 0 && buffer.count <= limit + 1, "memory stays in bounds")
                let rest = text.dropFirst(Int(offset)).prefix(min(chunk(), buffer.count))
                buffer.copyBytes(from: rest)
                return rest.count
            },
            body: { line, position in
                let bytes = (0..<line.count).map { line[$0] }
                lines.append(
                    Line(
                        bytes: bytes, offset: position.offset, length: position.length,
                        isTooLong: position.isTooLong))
                #expect(position.end == position.offset + position.length)
            })
        return (lines, pending)
    }

    private func read(
        _ text: String, limit: Int = 1000, from offset: Int64 = 0
    ) -> (lines: [Line], pending: Int64) {
        read(Array(text.utf8), limit: limit, from: offset, chunk: { .max })
    }

    /// The lines as a plain loop finds them.
    private func expected(_ text: [UInt8], limit: Int) -> [Line] {
        var lines: [Line] = []
        var start = 0
        for (index, byte) in text.enumerated() where byte == 0x0A {
            let isTooLong = index - start > limit
            let bytes = text[start..<index].prefix(isTooLong ? min(limit + 1, 4096) : .max)
            lines.append(
                Line(
                    bytes: Array(bytes), offset: Int64(start), length: Int64(index + 1 - start),
                    isTooLong: isTooLong))
            start = index + 1
        }
        return lines
    }

    static let texts: [(String, [String], Int64)] = [
        ("", [], 0), ("\n", [""], 0), ("a", [], 1), ("a\n", ["a"], 0), ("a\nb", ["a"], 1),
        ("\n\n\n", ["", "", ""], 0), ("a\r\nb\r\n", ["a\r", "b\r"], 0),
        ("\u{0}\u{0}\n", ["\u{0}\u{0}"], 0), ("a\u{2028}b\u{85}c\n", ["a\u{2028}b\u{85}c"], 0),
    ]

    @Test(arguments: texts)
    func onlyANewlineEndsALine(text: String, lines: [String], pending: Int64) {
        let result = read(text)
        #expect(result.lines.map { String(decoding: $0.bytes, as: UTF8.self) } == lines)
        #expect(result.pending == pending)
    }

    @Test func chunksOfAnySizeGiveTheSameLines() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        for limit in [1, 2, 16, 63, 1000] {
            let text = randomText(&random, longest: limit * 3)
            let whole = expected(text, limit: limit)
            let rest = Int64(text.count - ((text.lastIndex(of: 0x0A) ?? -1) + 1))
            for size in [1, 2, 3, 7, 4096] {
                let result = read(text, limit: limit, chunk: { size })
                #expect(result.lines == whole, "seed \(seed), limit \(limit), chunks of \(size)")
                #expect(result.pending == rest, "seed \(seed), limit \(limit), chunks of \(size)")
            }
            let result = read(
                text, limit: limit, chunk: { .random(in: 1...limit * 4, using: &random) })
            #expect(result.lines == whole && result.pending == rest, "seed \(seed), \(limit)")
        }
    }

    private func randomText(_ random: inout SeededGenerator, longest: Int) -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<60 {
            let length = Int.random(in: 0...longest, using: &random)
            text += (0..<length).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }
            text.append(0x0A)
        }
        return text + [0x61, 0x62]
    }

    @Test(arguments: [
        (9, false), (10, false), (11, true), (12, true), (5000, true), (100_000, true),
    ])
    func aLineOverTheLimitIsNamedAndPassedOver(length: Int, isTooLong: Bool) {
        let text = "before\n" + String(repeating: "x", count: length) + "\nafter\n"
        let lines = read(text, limit: 10).lines
        #expect(lines.map(\.isTooLong) == [false, isTooLong, false])
        #expect(lines[1].offset == 7 && lines[1].length == Int64(length + 1))
        #expect(lines[1].bytes.count == (isTooLong ? 11 : length))
        #expect(String(decoding: lines[2].bytes, as: UTF8.self) == "after")
    }

    @Test func ofALongLineOnlyTheBeginningIsGiven() {
        let text = String(repeating: "x", count: 300_000) + "\n"
        let lines = read(text, limit: 100_000).lines
        #expect(lines.map(\.bytes.count) == [LineReader.excerptBytes])
    }

    @Test func anUnfinishedLineOverTheLimitWaits() {
        let result = read("a\n" + String(repeating: "x", count: 5000), limit: 10)
        #expect(result.lines.count == 1)
        #expect(result.pending == 5000)
    }

    @Test func linesLongerThanTheFirstBufferAreWhole() {
        let long = String(repeating: "x", count: 3_000_000)
        let lines = read("a\n\(long)\nb\n", limit: 4 << 20).lines
        #expect(lines.map(\.bytes.count) == [1, 3_000_000, 1])
    }

    @Test func readsOnFromAnOffset() {
        let text = "first\nsecond\nthird\nrest"
        let whole = read(text).lines
        for line in whole {
            let result = read(text, from: line.offset)
            #expect(result.lines == whole.filter { $0.offset >= line.offset })
            #expect(result.pending == 4)
        }
        #expect(read(text, from: 19).lines.isEmpty)
        #expect(read(text, from: 19).pending == 4)
    }

    @Test func aReaderCanBeUsedAgainAfterAnError() throws {
        struct Stop: Error {}
        var reader = LineReader(limit: 100)
        let text = Array("one\ntwo\nthree\n".utf8)
        func lines(stopAfter count: Int) throws -> [String] {
            var lines: [String] = []
            _ = try reader.forEachLine(
                from: 0,
                read: { buffer, offset in
                    let rest = text.dropFirst(Int(offset)).prefix(buffer.count)
                    buffer.copyBytes(from: rest)
                    return rest.count
                },
                body: { line, _ in
                    if lines.count == count { throw Stop() }
                    lines.append(String(decoding: (0..<line.count).map { line[$0] }, as: UTF8.self))
                })
            return lines
        }
        #expect(throws: Stop.self) { try lines(stopAfter: 1) }
        #expect(try lines(stopAfter: 9) == ["one", "two", "three"])
    }
}
