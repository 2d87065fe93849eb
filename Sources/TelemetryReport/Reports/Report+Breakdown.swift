import TelemetryFormat
package import TelemetryQuery

extension Report {
    /// The report of `costs`, of `models` and its like, of `daily` and its like.
    package init(_ answer: BreakdownAnswer) {
        let head = answer.head
        let total = Fact("Total cost", Self.cost(head.totals))
        if head.command == "costs" {
            self.init(head, facts: [total], tables: answer.breakdowns.map(Self.costs))
        } else {
            let tables = answer.breakdowns.map { breakdown in
                breakdown.dimension.isTime
                    ? Self.buckets(breakdown) : Self.ranking(breakdown, in: head.period.zone)
            }
            self.init(
                head, title: head.command.prefix(1).uppercased() + head.command.dropFirst(),
                facts: [total, Fact("Calls", Self.calls(head.totals))], tables: tables)
        }
    }

    private static func costs(_ breakdown: Breakdown) -> Table {
        Table(
            title: "By \(breakdown.dimension.rawValue)",
            columns: [
                nameColumn(breakdown.dimension), Column("Cost", key: "cost_usd"),
                Column("Share", key: "cost_share"), Column("Calls", key: "calls"),
            ],
            rows: breakdown.rows.map { row in
                [
                    name(row, breakdown.dimension), .money(row.usage.cost), .share(row.costShare),
                    .count(row.usage.usage.calls),
                ]
            })
    }

    private static func ranking(_ breakdown: Breakdown, in zone: DisplayZone) -> Table {
        Table(
            columns: [
                nameColumn(breakdown.dimension), Column("Calls", key: "calls"),
                Column("Share", key: "call_share", isEssential: false),
                Column("Success", key: "success_rate", isEssential: false),
                Column("Tokens", key: "total_tokens"), Column("Cost", key: "cost_usd"),
                Column("Cost share", key: "cost_share", isEssential: false),
                Column("Average", key: "mean_ms", isEssential: false),
                Column("P95", key: "p95_ms", isEssential: false),
                Column("First seen", key: "first_seen", .left, isEssential: false),
                Column("Last seen", key: "last_seen", .left, isEssential: false),
            ],
            rows: breakdown.rows.map { row in
                let usage = row.usage.usage
                return [
                    name(row, breakdown.dimension), .count(usage.calls), .share(row.callShare),
                    .rate(successRate(row.usage)), .count(usage.tokens.total),
                    .money(row.usage.cost), .share(row.costShare),
                    .duration(row.latency?.meanMilliseconds),
                    .duration(row.latency?.p95Milliseconds.map { Double($0) }),
                    .label(HumanText.minute(row.firstSeen, in: zone)),
                    .label(HumanText.minute(row.lastSeen, in: zone)),
                ]
            })
    }

    private static func buckets(_ breakdown: Breakdown) -> Table {
        var rows: [[Cell]] = []
        for row in breakdown.rows {
            rows.append(bucket(row, name: .label(row.key ?? HumanText.unknown)))
            for model in row.byModel ?? [] {
                rows.append(bucket(model, name: .name("  " + (model.key ?? "no model"))))
            }
        }
        return Table(
            columns: [
                nameColumn(breakdown.dimension), Column("Calls", key: "calls"),
                Column("Input", key: "input_tokens", isEssential: false),
                Column("Output", key: "output_tokens", isEssential: false),
                Column("Cache read", key: "cache_read_tokens", isEssential: false),
                Column("Cache write", key: "cache_write_tokens", isEssential: false),
                Column("Tokens", key: "total_tokens"), Column("Cost", key: "cost_usd"),
                Column("Models", key: "models", .name, isEssential: false),
            ],
            rows: rows)
    }

    private static func bucket(_ row: BreakdownRow, name: Cell) -> [Cell] {
        let usage = row.usage.usage
        return [
            name, .count(usage.calls), .count(usage.tokens.input), .count(usage.tokens.output),
            .count(usage.tokens.cacheRead), .count(usage.tokens.cacheWrite),
            .count(usage.tokens.total), .money(row.usage.cost), .names(row.models),
        ]
    }

    /// 0–1; nil without calls.
    static func successRate(_ usage: PricedUsage) -> Double? {
        guard usage.usage.calls > 0 else { return nil }
        return 1 - Double(usage.usage.failed) / Double(usage.usage.calls)
    }

    static func nameColumn(_ dimension: Dimension) -> Column {
        let key = dimension.key
        return Column(key.prefix(1).uppercased() + key.dropFirst(), key: key, .name)
    }

    static func name(_ row: BreakdownRow, _ dimension: Dimension) -> Cell {
        dimension.isTime ? .label(row.key ?? HumanText.unknown) : .name(row.key)
    }
}
