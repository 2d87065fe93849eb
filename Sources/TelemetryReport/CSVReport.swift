import TelemetryFormat

/// Tables as comma-separated values: RFC 4180 with a heading line, lines ended by CR LF, and text
/// that a spreadsheet would take for a formula defused with a leading apostrophe. Control and
/// bidirectional characters are made visible, except tabs and the ends of lines.
package enum CSVReport {
    /// The whole file.
    package static func text(_ table: Table) -> String {
        var text = line(table.columns.map { field($0.key) })
        for row in table.rows { text += line(row.map(field)) }
        return text
    }

    private static func line(_ fields: [String]) -> String {
        fields.joined(separator: ",") + "\r\n"
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .name(let value): value.map(field) ?? ""
        case .label(let value): field(value)
        case .count(let value): value.map { String($0) } ?? ""
        case .money(let value): value.map(\.jsonNumber) ?? ""
        case .share(let value), .rate(let value), .duration(let value), .number(let value):
            value.map(number) ?? ""
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .decimal(let value): value ?? ""
        case .instant(let value): value?.iso8601 ?? ""
        case .names(let values): field(values.joined(separator: " "))
        }
    }

    private static func number(_ value: Double) -> String {
        value.isFinite ? JSONValue.numberText(value) : ""
    }

    /// A text field, defused and, where it must be, in quotes.
    private static func field(_ text: String) -> String {
        let visible = visible(text)
        let safe = looksLikeFormula(visible) ? "'" + visible : visible
        let needsQuotes = safe.unicodeScalars.contains {
            $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n"
        }
        guard needsQuotes || safe.first == " " || safe.last == " " else { return safe }
        var quoted = "\""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// The text as a terminal may show it, too: much CSV is looked at before it becomes a file.
    private static func visible(_ text: String) -> String {
        if TerminalText.visible(text) == text { return text }
        return text.unicodeScalars.reduce(into: "") { visible, scalar in
            let isLayout = scalar == "\t" || scalar == "\r" || scalar == "\n"
            visible += isLayout ? String(scalar) : TerminalText.visible(String(scalar))
        }
    }

    /// Whether a spreadsheet may take the text for a formula (OWASP ASVS 1.2.10): it begins, after
    /// anything that it shows as space, with one of these.
    private static func looksLikeFormula(_ text: String) -> Bool {
        let first = text.unicodeScalars.first { scalar in
            let isBreak = scalar == "\t" || scalar == "\r" || scalar == "\n"
            return isBreak || !(scalar.properties.isWhitespace || scalar == "\u{FEFF}")
        }
        return switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }
}
