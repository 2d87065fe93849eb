import TelemetryFormat
import TelemetryQuery

extension Table {
    /// A column whose title is its key.
    static func column(_ key: String, _ alignment: Column.Alignment = .right) -> Column {
        Column(key, key: key, alignment)
    }

    static var usageColumns: [Column] {
        [
            "calls", "succeeded", "failed", "input_tokens", "output_tokens", "cache_read_tokens",
            "cache_write_tokens", "reasoning_tokens", "total_tokens", "cost_usd",
            "unpriced_calls",
        ].map { column($0) }
    }

    static func usage(_ priced: PricedUsage) -> [Cell] {
        let usage = priced.usage
        let tokens = usage.tokens
        let counts = [
            usage.calls, usage.calls - usage.failed, usage.failed, tokens.input, tokens.output,
            tokens.cacheRead, tokens.cacheWrite, tokens.reasoning, tokens.total,
        ]
        return counts.map { .count($0) } + [.money(priced.cost), .count(priced.unpricedCalls)]
    }

    static var latencyColumns: [Column] {
        ["timed_calls", "mean_ms", "p50_ms", "p95_ms", "p99_ms", "max_ms"].map { column($0) }
    }

    static func latency(_ latency: LatencySummary?) -> [Cell] {
        [
            .count(latency?.count), .duration(latency?.meanMilliseconds),
            .count(latency?.p50Milliseconds), .count(latency?.p95Milliseconds),
            .count(latency?.p99Milliseconds), .count(latency?.maximumMilliseconds),
        ]
    }
}
