import TelemetryFormat
import Testing

@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("", ""), ("plain ~", "plain ~"), ("größe 日本 👩‍👩‍👧", "größe 日本 👩‍👩‍👧"),
        ("a\tb\nc\r\nd", "a^Ib^Jc^M^Jd"), ("\u{0}\u{1B}[31mred\u{7F}", "^@^[[31mred^?"),
        ("\u{9B}31m\u{80}", #"\u{9b}31m\u{80}"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
        ("user\u{202E}gnp.exe\u{2066}", #"user\u{202e}gnp.exe\u{2066}"#),
        ("\u{61C}a\u{200E}b\u{200F}", #"\u{61c}a\u{200e}b\u{200f}"#),
        (
            "\u{A0}\u{200D}\u{2027}\u{202F}\u{2065}\u{206A}",
            "\u{A0}\u{200D}\u{2027}\u{202F}\u{2065}\u{206A}"
        ),
    ])
    func showsWhatWouldActOnATerminal(text: String, expected: String) {
        #expect(TerminalText.visible(text) == expected)
    }

    @Test func nothingHarmfulIsLeftOfAnyScalar() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let visible = TerminalText.visible(String(scalar))
            #expect(visible == TerminalText.visible(visible))
        }
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("größe", 5), ("日本", 4), ("한글", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("ｶﾅ", 2), ("Ａ", 2), ("😀", 2), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2),
        ("🇩🇪", 2),
        ("⌚", 2), ("★", 1), ("…", 1), ("–", 1), ("\u{200B}", 0), ("\u{FEFF}", 0),
        ("नि", 1), ("𠀀", 2), ("\u{AD}", 1), ("█▌", 2), ("❤\u{FE0E}", 1),
    ])
    func countsColumns(text: String, width: Int) {
        #expect(TerminalText.width(text) == width)
    }

    @Test(arguments: [
        ("claude-sonnet", 13, "claude-sonnet"), ("claude-sonnet", 12, "claude-sonn…"),
        ("claude-sonnet", 1, "…"), ("claude-sonnet", 0, ""), ("claude-sonnet", -1, ""),
        ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("", 0, ""),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("👩‍👩‍👧ab", 3, "👩‍👩‍👧…"),
    ])
    func shortensToColumns(text: String, columns: Int, expected: String) {
        let shortened = TerminalText.shortened(text, to: columns)
        #expect(shortened == expected)
        #expect(TerminalText.width(shortened) <= max(columns, 0))
    }

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func naughtyStringsFitTheirColumns() throws {
        let list = try #require(try Corpora.files(in: "blns").first { $0.name == "blns.json" })
        for value in try #require(try JSONValue(parsing: list.bytes.span).array) {
            let text = TerminalText.visible(try #require(value.string))
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
            for columns in 0...20 {
                let shortened = TerminalText.shortened(text, to: columns)
                #expect(TerminalText.width(shortened) <= columns)
            }
        }
    }
}
