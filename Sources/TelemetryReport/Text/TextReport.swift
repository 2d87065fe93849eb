import TelemetryFormat

/// Reports and tables as text for a terminal.
package struct TextReport: Sendable {
    /// Columns of the terminal; nil = any width.
    package var width: Int?
    package var style: Style

    package init(width: Int? = nil, style: Style = .plain) {
        self.width = width
        self.style = style
    }

    /// A whole report, with a newline at the end of each line.
    package func text(_ report: Report) -> String {
        guard let title = report.title else { return report.tables.map(text).joined() }
        var lines = [heading(title, report.subtitle)]
        for fact in report.facts {
            lines.append("  \(fact.label): \(TerminalText.visible(fact.text))")
        }
        for table in report.tables where !table.rows.isEmpty {
            lines.append("")
            if let title = table.title { lines.append("  " + style.bold(title + ":")) }
            lines += self.lines(table, indentation: table.title == nil ? 2 : 4)
        }
        if !report.notes.isEmpty { lines.append("") }
        for note in report.notes {
            lines.append("  " + style.warning("Note: " + TerminalText.visible(note)))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A table alone.
    private func text(_ table: Table) -> String {
        lines(table, indentation: 0).map { $0 + "\n" }.joined()
    }

    private func heading(_ title: String, _ subtitle: String) -> String {
        let title = style.bold(TerminalText.visible(title))
        return subtitle.isEmpty
            ? title : title + style.faint("  (\(TerminalText.visible(subtitle)))")
    }

    private func lines(_ table: Table, indentation: Int) -> [String] {
        let space = String(repeating: " ", count: indentation)
        return TextTable(table, width: width.map { $0 - indentation }).lines(style)
            .map { $0.isEmpty ? "" : space + $0 }
    }
}
