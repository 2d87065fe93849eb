import TelemetryFormat
import TelemetrySQLite

extension QueryEngine {
    /// How long calls took: overall, by operation and by model, slowest first.
    package borrowing func performance(
        _ request: QueryRequest
    ) throws(QueryError) -> PerformanceAnswer {
        try answering { () throws(SQLiteError) in
            let inquiry = Inquiry(dimensions: [.operation, .model], wantsLatency: true)
            let outcome = try tally(request, inquiry)
            let tally = outcome.tally
            let total = BreakdownRow(
                key: nil, usage: tally.total.priced,
                latency: tally.latency.summary(tally.total.usage))
            let breakdowns = try breakdowns(outcome, request, sortedByDefault: .latency)
            return PerformanceAnswer(
                head: outcome.head(request), overall: PerformanceAnswer.Row(total),
                byOperation: breakdowns[0].rows.map { PerformanceAnswer.Row($0) },
                byModel: breakdowns[1].rows.map { PerformanceAnswer.Row($0) })
        }
    }
}

extension PerformanceAnswer.Row {
    fileprivate init(_ row: BreakdownRow) {
        let usage = row.usage.usage
        self.init(
            key: row.key, latency: row.latency ?? LatencySummary(), calls: usage.calls,
            failed: usage.failed, outputTokensPerSecond: usage.outputTokensPerSecond)
    }
}

extension Usage {
    fileprivate var outputTokensPerSecond: Double? {
        guard durationMilliseconds > 0 else { return nil }
        return Double(timedOutputTokens) * 1000 / Double(durationMilliseconds)
    }
}
