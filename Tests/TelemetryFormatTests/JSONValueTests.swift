import TelemetryFormat
import Testing

@Suite struct JSONValueTests {
    private func parse(_ text: String) throws(Rejection) -> JSONValue {
        try JSONValue(parsing: Array(text.utf8).span)
    }

    @Test func readsATree() throws {
        let value = try parse(
            #" {"a": [1, -2.50e3, "x\n\u00e9\ud83d\ude00", true, false, null, [], {}], "b": {}} "#)
        #expect(
            value["a"]?.array == [
                .number("1"), .number("-2.50e3"), .string("x\né😀"), .bool(true), .bool(false),
                .null, .array([]), .object([]),
            ])
        #expect(value["b"] == .object([]))
        #expect(value["c"] == nil)
        #expect(value.members?.map(\.name) == ["a", "b"])
    }

    @Test func theLastOfRepeatedNamesCounts() throws {
        let value = try parse(#"{"a":1,"\u0061":2}"#)
        #expect(value["a"]?.int == 2)
        #expect(value.members?.count == 2)
    }

    @Test(arguments: [#""\ud800""#, #""\udc00""#, #""\ud800\ud800x""#, #""\ud800\u0041""#])
    func loneSurrogatesBecomeReplacementCharacters(text: String) throws {
        #expect(try parse(text).string?.hasPrefix("\u{FFFD}") == true)
    }

    static let wholeNumbers: [(String, Int64?)] = [
        ("5", 5), ("-5", -5), ("-0", 0), ("5.0", 5), ("5e2", 500), ("9223372036854775807", .max),
        ("-9223372036854775808", .min), ("9223372036854775808", nil), ("5.5", nil),
        ("1e30", nil), ("1e-13", nil), ("\"5\"", nil), ("true", nil), ("null", nil),
    ]

    @Test(arguments: wholeNumbers)
    func wholeNumbersAreExact(text: String, expected: Int64?) throws {
        #expect(try parse(text).int == expected)
    }

    @Test func numbersAreReadAsWhatTheyAreAskedFor() throws {
        let value = try parse("0.0025")
        #expect(value.money == Money(decimalText: "0.0025"))
        #expect(value.double == 0.0025)
        #expect(value.number == "0.0025")
        #expect(value.string == nil && value.bool == nil && !value.isNull)
    }

    @Test func depthIsBounded() throws {
        let deepest = RecordLimits.depth
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try parse(nested(deepest)) }
        #expect(throws: Rejection.tooDeep) { try parse(nested(deepest + 1)) }
        #expect(throws: Rejection.tooDeep) { try parse(String(repeating: "[", count: 200_000)) }
        #expect(throws: Rejection.tooDeep) {
            try parse(String(repeating: #"{"a":"#, count: 200_000))
        }
    }

    static let refused: [([UInt8], Rejection)] = [
        ([0x22, 0xFF, 0x22], .invalidUTF8), ([0x22, 0xC0, 0x80, 0x22], .invalidUTF8),
        ([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8), ([0x22, 0xE2, 0x82], .invalidUTF8),
        ([], .notJSON), ([0xEF, 0xBB, 0xBF], .notJSON), ([0x31, 0x00], .notJSON),
        ([0x22, 0x0A, 0x22], .notJSON), ([0x5B, 0x31, 0x2C, 0x5D], .notJSON),
    ]

    @Test(arguments: refused)
    func saysWhyItRefuses(bytes: [UInt8], reason: Rejection) {
        #expect(throws: reason) { try JSONValue(parsing: bytes.span) }
    }

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func agreesWithThePublicParsingTests() throws {
        let files = try Corpora.files(in: "JSONTestSuite/test_parsing")
        #expect(files.count > 300)
        for (name, bytes) in files {
            // Only the verdict matters here; the reasons have a test of their own.
            let isAccepted = (try? JSONValue(parsing: bytes.span)) != nil
            switch name.prefix(2) {
            case "y_": #expect(isAccepted, "\(name)")
            case "n_": #expect(!isAccepted, "\(name)")
            default: break
            }
        }
    }
}
