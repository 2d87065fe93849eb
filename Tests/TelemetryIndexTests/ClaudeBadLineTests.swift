import TelemetryFormat
import Testing

@testable import TelemetryIndex

/// Rule 10: lines that are not what they should be.
@Suite struct ClaudeBadLineTests {
    private func verdict(_ line: [UInt8]) -> LineOutcome {
        var scanner = ClaudeLineScanner()
        return scanner.scan(line.span)
    }

    private func verdict(_ line: String) -> LineOutcome { verdict(Array(line.utf8)) }

    /// Text without braces at its ends, so long that a line with it is searched before it is read.
    private static let long = #""\#(String(repeating: "la ", count: 200))""#

    static let lines: [(String, LineOutcome)] = [
        ("", .blank), (" \t\r", .blank), ("\u{FEFF}\r", .blank),
        ("\u{0}\u{0}\u{0}", .rejected(.notJSON)),
        ("[]", .rejected(.notAnObject)), ("42", .rejected(.notAnObject)),
        ("null", .rejected(.notAnObject)), (#""text""#, .rejected(.notAnObject)),
        (long, .rejected(.notAnObject)), ("[\(long)]", .rejected(.notAnObject)),
        ("not json", .rejected(.notJSON)), (String(long.dropLast()), .rejected(.notJSON)),
        (String(answer().dropLast()), .rejected(.notJSON)),
        (String(answer().dropLast(40)), .rejected(.notJSON)),
        (#"{"type":"user","content":\#(long)"#, .rejected(.notJSON)),
        (answer() + answer(), .rejected(.notJSON)), (answer() + "\u{0}", .rejected(.notJSON)),
        ("{}{}", .rejected(.notJSON)), (#"{"type":"user"}{"type":"user"}"#, .rejected(.notJSON)),
        ("\u{0}\u{0}" + answer(), .rejected(.notJSON)),
        ("\u{0}" + #"{"content":\#(long)}"#, .rejected(.notJSON)),
        (answer().replacing("10,", with: "010,"), .rejected(.notJSON)),
        (answer().replacing("Yes.", with: "Yes.\u{1}"), .rejected(.notJSON)),
        ("\u{FEFF}" + answer() + "\r", .call), (" " + answer() + " \r", .call),
        ("\u{FEFF}{\"content\":\(long)}\r", .other), (" {\"content\":\(long)} \r", .other),
    ]

    @Test(arguments: lines)
    func everyLineIsExactlyOneThing(line: String, expected: LineOutcome) {
        #expect(verdict(line) == expected)
    }

    @Test func invalidUTF8InACallIsRefused() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80]] {
            let halves = answer().split(separator: "Yes.").map { Array($0.utf8) }
            #expect(verdict(halves[0] + bytes + halves[1]) == .rejected(.invalidUTF8))
        }
    }

    static let counts = [
        "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens",
    ]
    static let badNumbers = [
        "-1", "1.5", "1e-3", #""5""#, "true", "[]", "{}", "9007199254740993", "1e400",
    ]

    @Test(arguments: counts, badNumbers)
    func aCountThatIsNoneRejectsTheLine(name: String, number: String) {
        #expect(verdict(answer(usage: #"{"\#(name)":\#(number)}"#)) == .rejected(.badTokens))
        let advice = #"{"iterations":[{"type":"advisor_message","\#(name)":\#(number)}]}"#
        #expect(verdict(answer(usage: advice)) == .rejected(.badTokens))
    }

    @Test(arguments: badNumbers)
    func aNestedCountThatIsNoneRejectsTheLine(number: String) {
        for usage in [
            #"{"cache_creation":{"ephemeral_5m_input_tokens":\#(number)}}"#,
            #"{"cache_creation":{"ephemeral_1h_input_tokens":\#(number)}}"#,
            #"{"output_tokens_details":{"thinking_tokens":\#(number)}}"#,
        ] {
            #expect(verdict(answer(usage: usage)) == .rejected(.badTokens), "\(usage)")
        }
        let searches = #"{"server_tool_use":{"web_search_requests":\#(number)}}"#
        #expect(verdict(answer(usage: searches)) == .rejected(.badValue))
    }

    @Test(arguments: ["5", "[]", #""x""#, "true"])
    func aSplitThatIsNoObjectRejectsTheLine(value: String) {
        #expect(
            verdict(answer(usage: usage(#""cache_creation":\#(value)"#))) == .rejected(.badTokens))
    }

    @Test(arguments: ["null", "0", "5.0", "5e0", "9007199254740992"])
    func aWholeNumberMayBeSpelledInAnyWay(number: String) {
        for name in Self.counts {
            #expect(verdict(answer(usage: #"{"\#(name)":\#(number)}"#)) == .call)
        }
    }

    static let times: [(String?, Rejection)] = [
        (nil, .noTimestamp), ("", .badTimestamp), ("yesterday", .badTimestamp),
        ("1999-12-31T23:59:59Z", .badTimestamp), ("2026-02-30T00:00:00Z", .badTimestamp),
    ]

    @Test(arguments: times)
    func aCallNeedsATime(time: String?, reason: Rejection) {
        #expect(verdict(answer(at: time)) == .rejected(reason))
    }

    @Test func aKeyMayBeRepeatedOnlyToSayTheSame() {
        #expect(verdict(answer(more: #","requestId":"r1""#)) == .call)
        #expect(verdict(answer(more: #","requestId":"r2""#)) == .rejected(.duplicateKey))
        #expect(verdict(answer(more: #","further":1,"further":2"#)) == .call)
        #expect(
            verdict(answer(usage: usage(#""input_tokens":11"#))) == .rejected(.duplicateKey))
    }

    // MARK: Limits

    private func nested(_ depth: Int) -> String {
        let opening = String(repeating: "[", count: depth)
        return answer(more: #","input":\#(opening)\#(String(repeating: "]", count: depth))"#)
    }

    @Test func aToolsInputMayBeNestedDeeplyButNotWithoutEnd() {
        #expect(verdict(nested(500)) == .call)
        #expect(verdict(nested(520)) == .rejected(.tooDeep))
        #expect(verdict(nested(1_000_000)) == .rejected(.tooDeep))
        #expect(verdict(String(repeating: "[", count: 1_000_000)) == .rejected(.tooDeep))
    }

    @Test func theLineIsBounded() {
        let line = Array(answer().utf8)
        let padding = [UInt8](repeating: 0x20, count: RecordLimits.lineBytes - line.count)
        #expect(verdict(line + padding) == .call)
        #expect(verdict(line + padding + [0x20]) == .rejected(.tooLong))
    }
}
