import Testing

@testable import TelemetryFormat

@Suite struct ByteSearchTests {
    private func contains(_ bytes: [UInt8]) -> Bool {
        let orders: [ByteScanner.SearchOrder] = [.fromStart, .fromEnd]
        let answers = ByteScanner.scan(bytes.span) { scanner in
            orders.map { scanner.contains("\"usage\"", searching: $0) }
        }
        #expect(answers[0] == answers[1], "the order changes the answer")
        return answers[0]
    }

    /// The fast path looks at sixteen places at once, so everything is tried at each of them.
    @Test(arguments: 0..<50, [0, 1, 5, 15, 16, 17, 40])
    func findsTheTextAtEveryPlace(before: Int, after: Int) {
        let text = Array("\"usage\"".utf8)
        let (head, tail) = (
            [UInt8](repeating: 0x75, count: before), [UInt8](repeating: 0x22, count: after)
        )
        #expect(contains(head + text + tail))
        for index in text.indices {
            var other = text
            other[index] ^= 0x20
            #expect(!contains(head + other + tail))
        }
        for length in 1..<text.count { #expect(!contains(head + text.prefix(length))) }
    }

    @Test func findsNothingInNothing() {
        #expect(!contains([]))
        #expect(!contains(Array("usage".utf8)))
    }

    @Test func agreesWithALineByLineSearchOnRandomText() {
        var generator = SeededGenerator(seed: 5)
        let letters = Array("\"usage\"u".utf8)
        let text = Array("\"usage\"".utf8)
        for _ in 0..<3_000 {
            let line = (0..<Int.random(in: 0..<90, using: &generator)).map { _ in
                Int.random(in: 0..<3, using: &generator) == 0
                    ? text : [letters.randomElement(using: &generator) ?? 0]
            }.flatMap { $0.prefix(Int.random(in: 1...7, using: &generator)) }
            let isThere = line.indices.contains { line[$0...].starts(with: text) }
            #expect(contains(line) == isThere, "\(String(decoding: line, as: UTF8.self))")
        }
    }

    static let shapes: [(String, Bool)] = [
        ("{}", true), ("{", false), ("}", false), ("", false), (" \t{ x } \r", true),
        ("\u{FEFF}{}\r", true), ("\u{FEFF}", false), ("[{}]", false), ("{}]", false),
        ("{\"a\":1", false), ("\u{0}{}", false), ("{}\u{0}", false), ("{}\u{B}", false),
        ("{}{}", true),
    ]

    @Test(arguments: shapes)
    func seesWhetherALineHasTheLookOfAnObject(line: String, isBraced: Bool) {
        let bytes = Array(line.utf8)
        #expect(ByteScanner.scan(bytes.span) { $0.isBraced } == isBraced)
    }
}
