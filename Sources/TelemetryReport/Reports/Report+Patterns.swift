import TelemetryFormat
package import TelemetryQuery

extension Report {
    /// The names of the rows of a heat map, Monday first.
    static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    /// The report of `patterns`.
    package init(_ answer: PatternsAnswer) {
        let peaks = answer.peakHours.map { HumanText.hours(from: $0.from, to: $0.to) }
        let facts = [
            Fact("Peak hours", peaks.isEmpty ? HumanText.unknown : peaks.joined(separator: ", ")),
            Fact("Most active day", answer.busiestWeekday ?? HumanText.unknown),
            Fact("Calls", Self.calls(answer.head.totals)),
        ]
        let operations = Table(
            title: "Common operations",
            columns: [
                Self.nameColumn(.operation), Column("Calls", key: "calls"),
                Column("Share", key: "call_share"),
            ],
            rows: answer.operations.map {
                [.name($0.key), .count($0.usage.usage.calls), .share($0.callShare)]
            })
        self.init(
            answer.head, title: "Usage patterns", facts: facts,
            tables: [operations, Self.heatMap(answer), Self.hours(answer)])
    }

    /// Seven rows of twenty-four shades, and each weekday's calls.
    private static func heatMap(_ answer: PatternsAnswer) -> Table {
        let most = answer.heatmap.joined().max() ?? 0
        let rows: [[Cell]] = zip(weekdays.indices, answer.heatmap).map { index, counts in
            let shades = counts.map { shade($0, of: most) }.joined()
            return [
                .label(String(weekdays[index].prefix(3))), .label(shades),
                .count(answer.byWeekday[index]),
            ]
        }
        return Table(
            title: "Calls by weekday and hour",
            columns: [
                Column("", key: "weekday", .left),
                Column("12am  6am   12pm  6pm", key: "hours", .left), Column("Calls", key: "calls"),
            ],
            rows: rows)
    }

    /// The hours that have calls, with a bar each.
    private static func hours(_ answer: PatternsAnswer) -> Table {
        let most = answer.byHour.max() ?? 0
        let rows: [[Cell]] = answer.byHour.enumerated().filter { $0.element > 0 }.map {
            let length = Int((Double($0.element) / Double(most) * 20).rounded(.up))
            return [
                .label(HumanText.hour($0.offset)), .count($0.element),
                .label(String(repeating: "█", count: length)),
            ]
        }
        return Table(
            title: "Calls by hour",
            columns: [
                Column("Hour", key: "hour"), Column("Calls", key: "calls"),
                Column("", key: "bar", .left, isEssential: false),
            ],
            rows: rows, showsColumnTitles: false)
    }

    /// A shade for a count: a dot for none, then four steps up to the largest.
    private static func shade(_ count: Int64, of most: Int64) -> String {
        guard count > 0, most > 0 else { return "·" }
        let shades = ["░", "▒", "▓", "█"]
        let step = Int((Double(count) / Double(most) * 4).rounded(.up)) - 1
        return shades[min(max(step, 0), 3)]
    }
}
