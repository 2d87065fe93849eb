import TelemetryFormat

/// Figures as people and as programs read them.
struct FigureReport {
    var figures: [Figure]

    /// Columns of a text, the numbers to the right.
    var table: String {
        var rows = [["what", "measured", "", "bar", "aim", "verdict"]]
        for figure in figures {
            let goal = figure.goal
            rows.append([
                figure.name, Self.text(figure.value), figure.unit.rawValue,
                goal.map { Self.text($0.bar) } ?? "", goal.map { Self.text($0.aim) } ?? "",
                figure.verdict.rawValue,
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return [1, 3, 4].contains(column) ? padding + cell.0 : cell.0 + padding
            }
            return cells.joined(separator: "  ")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `{"figures":[{"name":…,"value":…,"unit":…,"bar":…,"aim":…,"verdict":…}]}`
    var json: String {
        var json = JSONText()
        json.object { json in
            json.array("figures") { json in
                for figure in figures {
                    json.object {
                        $0.member("name", figure.name)
                        $0.member("value", figure.value)
                        $0.member("unit", figure.unit.rawValue)
                        $0.member("bar", figure.goal?.bar)
                        $0.member("aim", figure.goal?.aim)
                        $0.member("verdict", figure.verdict.rawValue)
                    }
                }
            }
        }
        return json.string + "\n"
    }

    /// Three digits that mean something, and no fraction of what is large.
    static func text(_ value: Double) -> String {
        let digits = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2
        let scale = [1.0, 10.0, 100.0][digits]
        let whole = Int((abs(value) * scale).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        if digits == 0 { return sign + String(whole) }
        let fraction = String(whole % Int(scale))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(whole / Int(scale)).\(zeros)\(fraction)"
    }
}
