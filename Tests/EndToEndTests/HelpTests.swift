import Testing

/// Every option that is promised stands in the help of its command.
@Suite struct HelpTests {
    private static let reading = ["--dir", "--source", "--json", "--now", "--timezone"]
    private static let query =
        reading + [
            "--days", "--since", "--until", "--week-start", "--model", "--agent", "--project",
            "--operation", "--session", "--user", "--provider", "--status", "--mode", "--csv",
            "--format", "--output", "--force", "--order", "--sort", "--top", "--no-sync",
            "--quiet", "--verbose", "--color", "--raw-models",
        ]
    private static let promised: [String: [String]] = [
        "costs": query + ["--by", "today", "yesterday", "week", "month", "year", "all"],
        "daily": query + ["--breakdown"],
        "hourly": query + ["--breakdown"],
        "log": [
            "--agent", "--operation", "--model", "--input-tokens", "--output-tokens",
            "--cache-read-tokens", "--cache-write-tokens", "--reasoning-tokens", "--duration-ms",
            "--cost-usd", "--error", "--session", "--user", "--project", "--msg-id", "--req-id",
            "--timestamp", "--prompt-file", "--response-file", "--metadata", "--best-effort",
        ],
        "prune": ["--dry-run", "--archived", "--dir"],
        "verify": ["--json", "--dir"],
        "cache-sync": ["--source", "--rebuild", "--verify", "--json", "--dir"],
        "doctor": ["--json", "--dir"],
        "query": ["--format", "--json", "--csv", "--schema", "--no-sync", "--output", "--force"],
        "pricing": [],
        "sessions": query + ["ID", "PERIOD"],
        "demo": [], "version": [], "help": [],
    ]

    @Test(arguments: Array(promised.keys) + Program.queryCommands)
    func helpNamesEveryOption(command: String) throws {
        let outcome = try Sandbox().run("help", command)
        #expect(outcome.succeeded, "\(outcome.errorText)")
        for option in Self.promised[command] ?? Self.query {
            #expect(outcome.text.contains(option), "\(command): \(option)")
        }
        if command != "pricing" {
            #expect(try Sandbox().run(command, "--help").text == outcome.text)
        }
    }

    @Test func theOverviewNamesEveryCommand() throws {
        let text = try Sandbox().run("help").text
        for command in Array(Self.promised.keys) + Program.queryCommands {
            #expect(text.contains("\n  \(command)"), "\(command)")
        }
        #expect(try Sandbox().run("--help").text == text)
    }

    @Test func helpFitsATerminal() throws {
        for command in Array(Self.promised.keys) {
            for line in try Sandbox().run("help", command).text.split(separator: "\n") {
                #expect(line.count <= 100, "\(command): \(line)")
            }
        }
    }
}
