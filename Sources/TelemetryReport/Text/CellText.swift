import TelemetryFormat

/// Cells as people read them; shares of one column add up to what the column adds up to.
enum CellText {
    /// The texts of a table's rows, safe to print.
    static func rows(of table: Table) -> [[String]] {
        var texts = table.rows.map { $0.map(text) }
        for column in table.columns.indices {
            let shares = table.rows.compactMap { row -> Double?? in
                if case .share(let value) = row[column] { return .some(value) }
                return .none
            }
            guard shares.count == table.rows.count else { continue }
            for (row, text) in HumanText.shares(shares).enumerated() { texts[row][column] = text }
        }
        return texts
    }

    private static func text(_ cell: Cell) -> String {
        switch cell {
        case .name(let value): value.map(TerminalText.visible) ?? HumanText.unknown
        case .label(let value): value
        case .count(let value): value.map(HumanText.count) ?? HumanText.unknown
        case .money(let value): value.map(HumanText.money) ?? HumanText.unknown
        case .share(let value), .rate(let value):
            value.map(HumanText.share) ?? HumanText.unknown
        case .duration(let value):
            value.map { HumanText.duration(milliseconds: $0) } ?? HumanText.unknown
        case .number(let value): value.map(HumanText.number) ?? HumanText.unknown
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .decimal(let value): value ?? HumanText.unknown
        case .instant(let value): value.map(minute) ?? HumanText.unknown
        case .names(let values): values.map(TerminalText.visible).joined(separator: ", ")
        }
    }

    /// `2026-11-21 14:05`, in UTC.
    private static func minute(_ instant: Timestamp) -> String {
        let text = instant.iso8601
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }
}
