@testable import TelemetryQuery
import Testing

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("claude-opus-4-6", "claude-opus-4-6", true),
        ("claude-opus-4-6", "Claude-Opus-4-6", true),
        ("claude-opus-4", "claude-opus-4-6", false),
        ("claude-*", "claude-opus-4-6", true),
        ("claude-*", "gpt-5", false),
        ("*-4-6", "claude-opus-4-6", true),
        ("*opus*", "claude-opus-4-6", true),
        ("*opus*", "opus", true),
        ("c*o*6", "claude-opus-4-6", true),
        ("c*6*o", "claude-opus-4-6", false),
        ("ab*ba", "aba", false),
        ("ab*ba", "abba", true),
        ("*aab*", "aaaab", true),
        ("*", "", true),
        ("*", "anything", true),
        ("", "", true),
        ("", "x", false),
        ("**x**", "axb", true),
        ("ÉT*", "été", true),
        ("a?c", "abc", false),
    ])
    func matchesStarsAndIgnoresCase(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }

    @Test func takesLinearTimeForPatternsThatBacktrackElsewhere() {
        let name = String(repeating: "a", count: 50_000)
        let pattern = String(repeating: "a*", count: 1_000) + "b"
        #expect(!NamePattern(pattern).matches(name))
        #expect(!NamePattern("*" + String(repeating: "a", count: 20_000) + "b*").matches(name))
    }
}
