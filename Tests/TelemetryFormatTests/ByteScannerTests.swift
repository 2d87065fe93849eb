import Testing

@testable import TelemetryFormat

@Suite struct ByteScannerTests {
    /// Whether the scanner takes the bytes for exactly one value, else why not.
    private func refusal(_ bytes: [UInt8]) -> Rejection? {
        do throws(Rejection) {
            try ByteScanner.scan(bytes.span) { (scanner) throws(Rejection) in
                scanner.skipWhitespace()
                _ = try scanner.value(depth: 1)
                scanner.skipWhitespace()
                if !scanner.isAtEnd { throw .notJSON }
            }
            return nil
        } catch {
            return error
        }
    }

    private func isTree(_ bytes: [UInt8]) -> Bool {
        // Only the verdict matters here.
        (try? JSONValue(parsing: bytes.span)) != nil
    }

    // MARK: Strings

    /// The fast path looks at eight bytes at once, so everything is tried at each of their places.
    @Test(arguments: 0..<20, [0, 1, 7, 8, 9, 17])
    func findsWhatEndsPlainTextAtEveryPlace(before: Int, after: Int) {
        let (head, tail) = (
            [UInt8](repeating: 0x61, count: before), [UInt8](repeating: 0x7F, count: after)
        )
        func string(_ middle: [UInt8]) -> [UInt8] { [0x22] + head + middle + tail + [0x22] }
        for control in UInt8(0)..<0x20 {
            #expect(refusal(string([control])) == .notJSON)
        }
        for plain in UInt8(0x20)..<0x80 where plain != 0x22 && plain != 0x5C {
            #expect(refusal(string([plain])) == nil)
        }
        for byte in UInt8(0x80)...0xFF {
            #expect(refusal(string([byte])) == .invalidUTF8)
        }
        #expect(refusal(string([0x22])) == .notJSON)
        #expect(refusal(string(Array("\\n".utf8))) == nil)
        #expect(refusal(string(Array("é€😀\u{10FFFF}".utf8))) == nil)
        #expect(refusal([0x22] + head) == .notJSON)
    }

    @Test func judgesEveryPairOfBytesAsUTF8() {
        for first in UInt8(0x80)...0xFF {
            for second in UInt8.min...0xFF where second != 0x22 && second != 0x5C {
                let isValid = String(validating: [first, second], as: UTF8.self) != nil
                #expect((refusal([0x22, first, second, 0x22]) == nil) == isValid)
            }
        }
    }

