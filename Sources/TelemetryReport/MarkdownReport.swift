import TelemetryFormat

/// Reports and tables in Markdown with GitHub's tables.
package enum MarkdownReport {
    /// A whole report.
    package static func text(_ report: Report) -> String {
        guard let title = report.title else { return report.tables.map(text).joined() }
        var text = "## \(escaped(title))\n"
        if !report.subtitle.isEmpty { text += "\n\(escaped(report.subtitle))\n" }
        if !report.facts.isEmpty { text += "\n" }
        for fact in report.facts { text += "- \(escaped(fact.label)): \(escaped(fact.text))\n" }
        for table in report.tables where !table.rows.isEmpty {
            if let title = table.title { text += "\n### \(escaped(title))\n" }
            text += "\n" + self.text(table)
        }
        for note in report.notes { text += "\n> \(escaped(note))\n" }
        return text
    }

    /// A table alone.
    private static func text(_ table: Table) -> String {
        let rules = table.columns.map { $0.alignment == .right ? "---:" : "---" }
        let rows =
            [table.columns.map { escaped($0.title) }, rules]
            + CellText.rows(of: table).map { $0.map(escaped) }
        return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }

    /// Text that Markdown shows as it is: no markup, no HTML, no end of the cell or line.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in TerminalText.visible(text).unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\n", "\r", "\t": result += " "
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!":
                result += "\\"
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
