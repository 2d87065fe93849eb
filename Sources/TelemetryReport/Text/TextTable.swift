import TelemetryFormat

/// Lays a table out in columns of a fixed-width font. Where the width does not suffice, names are
/// shortened, then columns that are not essential are left out; numbers stay whole.
struct TextTable {
    /// Spaces between columns.
    private static let gap = 2
    /// Names are not shortened below this: less says nothing.
    private static let narrowestName = 12

    private var columns: [Column]
    private var rows: [[String]]
    private var widths: [Int]
    private let titles: Bool

    /// A layout no wider than so many columns of the terminal, as far as possible; nil = any width.
    init(_ table: Table, width: Int?) {
        columns = table.columns
        rows = CellText.rows(of: table)
        titles = table.showsColumnTitles
        widths = []
        for (index, column) in columns.enumerated() {
            let title = titles ? TerminalText.width(TerminalText.visible(column.title)) : 0
            widths.append(rows.reduce(title) { max($0, TerminalText.width($1[index])) })
        }
        if let width { fit(width) }
    }

    /// The lines, without spaces at their ends.
    func lines(_ style: Style = .plain) -> [String] {
        var lines: [String] = []
        if titles {
            lines.append(style.faint(line(columns.map { TerminalText.visible($0.title) })))
        }
        return lines + rows.map(line)
    }

    private func line(_ cells: [String]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            let isName = columns[index].alignment == .name
            let shown = isName ? TerminalText.shortened(cell, to: widths[index]) : cell
            let space = String(
                repeating: " ", count: max(0, widths[index] - TerminalText.width(shown)))
            if index > 0 { text += String(repeating: " ", count: Self.gap) }
            text += columns[index].alignment == .right ? space + shown : shown + space
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    private var totalWidth: Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

    private var narrowestWidth: Int {
        var total = Self.gap * max(0, widths.count - 1)
        for (column, width) in zip(columns, widths) {
            total += column.alignment == .name ? min(width, Self.narrowestName) : width
        }
        return total
    }

    private mutating func fit(_ width: Int) {
        while narrowestWidth > width, let index = columns.lastIndex(where: { !$0.isEssential }) {
            columns.remove(at: index)
            widths.remove(at: index)
            for row in rows.indices { rows[row].remove(at: index) }
        }
        while totalWidth > width {
            let widest = columns.indices
                .filter { columns[$0].alignment == .name && widths[$0] > Self.narrowestName }
                .max { widths[$0] < widths[$1] }
            guard let widest else { return }
            widths[widest] -= 1
        }
    }
}