    @Test func judgesLongerSequencesAsUTF8() {
        let interesting: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED,
            0xEF, 0xF0, 0xF4, 0xF5, 0xFF,
        ]
        let tails: [[UInt8]] = [[], [0x80], [0xBF], [0x41], [0xC0]]
        for lead in UInt8(0xE0)...0xFF {
            for second in interesting {
                for third in interesting {
                    for tail in tails {
                        let bytes = [lead, second, third] + tail
                        let isValid =
                            String(validating: bytes, as: UTF8.self) != nil
                            && !bytes.contains { $0 < 0x20 }
                        #expect((refusal([0x22] + bytes + [0x22]) == nil) == isValid)
                    }
                }
            }
        }
    }

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func agreesWithThePublicUTF8Tests() throws {
        let cases = try Corpora.utf8Cases()
        #expect(cases.count > 200)
        for test in cases {
            let outcome = refusal([0x22] + test.bytes + [0x22])
            // A test may hold a control character, which no JSON string may.
            let isPlain = !test.bytes.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
            if !test.isValid {
                #expect(isPlain ? outcome == .invalidUTF8 : outcome != nil, "\(test.name)")
            } else if isPlain {
                #expect(outcome == nil, "\(test.name)")
            }
        }
    }

    // MARK: Numbers and words

    static let values: [(String, Bool)] = [
        ("0", true), ("-0", true), ("-0.0e-0", true), ("10", true), ("1E+09", true),
        ("1.5", true), ("0e0", true), ("123456789012345678901234567890", true), ("1e400", true),
        ("true", true), ("false", true), ("null", true), ("\"\"", true), ("[]", true),
        ("{}", true), ("[[],{}]", true), ("[ 1 , 2 ]", true), ("{ \"\" : { } }", true),
        ("", false), ("-", false), ("+1", false), ("01", false), ("-01", false), ("1.", false),
        (".5", false), ("1.e1", false), ("1e", false), ("1e+", false), ("0x1", false),
        ("NaN", false), ("Infinity", false), ("-Infinity", false), ("tru", false),
        ("True", false), ("truex", false), ("nul", false), ("1 2", false), ("[1,]", false),
        ("[,1]", false), ("[1 2]", false), ("[1", false), ("]", false), ("{\"a\"}", false),
        ("{\"a\":}", false), ("{\"a\":1,}", false), ("{a:1}", false), ("{\"a\":1 \"b\":2}", false),
        ("{1:1}", false), ("{", false), ("{\"a\":1", false), ("'a'", false), ("\"\\x\"", false),
        ("\"\\u12g4\"", false), ("\"\\u123\"", false), ("\"\\", false), ("\"\\u", false),
        ("/**/1", false), ("1//", false), ("\u{A0}1", false), ("\u{0C}1", false),
    ]

    @Test(arguments: values)
    func acceptsExactlyTheGrammar(text: String, isAccepted: Bool) {
        #expect((refusal(Array(text.utf8)) == nil) == isAccepted)
        #expect(ReferenceJSON.accepts(Array(text.utf8)) == isAccepted)
    }

    // MARK: Random input

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0041", "\\ud83d\\ude00", "\\\"", "0", "-1",
        "1.5e3", "true", "false", "null", " ", "\t", "\r\n", "\"timestamp\"", "\"a\"", "é", "😀",
        "\u{0}", "\u{1F}", "\u{FEFF}", "abcdefgh", "\"tokens\":{\"input\":5}", "/", "e", "+", ".",
    ]

    @Test func agreesWithAPlainParserOnRandomTexts() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<6000 {
            let text = (0..<Int.random(in: 1...9, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random)! }.joined()
            check(Array(text.utf8), "seed \(seed)")
        }
    }

    @Test func agreesWithAPlainParserOnMutatedRecords() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        let record = recordLine(
            #""tokens":{"input":5,"output":2.0,"total":7},"cost_usd":1e-3,"success":true,"#
                + #""x":[1,{"y":"é\u00e9"}],"metadata":{"project":"a","error":null}"#)
        for _ in 0..<4000 {
            var bytes = Array(record.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, &random) }
            check(bytes, "seed \(seed)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0..<max(bytes.count, 1), using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where !bytes.isEmpty: bytes.remove(at: place)
        case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.insert(.random(in: 0...255, using: &random), at: min(place, bytes.count))
        case 3: bytes = Array(bytes.prefix(place))
        default:
            let piece = Self.pieces.randomElement(using: &random)!
            bytes.insert(contentsOf: piece.utf8, at: min(place, bytes.count))
        }
    }

    /// The scanner, the tree and the record must take the same texts for JSON as the plain parser.
    private func check(_ bytes: [UInt8], _ comment: Comment) {
        let text = String(decoding: bytes, as: UTF8.self)
        let isJSON = ReferenceJSON.accepts(bytes)
        #expect((refusal(bytes) == nil) == isJSON, "\(comment): \(text)")
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return }
        #expect(isTree(bytes) == isJSON, "\(comment): \(text)")
        let outcome = verdict(bytes)
        if outcome == .blank { return }
        let isRefused = outcome == .rejected(.notJSON) || outcome == .rejected(.invalidUTF8)
        // A repeated key ends the reading, so the rest of such a line may be anything.
        if outcome != .rejected(.duplicateKey) {
            #expect(isRefused != isJSON, "\(comment): \(outcome) \(text)")
        }
    }
}
