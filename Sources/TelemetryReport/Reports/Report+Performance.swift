import TelemetryFormat
package import TelemetryQuery

extension Report {
    /// The report of `performance`.
    package init(_ answer: PerformanceAnswer) {
        let overall = answer.overall
        var facts = Self.responseTimes(overall.latency)
        facts += [
            Fact("Calls", HumanText.count(overall.calls)),
            Fact(
                "Error rate",
                Self.errorRate(overall).map { HumanText.share($0) } ?? HumanText.unknown),
            Fact(
                "Output tokens per second",
                overall.outputTokensPerSecond.map { HumanText.number($0) } ?? HumanText.unknown),
        ]
        self.init(
            answer.head, title: "Performance", facts: facts,
            tables: [
                Self.table("Slowest operations", answer.byOperation, .operation),
                Self.table("By model", answer.byModel, .model),
            ])
    }

    private static func table(
        _ title: String, _ rows: [PerformanceAnswer.Row], _ dimension: Dimension
    ) -> Table {
        Table(
            title: title,
            columns: [
                nameColumn(dimension), Column("Average", key: "mean_ms"),
                Column("P50", key: "p50_ms", isEssential: false),
                Column("P95", key: "p95_ms", isEssential: false),
                Column("P99", key: "p99_ms", isEssential: false),
                Column("Longest", key: "max_ms", isEssential: false),
                Column("Calls", key: "calls"), Column("Errors", key: "error_rate"),
                Column("Tokens/s", key: "output_tokens_per_second", isEssential: false),
            ],
            rows: rows.map { row in
                [
                    .name(row.key), .duration(row.latency.meanMilliseconds),
                    .duration(row.latency.p50Milliseconds.map { Double($0) }),
                    .duration(row.latency.p95Milliseconds.map { Double($0) }),
                    .duration(row.latency.p99Milliseconds.map { Double($0) }),
                    .duration(row.latency.maximumMilliseconds.map { Double($0) }),
                    .count(row.calls), .rate(errorRate(row)), .number(row.outputTokensPerSecond),
                ]
            })
    }

    /// 0–1; nil without calls.
    private static func errorRate(_ row: PerformanceAnswer.Row) -> Double? {
        row.calls > 0 ? Double(row.failed) / Double(row.calls) : nil
    }
}
