import TelemetryFormat
import TelemetryQuery
import Testing

/// Requests with defaults that suit most tests: all sources, all time, UTC, what `costs` shows.
enum Questions {
    static func about(
        _ command: String = "costs", since: String? = nil, until: String? = nil,
        previous: (since: String, until: String)? = nil, zone: DisplayZone = .utc,
        filters: [String: [String]] = [:], sources: [String] = ["telemetry", "claude", "codex"]
    ) -> QueryRequest {
        let period = PeriodSpec(
            label: "all", start: since.map { Timestamp(iso8601: $0)! },
            end: until.map { Timestamp(iso8601: $0)! }, since: since, until: until, zone: zone,
            previous: previous.map {
                PeriodSpec.Bounds(
                    start: Timestamp(iso8601: $0.since)!, end: Timestamp(iso8601: $0.until)!)
            })
        return QueryRequest(
            command: command, store: ".llm-telemetry", sources: sources, period: period,
            filters: filters.sorted { $0.key < $1.key }.map {
                AnswerHead.Filter(name: $0.key, patterns: $0.value)
            }, dimensions: [.model, .project, .agent, .day])
    }
}

extension Money {
    /// Whole microdollars, which are enough for prices in tests.
    static func microdollars(_ amount: Int) -> Money {
        Money(units: Int128(amount) * unitsPerDollar / 1_000_000)
    }
}

extension BreakdownAnswer {
    /// The rows of one breakdown as `key: calls`.
    func calls(_ dimension: Dimension) -> [String] {
        rows(dimension).map { "\($0.key ?? "–"): \($0.usage.usage.calls)" }
    }

    func rows(_ dimension: Dimension) -> [BreakdownRow] {
        breakdowns.first { $0.dimension == dimension }?.rows ?? []
    }
}
