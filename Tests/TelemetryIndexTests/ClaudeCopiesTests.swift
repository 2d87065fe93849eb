import Testing

@testable import TelemetryIndex

/// Rules 1 and 3 to 5: which lines of one message id are one call.
@Suite struct ClaudeCopiesTests {
    /// `r1@s1` = request r1 in session s1, `-@s1` = no request id, `~` in front = sidechain.
    private func copy(_ text: Substring) -> ClaudeCopy {
        let parts = text.drop { $0 == "~" }.split(separator: "@")
        return ClaudeCopy(
            requestID: parts[0] == "-" ? nil : String(parts[0]), session: String(parts[1]),
            isSidechain: text.hasPrefix("~"))
    }

    /// What is decided, each call as the sorted list of its lines, replays last behind a `!`.
    private func decision(_ lines: [Substring]) -> [String] {
        let verdicts = ClaudeCopies.decide(lines.map(copy))
        let groups = Dictionary(grouping: zip(lines, verdicts), by: \.1)
        return groups.map { verdict, lines in
            (verdict == .replay ? "!" : "") + lines.map(\.0).sorted().joined(separator: " ")
        }.sorted { ($0.hasPrefix("!") ? 1 : 0, $0) < ($1.hasPrefix("!") ? 1 : 0, $1) }
    }

    /// The lines, and the calls and replays that they are.
    static let situations: [(String, lines: String, [String])] = [
        ("nothing", "", []),
        ("one line", "r1@s1", ["r1@s1"]),
        // Rule 1
        ("one answer in several lines", "r1@s1 r1@s1 r1@s1", ["r1@s1 r1@s1 r1@s1"]),
        ("an id for two requests", "r1@s1 r2@s1", ["r1@s1", "r2@s1"]),
        // Rule 3
        ("a gateway's answer in several lines", "-@s1 -@s1", ["-@s1 -@s1"]),
        ("a gateway that uses an id twice", "-@s1 -@s2", ["-@s1", "-@s2"]),
        ("with and without request id", "-@s1 r1@s1 -@s1", ["-@s1 -@s1 r1@s1"]),
        ("the smallest of several requests", "r2@s1 -@s1 r1@s1", ["-@s1 r1@s1", "r2@s1"]),
        ("bytes decide which is the smallest", "r10@s1 -@s1 r9@s1", ["-@s1 r10@s1", "r9@s1"]),
        ("a request of another session", "-@s1 r1@s2", ["-@s1", "r1@s2"]),
        (
            "requests that join sessions", "-@s1 r1@s1 r1@s2 -@s2 -@s3",
            ["-@s1 -@s2 r1@s1 r1@s2", "-@s3"]
        ),
        ("texts that look alike", "\u{E9}@s1 e\u{301}@s1", ["e\u{301}@s1", "\u{E9}@s1"]),
        ("sessions that look alike", "-@\u{E9} -@e\u{301}", ["-@e\u{301}", "-@\u{E9}"]),
        // Rule 4
        ("a resumed session", "r1@s1 r1@s2 r1@s3", ["r1@s1 r1@s2 r1@s3"]),
        // Rule 5
        ("a side question", "r1@s1 ~r2@s1", ["r1@s1", "!~r2@s1"]),
        ("many side questions", "r1@s1 ~r2@s1 ~r3@s1 ~r2@s1", ["r1@s1", "!~r2@s1 ~r2@s1 ~r3@s1"]),
        ("a side question of a gateway", "-@s1 ~r2@s1", ["-@s1", "!~r2@s1"]),
        ("a side question without request id", "r1@s1 ~-@s1", ["r1@s1", "!~-@s1"]),
        ("a side question in the same request", "r1@s1 ~r1@s1", ["r1@s1 ~r1@s1"]),
        ("a gateway's side question", "-@s1 ~-@s1", ["-@s1", "!~-@s1"]),
        (
            "the parent with and without request id", "-@s1 r1@s1 ~-@s1 ~r2@s1",
            ["-@s1 r1@s1", "!~-@s1 ~r2@s1"]
        ),
        ("a subagent's call", "~r1@s1", ["~r1@s1"]),
        ("a subagent's calls in one session", "~r1@s1 ~r2@s1", ["~r1@s1", "~r2@s1"]),
        ("the parent in another session", "r1@s1 ~r2@s2", ["r1@s1", "~r2@s2"]),
        (
            "a resumed session with its side question", "r1@s1 ~r2@s1 r1@s2 ~r2@s2",
            ["r1@s1 r1@s2", "!~r2@s1 ~r2@s2"]
        ),
        (
            "a side question copied without its parent", "r1@s1 ~r2@s1 ~r2@s2",
            ["r1@s1", "!~r2@s1 ~r2@s2"]
        ),
        (
            "a side question that is somebody's own line", "r1@s1 ~r2@s1 r2@s2",
            ["r1@s1", "r2@s2", "!~r2@s1"]
        ),
        (
            "a replay gives nobody its request", "-@s1 ~r2@s1 -@s1 r2@s2",
            ["-@s1 -@s1", "r2@s2", "!~r2@s1"]
        ),
    ]

    @Test(arguments: situations)
    func decidesWhichLinesAreOneCall(situation: String, lines: String, expected: [String]) {
        let lines = lines.split(separator: " ")
        #expect(decision(lines) == expected, "\(situation)")
    }

    @Test(arguments: situations)
    func theOrderOfTheLinesDoesNotMatter(situation: String, lines: String, expected: [String]) {
        var lines = lines.split(separator: " ")
        for _ in lines.indices {
            lines.append(lines.removeFirst())
            #expect(decision(lines) == expected, "\(situation): \(lines)")
            #expect(decision(lines.reversed()) == expected, "\(situation): \(lines) reversed")
        }
    }

    @Test func manyCopiesTakeNoTime() {
        let lines = (0..<50_000).map {
            ClaudeCopy(requestID: "r\($0 % 100)", session: "s\($0 % 1_000)")
        }
        #expect(Set(ClaudeCopies.decide(lines)).count == 100)
    }
}
