import Foundation
import Testing

@testable import TelemetryCLI

/// `docs/command-line.md` says what the option tables say. To write its tables anew, run this suite
/// with `UPDATE_DOCS=1`.
@Suite struct DocumentationTests {
    private static let begin = "<!-- from the option tables: begin -->\n"
    private static let end = "<!-- from the option tables: end -->\n"

    @Test func theCommandLineIsDocumented() throws {
        var path = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { path.deleteLastPathComponent() }
        path.append(path: "docs/command-line.md")
        let text = try String(contentsOf: path, encoding: .utf8)
        let parts = text.components(separatedBy: Self.begin)
        try #require(parts.count == 2)
        let rest = parts[1].components(separatedBy: Self.end)
        try #require(rest.count == 2)
        if ProcessInfo.processInfo.environment["UPDATE_DOCS"] != nil {
            let new = parts[0] + Self.begin + Self.tables + Self.end + rest[1]
            try new.write(to: path, atomically: true, encoding: .utf8)
        } else {
            #expect(rest[0] == Self.tables, "run the suite with UPDATE_DOCS=1")
        }
    }

    private static var tables: String {
        let query = OptionTable.query.filter { !OptionTable.reading.contains($0) }
        var text = "\n### Options of every command that reads\n\n" + table(OptionTable.reading)
        text += "\n### Options of every query over calls\n\n" + table(query)
        for command in CommandTable.specs {
            text += "\n### `\(command.usage)`\n\n"
            text += command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".\n"
            let isQuery = query.allSatisfy { command.options.contains($0) }
            let isReading = OptionTable.reading.allSatisfy { command.options.contains($0) }
            let shared = isQuery ? OptionTable.query : isReading ? OptionTable.reading : []
            if !shared.isEmpty {
                text += "With the options of every \(isQuery ? "query" : "command that reads").\n"
            }
            let own = command.options.filter { !shared.contains($0) && $0 != OptionTable.help }
            let operands = command.operands.map { ($0.name, $0.summary) }
            if !own.isEmpty || !operands.isEmpty {
                text += "\n" + table(own, operands: operands)
            }
        }
        return text + "\n"
    }

    private static func table(
        _ options: [OptionSpec], operands: [(String, String)] = []
    ) -> String {
        var text = "| option | meaning |\n|---|---|\n"
        for (name, summary) in operands { text += "| `\(name)` | \(summary) |\n" }
        for option in options {
            let usage = option.usage.replacing("|", with: "\\|")
            text +=
                "| `\(usage)` | \(option.summary)\(option.isRepeatable ? " (repeatable)" : "") |\n"
        }
        return text
    }
}
