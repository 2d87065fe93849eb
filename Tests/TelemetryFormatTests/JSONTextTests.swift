import Foundation
import TelemetryFormat
import Testing

@Suite struct JSONTextTests {
    @Test func placesCommas() {
        var json = JSONText()
        json.object { json in
            json.member("a", 1)
            json.object("b") { _ in }
            json.array("c") { json in
                json.value("x")
                json.array { $0.value(true) }
                json.object { $0.null("y") }
                json.value(2.5)
            }
            json.member(JSONMember(name: "d\"", json: "[1,2]"))
            json.member("e", [1, nil, 3])
        }
        #expect(
            json.string
                == #"{"a":1,"b":{},"c":["x",[true],{"y":null},2.5],"d\"":[1,2],"e":[1,null,3]}"#)
    }

    @Test func writesEveryKindOfValue() {
        func text(_ value: some JSONWritable) -> String {
            var json = JSONText()
            json.value(value)
            return json.string
        }
        #expect(text(Int64.min) == "-9223372036854775808")
        #expect(text(Money(units: 25_000_000_000)) == "0.0025")
        #expect(text(Money?.none) == "null")
        #expect(text(0.1) == "0.1")
        #expect(text(1e-7) == "1e-07")
        #expect(text(Double.nan) == "null")
        #expect(text(-Double.infinity) == "null")
        #expect(text(Timestamp(milliseconds: 0)) == #""1970-01-01T00:00:00.000Z""#)
        #expect(text(Day(number: 0)) == #""1970-01-01""#)
        #expect(
            text(JSONValue.object([.init(name: "a", value: .number("1.50"))])) == #"{"a":1.50}"#)
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("é😀\u{A0}…", #""é😀\#u{A0}…""#),
        ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("a\u{0}\u{1F}b", #""a\u0000\u001fb""#),
        ("\u{7F}\u{80}\u{9B}\u{9F}", #""\u007f\u0080\u009b\u009f""#),
        ("x\u{2028}\u{2029}", #""x\u2028\u2029""#),
        ("\u{202A}\u{202E}\u{202F}", #""\u202a\u202e\#u{202F}""#),
        ("\u{2065}\u{2066}\u{2069}\u{206A}", #""\#u{2065}\u2066\u2069\#u{206A}""#),
    ])
    func escapesWhatIsNotPlainText(text: String, expected: String) {
        var bytes: [UInt8] = []
        bytes.appendJSONString(text)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: ["\u{0}", "\u{1F}", "\"", "\\", "\u{7F}", "\u{80}", "\u{2028}", "é", "!", "#"])
    func aCharacterIsWrittenAlikeInEveryPlace(character: String) {
        var alone: [UInt8] = []
        alone.appendJSONString(character)
        for before in 0..<20 {
            for after in [0, 1, 7, 8, 9, 16] {
                let (left, right) = (
                    String(repeating: "x", count: before), String(repeating: "~", count: after)
                )
                var bytes = Array("before".utf8)
                bytes.appendJSONString(left + character + right)
                let middle = String(decoding: alone.dropFirst().dropLast(), as: UTF8.self)
                #expect(
                    String(decoding: bytes, as: UTF8.self) == "before\"\(left)\(middle)\(right)\"")
            }
        }
    }

    @Test(
        arguments: [
            0, 9, 10, 99, 100, 101, 999, 1_000, 12_345, 1_234_567_890, .max, -1, -10, .min,
        ] as [Int64])
    func aNumberIsWrittenAsSwiftDoes(number: Int64) {
        var json = JSONText()
        json.value(number)
        #expect(json.string == String(number))
    }

    @Test func everyScalarReadsBackAsItself() throws {
        var text = ""
        for value in UInt32(0)...0x10FFFF {
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        var json = JSONText()
        json.value(text)
        #expect(try JSONValue(parsing: json.bytes.span).string == text)
    }

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func naughtyStringsReadBackAsThemselves() throws {
        let files = try Corpora.files(in: "blns")
        let list = try #require(files.first { $0.name == "blns.json" })
        let tree = try JSONValue(parsing: list.bytes.span)
        #expect(try #require(tree.array).count > 500)
        var json = JSONText()
        json.value(tree)
        #expect(try JSONValue(parsing: json.bytes.span) == tree)
        #expect(try JSONSerialization.jsonObject(with: Data(json.bytes)) is [String])
    }
}
