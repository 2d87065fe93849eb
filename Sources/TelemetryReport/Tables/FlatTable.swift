import TelemetryFormat
package import TelemetryQuery

/// Answers as one rectangle of plain values each, for CSV: one row a group, no totals among them.
extension Table {
    /// `stats`: one row for the period and one for the period before.
    package init(flat answer: StatsAnswer) {
        let latency = answer.latency
        var rows: [[Cell]] = [
            [.label("current")] + Self.usage(answer.head.totals)
                + [.count(answer.sessions), .count(answer.models)] + Self.latency(latency)
        ]
        if let previous = answer.previous {
            rows.append(
                [.label("previous")] + Self.usage(previous) + [.count(nil), .count(nil)]
                    + Self.latency(nil))
        }
        self.init(
            columns: [Self.column("period", .left)] + Self.usageColumns
                + [Self.column("sessions"), Self.column("models")] + Self.latencyColumns,
            rows: rows)
    }

    /// `costs`, `models` and its like, `daily` and its like; with a row per model where there is a
    /// breakdown by model.
    package init(flat answer: BreakdownAnswer) {
        if answer.head.command == "costs" {
            self.init(costs: answer.breakdowns)
        } else if let breakdown = answer.breakdowns.first {
            self =
                breakdown.dimension.isTime
                ? Self.buckets(breakdown) : Self.ranking(breakdown)
        } else {
            self.init(columns: [], rows: [])
        }
    }

    /// `performance`: the overall row, then one per operation and per model.
    package init(flat answer: PerformanceAnswer) {
        func row(_ kind: String, _ row: PerformanceAnswer.Row) -> [Cell] {
            [.label(kind), .name(row.key), .count(row.calls), .count(row.failed)]
                + Self.latency(row.latency) + [.number(row.outputTokensPerSecond)]
        }
        self.init(
            columns: [
                Self.column("by", .left), Self.column("name", .name), Self.column("calls"),
                Self.column("failed"),
            ] + Self.latencyColumns + [Self.column("output_tokens_per_second")],
            rows: [row("all", answer.overall)] + answer.byOperation.map { row("operation", $0) }
                + answer.byModel.map { row("model", $0) })
    }

    /// `patterns`: one row per weekday and hour.
    package init(flat answer: PatternsAnswer) {
        var rows: [[Cell]] = []
        for (weekday, counts) in zip(Report.weekdays, answer.heatmap) {
            for (hour, count) in counts.enumerated() {
                rows.append([.label(weekday), .count(Int64(hour)), .count(count)])
            }
        }
        self.init(
            columns: [
                Self.column("weekday", .left), Self.column("hour"), Self.column("calls"),
            ], rows: rows)
    }

    private init(costs breakdowns: [Breakdown]) {
        self.init(
            columns: [Self.column("by", .left), Self.column("name", .name)] + Self.usageColumns
                + [Self.column("cost_share")],
            rows: breakdowns.flatMap { breakdown in
                breakdown.rows.map { row in
                    [.label(breakdown.dimension.rawValue), .name(row.key)]
                        + Self.usage(row.usage) + [.share(row.costShare)]
                }
            })
    }

    private static func ranking(_ breakdown: Breakdown) -> Table {
        Table(
            columns: [column(breakdown.dimension.key, .name)] + usageColumns
                + [column("call_share"), column("cost_share")] + latencyColumns
                + [column("first_seen", .left), column("last_seen", .left)],
            rows: breakdown.rows.map { row in
                [.name(row.key)] + usage(row.usage)
                    + [.share(row.callShare), .share(row.costShare)] + latency(row.latency)
                    + [.instant(row.firstSeen), .instant(row.lastSeen)]
            })
    }

    private static func buckets(_ breakdown: Breakdown) -> Table {
        let hasModels = breakdown.rows.contains { $0.byModel != nil }
        var rows: [[Cell]] = []
        for row in breakdown.rows {
            guard let byModel = row.byModel else {
                rows.append([.name(row.key)] + usage(row.usage) + [.names(row.models)])
                continue
            }
            rows += byModel.map { [.name(row.key)] + usage($0.usage) + [.name($0.key)] }
        }
        return Table(
            columns: [column(breakdown.dimension.key, .left)] + usageColumns
                + [column(hasModels ? "model" : "models", .name)],
            rows: rows)
    }
}
