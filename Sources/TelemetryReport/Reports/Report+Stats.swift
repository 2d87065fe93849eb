import TelemetryFormat
package import TelemetryQuery

extension Report {
    /// The report of `stats`.
    package init(_ answer: StatsAnswer) {
        let totals = answer.head.totals
        let usage = totals.usage
        var facts = [
            Fact("Total cost", Self.cost(totals)),
            Fact("Calls", Self.calls(totals)),
            Fact("Tokens", HumanText.count(usage.tokens.total)),
            Fact("Sessions", HumanText.count(answer.sessions)),
            Fact("Models", HumanText.count(answer.models)),
        ]
        facts += Self.responseTimes(answer.latency)
        if let previous = answer.previous {
            facts.append(Fact("Period before", Self.comparison(totals, previous)))
        }
        self.init(answer.head, facts: facts, tables: [Self.tokens(totals)])
    }

    /// `$47.32`, or `–` when nothing could be priced.
    static func cost(_ usage: PricedUsage) -> String {
        guard let cost = usage.cost else { return HumanText.unknown }
        if usage.unpricedCalls == 0 { return HumanText.money(cost) }
        let unpriced = HumanText.plural(usage.unpricedCalls, "call")
        return "\(HumanText.money(cost)) (\(unpriced) without a price)"
    }

    static func calls(_ usage: PricedUsage) -> String {
        let calls = HumanText.count(usage.usage.calls)
        guard usage.usage.failed > 0 else { return calls }
        return "\(calls) (\(HumanText.count(usage.usage.failed)) failed)"
    }

    /// Average and percentiles, each `–` when no call says how long it took.
    static func responseTimes(_ latency: LatencySummary) -> [Fact] {
        [
            Fact("Average response time", duration(latency.meanMilliseconds)),
            Fact("P50 response time", duration(latency.p50Milliseconds)),
            Fact("P95 response time", duration(latency.p95Milliseconds)),
            Fact("P99 response time", duration(latency.p99Milliseconds)),
            Fact("Longest response time", duration(latency.maximumMilliseconds)),
        ]
    }

    static func duration(_ milliseconds: Int64?) -> String {
        duration(milliseconds.map { Double($0) })
    }

    static func duration(_ milliseconds: Double?) -> String {
        milliseconds.map { HumanText.duration(milliseconds: $0) } ?? HumanText.unknown
    }

    private static func tokens(_ usage: PricedUsage) -> Table {
        let tokens = usage.usage.tokens
        let kinds: [(String, Int64)] = [
            ("input", tokens.input), ("output", tokens.output), ("cache read", tokens.cacheRead),
            ("cache write", tokens.cacheWrite), ("reasoning (in output)", tokens.reasoning),
        ]
        return Table(
            title: "Tokens by kind",
            columns: [Column("Kind", key: "kind", .left), Column("Tokens", key: "tokens")],
            rows: kinds.map { [.label($0.0), .count($0.1)] }, showsColumnTitles: false)
    }

    private static func comparison(_ now: PricedUsage, _ before: PricedUsage) -> String {
        var parts = [
            HumanText.plural(before.usage.calls, "call")
                + change(Double(now.usage.calls), Double(before.usage.calls))
        ]
        if let cost = before.cost {
            let then = Double(cost.units)
            let change = now.cost.map { Self.change(Double($0.units), then) } ?? ""
            parts.append(HumanText.money(cost) + change)
        }
        return parts.joined(separator: ", ")
    }

    /// ` (now +12.5%)`; nothing when there is nothing to compare with.
    private static func change(_ now: Double, _ before: Double) -> String {
        guard before > 0 else { return "" }
        let change = now / before - 1
        return " (now \(change < 0 ? "" : "+")\(HumanText.share(change)))"
    }
}
