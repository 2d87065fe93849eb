import TelemetryFormat
import TelemetryQuery

/// Answers as the documents that `docs/json-output.md` promises.
package enum JSONReport {
    /// Additions never raise it.
    package static let schemaVersion: Int64 = 1

    /// The head that every query shares, `totals` last.
    static func head(_ head: AnswerHead) -> [JSONValue.Member] {
        [
            .init("schema_version", .integer(schemaVersion)),
            .init("command", .string(head.command)),
            .init("period", period(head.period)),
            .init("store", .string(head.store)),
            .init("sources", .strings(head.sources)),
            .init(
                "filters",
                .object(head.filters.map { .init($0.name, .strings($0.patterns)) })),
            .init(
                "pricing",
                .object([
                    .init("mode", .string(head.costMode)),
                    .init("snapshot", .string(head.priceSnapshot)),
                ])),
            .init("totals", .object(usage(head.totals))),
        ]
    }

    /// What every query ends with.
    static func tail(_ head: AnswerHead) -> [JSONValue.Member] {
        let models = head.unpricedModels.map { model in
            JSONValue.object([
                .init("model", .optional(model.model)), .init("calls", .integer(model.calls)),
            ])
        }
        return [.init("unpriced_models", .array(models)), .init("notes", .strings(head.notes))]
    }

    private static func period(_ period: AnswerHead.Period) -> JSONValue {
        .object([
            .init("label", .string(period.label)),
            .init("since", .optional(period.since)),
            .init("until", .optional(period.until)),
            .init("timezone", .string(period.zone.name)),
        ])
    }

    /// The members of `USAGE`.
    static func usage(_ priced: PricedUsage) -> [JSONValue.Member] {
        [
            .init("calls", .integer(priced.usage.calls)),
            .init("succeeded", .integer(priced.usage.calls - priced.usage.failed)),
            .init("failed", .integer(priced.usage.failed)),
            .init("tokens", tokens(priced.usage.tokens)),
            .init("cost_usd", .optional(priced.cost)),
            .init("unpriced_calls", .integer(priced.unpricedCalls)),
        ]
    }

    /// The `tokens` object of `USAGE`.
    static func tokens(_ tokens: TokenCounts) -> JSONValue {
        .object([
            .init("input", .integer(tokens.input)),
            .init("output", .integer(tokens.output)),
            .init("cache_read", .integer(tokens.cacheRead)),
            .init("cache_write", .integer(tokens.cacheWrite)),
            .init("reasoning", .integer(tokens.reasoning)),
            .init("total", .integer(tokens.total)),
        ])
    }

    /// The members of `LATENCY`.
    static func latency(_ latency: LatencySummary) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("count", .integer(latency.count)),
            .init("mean_ms", .optional(latency.meanMilliseconds)),
            .init("p50_ms", .optional(latency.p50Milliseconds)),
            .init("p95_ms", .optional(latency.p95Milliseconds)),
            .init("p99_ms", .optional(latency.p99Milliseconds)),
            .init("max_ms", .optional(latency.maximumMilliseconds)),
        ]
        if latency.isApproximate { members.append(.init("approximate", .bool(true))) }
        return members
    }
}
