import Foundation
import Testing

@testable import TelemetryIndex

@Suite struct AgentRootsTests {
    /// Directories that are there, and what a link leads to.
    private static let directories: [String: String] = [
        "/h/.claude/projects": "/h/.claude/projects",
        "/h/.config/claude/projects": "/h/.config/claude/projects",
        "/h/.codex": "/h/.codex", "/a": "/a", "/a/projects": "/a/projects",
        "/b": "/b", "/link": "/a", "/link/projects": "/a/projects", "/projects": "/projects",
        "/x/claude/projects": "/x/claude/projects", "/h/w": "/h/w",
        "/h/w/projects": "/h/w/projects",
    ]

    private func roots(_ environment: [String: String]) -> AgentRoots {
        AgentRoots(environment) { Self.directories[$0] }
    }

    static let claude: [(String, [String: String], [String])] = [
        (
            "both defaults", ["HOME": "/h"],
            ["/h/.config/claude/projects", "/h/.claude/projects"]
        ),
        (
            "another configuration directory", ["HOME": "/h", "XDG_CONFIG_HOME": "/x"],
            ["/x/claude/projects", "/h/.claude/projects"]
        ),
        (
            "a relative one", ["HOME": "/h", "XDG_CONFIG_HOME": "x"],
            ["/h/.config/claude/projects", "/h/.claude/projects"]
        ),
        (
            "empty variables", ["HOME": "/h", "XDG_CONFIG_HOME": "", "CLAUDE_CONFIG_DIR": ""],
            ["/h/.config/claude/projects", "/h/.claude/projects"]
        ),
        (
            "a list of nothing", ["HOME": "/h", "CLAUDE_CONFIG_DIR": " , "],
            ["/h/.config/claude/projects", "/h/.claude/projects"]
        ),
        ("no home", [:], []),
        (
            "a home without logs", ["HOME": "/nobody"],
            ["/nobody/.config/claude/projects", "/nobody/.claude/projects"]
        ),
        ("a named directory alone", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/a"], ["/a/projects"]),
        ("its projects", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/a/projects/"], ["/a/projects"]),
        (
            "a list", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/a, ,~/w ,/a/projects"],
            ["/a/projects", "/h/w/projects"]
        ),
        ("a link to a named one", ["CLAUDE_CONFIG_DIR": "/a,/link"], ["/a/projects"]),
        ("a link alone", ["CLAUDE_CONFIG_DIR": "/link"], ["/a/projects"]),
        ("one without projects", ["CLAUDE_CONFIG_DIR": "/b"], ["/b/projects"]),
        ("a link to one without", ["CLAUDE_CONFIG_DIR": "/link/b"], ["/a/b/projects"]),
        ("a missing one", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "/no"], ["/no/projects"]),
        ("missing projects", ["CLAUDE_CONFIG_DIR": "/no/projects"], ["/no/projects"]),
        ("home itself", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "~"], ["/h/projects"]),
        ("a tilde without home", ["CLAUDE_CONFIG_DIR": "~/w"], ["~/w/projects"]),
        ("somebody else's home", ["HOME": "/h", "CLAUDE_CONFIG_DIR": "~w"], ["~w/projects"]),
        ("the root directory", ["CLAUDE_CONFIG_DIR": "/"], ["/projects"]),
    ]

    @Test(arguments: claude)
    func findsTheDirectoriesOfClaudeCode(
        situation: String, environment: [String: String], expected: [String]
    ) {
        #expect(roots(environment).claude == expected, "\(situation)")
    }

    /// Twins speak for logs that are gone, so the name of a directory must outlive it.
    @Test func aDirectoryHasTheSameNameWhenItIsGone() throws {
        let place = try TemporaryStore()
        try place.write("real/.claude/projects/p/s.jsonl", "")
        try place.write("real/.codex/sessions/s.jsonl", "")
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/home", withDestinationPath: "real")
        let home = ["HOME": place.path + "/home"]
        let named = ["CLAUDE_CONFIG_DIR": "\(place.path)/home/.claude"]
        let roots = {
            AgentRoots.claude(environment: home) + AgentRoots.claude(environment: named)
                + AgentRoots.codex(environment: home)
        }
        let before = roots()
        #expect(before.contains { $0.hasSuffix("/real/.claude/projects") })
        try place.remove("real/.claude")
        try place.remove("real/.codex")
        #expect(roots() == before)
    }

    @Test(
        arguments: [
            ([:], []), (["CODEX_HOME": "/no"], [.codex]), (["CLAUDE_CONFIG_DIR": " , "], []),
            (["CLAUDE_CONFIG_DIR": "/a", "CODEX_HOME": "/b"], [.claude, .codex]),
        ] as [([String: String], Set<SourceKind>)])
    func tellsWhichDirectoriesAreNamed(environment: [String: String], named: Set<SourceKind>) {
        #expect(AgentRoots.named(environment: environment) == named)
    }

    static let codex: [(String, [String: String], [String])] = [
        ("the default", ["HOME": "/h"], ["/h/.codex"]), ("no home", [:], []),
        ("a named one alone", ["HOME": "/h", "CODEX_HOME": "/a"], ["/a"]),
        ("a list", ["HOME": "/h", "CODEX_HOME": "~/w,/a/,/link,/no"], ["/h/w", "/a", "/no"]),
        ("a home without logs", ["HOME": "/nobody"], ["/nobody/.codex"]),
        ("an empty list", ["HOME": "/h", "CODEX_HOME": ","], ["/h/.codex"]),
    ]

    @Test(arguments: codex)
    func findsTheDirectoriesOfCodex(
        situation: String, environment: [String: String], expected: [String]
    ) {
        #expect(roots(environment).codex == expected, "\(situation)")
    }

    @Test func resolvesLinksOnDisk() throws {
        let home = try TemporaryStore()
        try home.write("real/projects/p/s.jsonl", "")
        try home.write("file", "")
        try FileManager.default.createSymbolicLink(
            atPath: home.path + "/.claude", withDestinationPath: "real")
        let environment = ["HOME": home.path, "CLAUDE_CONFIG_DIR": "~/.claude,~/real"]
        let real = try #require(AgentRoots.existingDirectory(home.path + "/real"))
        #expect(AgentRoots.claude(environment: environment) == [real + "/projects"])
        let defaults = AgentRoots.claude(environment: ["HOME": home.path])
        #expect(defaults.last == real + "/projects")
        #expect(AgentRoots.existingDirectory(home.path + "/file") == nil)
        #expect(AgentRoots.existingDirectory(home.path + "/missing") == nil)
    }
}
