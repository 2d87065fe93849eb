import Foundation
import Testing

@Suite struct OutputTests {
    @Test(arguments: Program.queryCommands)
    func jsonIsOneDocumentWithTheCommonHead(command: String) throws {
        let answer = try QuestionTests.sandbox().json(command)
        #expect(answer.names.first == "schema_version")
        let head = [
            "schema_version", "command", "period", "store", "sources", "filters", "pricing",
            "totals", "unpriced_models", "notes",
        ]
        #expect(Set(head).isSubset(of: answer.names), "\(answer.names)")
        #expect(answer["command"]?.string == command)
    }

    @Test(arguments: Program.queryCommands)
    func everyFormatOfEveryQueryIsPrinted(command: String) throws {
        let sandbox = try QuestionTests.sandbox()
        for format in ["table", "json", "csv", "markdown"] {
            let outcome = try sandbox.run(command, "--format", format)
            #expect(outcome.succeeded, "\(format): \(outcome.errorText)")
            #expect(outcome.output.last == UInt8(ascii: "\n"))
            #expect(!outcome.text.contains("\u{1b}"), "\(format) is coloured in a file")
        }
    }

    @Test(arguments: Program.queryCommands)
    func csvIsRectangularAndInert(command: String) throws {
        let sandbox = try Fixture(name: "wide-names").sandbox()
        let outcome = try sandbox.run(command, "all", "--csv")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let rows = CSV.rows(outcome.text)
        #expect(rows.count > 1)
        #expect(Set(rows.map(\.count)).count == 1, "\(rows)")
        for cell in rows.joined() where Double(cell) == nil {
            let first = cell.first { $0 != " " }
            #expect(first.map { "=+-@\t\r\n".contains($0) } != true, "\(cell.debugDescription)")
        }
        #expect(outcome.text.utf8.contains(0x0d), "rows end with CRLF")
    }

    @Test func csvKeepsNamesAndNumbers() throws {
        let sandbox = try Fixture(name: "wide-names").sandbox()
        let rows = CSV.rows(try sandbox.run("agents", "all", "--csv").text)
        let header = try #require(rows.first)
        let name = try #require(header.firstIndex(of: "agent"))
        let cost = try #require(header.firstIndex(of: "cost_usd"))
        #expect(rows.contains { $0[name] == "研究助手" && $0[cost] == "0.001" })
        let projects = CSV.rows(try sandbox.run("projects", "all", "--csv").text)
        #expect(projects.joined().contains("comma, \"quote\""))
        #expect(projects.joined().contains("'=1+1"))
    }

    @Test func moneyIsPrintedToTheCent() throws {
        let sandbox = try Sandbox()
        var records = (0..<4).map { Record.numbered($0) }
        for (index, cost) in ["1.005", "0.004", "0", "46.311"].enumerated() {
            records[index].cost = cost
            records[index].project = "p\(index)"
        }
        try sandbox.log(records)
        let text = try sandbox.run("costs").text
        #expect(text.contains("$47.32"))
        #expect(text.contains("<$0.01"))
        #expect(text.contains("$0.00"))
        // Half-even: 1.005 goes to the even cent.
        #expect(text.contains("$1.00"))
        #expect(try sandbox.json("costs")["totals"]?["cost_usd"] == .number("47.32"))
    }

    // MARK: Files

    @Test(arguments: [["costs", "--json"], ["costs"], ["query", "SELECT 1", "--csv"]])
    func anExistingFileIsNotOverwritten(arguments: [String]) throws {
        let sandbox = try QuestionTests.sandbox()
        let file = sandbox.directory.appending(path: "out")
        let expected = try sandbox.run(arguments).output
        let first = try sandbox.run(arguments + ["--output", "out"])
        #expect(first.succeeded && first.output.isEmpty, "\(first.errorText)")
        #expect(Array(try Data(contentsOf: file)) == expected)

        try Data("mine".utf8).write(to: file)
        let second = try sandbox.run(arguments + ["--output", "out"])
        #expect(!second.succeeded)
        #expect(second.errorText.contains("out"))
        #expect(try Data(contentsOf: file) == Data("mine".utf8))
        #expect(try sandbox.run(arguments + ["--output", "out", "--force"]).succeeded)
        #expect(Array(try Data(contentsOf: file)) == expected)
        let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.directory.path())
        #expect(left.sorted() == [".llm-telemetry", "out"])
    }

    @Test func aFileInAMissingDirectoryIsAFailure() throws {
        let sandbox = try QuestionTests.sandbox()
        let outcome = try sandbox.run("costs", "--output", "nowhere/out")
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.contains("nowhere"))
    }

    // MARK: Terminals

    @Test(arguments: [40, 60, 80, 120], ["costs", "agents", "projects"])
    func tablesFitTheTerminal(columns: Int, command: String) throws {
        let sandbox = try Fixture(name: "wide-names").sandbox()
        let long = String(repeating: "a-very-long-name-", count: 20)
        var record = Record.numbered(77, at: "2025-01-27T10:00:00Z")
        record.agent = long
        record.project = long
        try sandbox.log([record])
        let terminal = try PseudoTerminal(columns: UInt16(columns))
        let (outcome, text) = try terminal.run(
            sandbox.invocation([command, "all", "--color=never"]))
        #expect(outcome.succeeded, "\(outcome.errorText)")
        // Numbers are never shortened: a table may be wider than forty columns, never than eighty.
        let limit = max(columns, 80)
        for line in text.split(whereSeparator: \.isNewline) where line.allSatisfy(\.isASCII) {
            #expect(line.count <= limit, "\(line)")
        }
        #expect(text.contains("$0.00") || text.contains("<$0.01"))
    }

    @Test(
        arguments: [
            ["NO_COLOR": "1"], ["TERM": "dumb"], ["NO_COLOR": "1", "TERM": "xterm-256color"],
        ])
    func aTerminalWithoutColourGetsNone(environment: [String: String]) throws {
        let sandbox = try QuestionTests.sandbox()
        let terminal = try PseudoTerminal(columns: 100)
        let (outcome, text) = try terminal.run(
            sandbox.invocation(["costs"], environment: environment))
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect(text.contains("Total cost"))
        #expect(!text.contains("\u{1b}"))
    }

    /// The user's own sketch of the three reports.
    @Test func theTextShowsWhatWasAskedFor() throws {
        let sandbox = try QuestionTests.sandbox()
        let wanted = [
            "costs": ["Last 30 days", "Total cost", "By model", "By project", "gpt-4o", "50"],
            "performance": ["Average response time", "P95 response time", "Slowest operations"],
            "patterns": ["Peak hours", "Most active day", "Monday", "Common operations"],
        ]
        for (command, texts) in wanted {
            let outcome = try sandbox.run(command)
            for text in texts {
                #expect(outcome.text.contains(text), "\(command): \(text)\n\(outcome.text)")
            }
        }
    }
}
