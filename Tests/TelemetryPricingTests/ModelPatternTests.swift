import Testing

@testable import TelemetryPricing

@Suite struct ModelPatternTests {
    @Test(arguments: [
        (#"^abc$"#, "abc", [3]), (#"^abc$"#, "abcd", []), (#"b"#, "abcb", [2, 4]),
        (#"^a\d{3}"#, "a1234", [4]), (#"^a\d{3}$"#, "a12", []), (#"^a[-@]b$"#, "a@b", [3]),
        (#"^a(b|cd)?e$"#, "acde", [4]), (#"^a(b|cd)?e$"#, "ae", [2]), (#"^a.*c"#, "abcbc", [3, 5]),
        (#"^x+$"#, "", []), (#"^x*$"#, "", [0]), (#"a\.b"#, "axb", []), (#"a\[b\]"#, "a[b]", [4]),
        (#"^(?!.*-[tT][tT][sS](?:$|-))"#, "gemini-tts", []),
        (#"^(?!.*-[tT][tT][sS](?:$|-))"#, "gemini-tts-x", []),
        (#"^(?!.*-[tT][tT][sS](?:$|-))"#, "gemini-ttsx", [0]),
        (#"^(typesafe/)?jev-1\.13(-\d{8})?$"#, "typesafe/jev-1.13-20260101", [26]),
    ])
    func findsWhereMatchesEnd(pattern: String, text: String, ends: [Int]) throws {
        let pattern = try #require(ModelPattern(Array(pattern.utf8)))
        #expect(pattern.ends(in: Array(text.utf8)) == ends)
    }

    @Test(arguments: [
        "(", ")", "a(b", "[a", "[]", "*", "a{", "a{0}", "a{x}", "(ab){2}", "a{65}", #"\w"#, "a\\",
        "[a-z]", "((((((((((((((((a))))))))))))))))" + ")",
        String(repeating: "(", count: 17) + "a" + String(repeating: ")", count: 17),
    ])
    func refusesWhatIsBeyondTheSubset(pattern: String) {
        #expect(ModelPattern(Array(pattern.utf8)) == nil)
    }

    /// With backtracking this would outlast the universe.
    @Test func endsWhereBacktrackingWouldNot() throws {
        let pattern = try #require(ModelPattern(Array(#"^((a*)*)*b$"#.utf8)))
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 200)
        #expect(pattern.ends(in: text).isEmpty)
    }
}
