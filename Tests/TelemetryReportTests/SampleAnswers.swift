import TelemetryQuery

@testable import TelemetryFormat

/// Answers with odd names in them, for every renderer's tests.
enum Sample {
    static let hostile = "evil\u{1B}[31m\u{202E}|<b>*x*"

    /// An hour ahead of UTC the whole year.
    static let berlin = DisplayZone(
        name: "Europe/Berlin", rules: ZoneRules(initialOffset: 3_600, changes: []))

    static func head(_ command: String, label: String = "last 30 days") -> AnswerHead {
        AnswerHead(
            command: command,
            period: .init(
                label: label, since: "2026-10-23", until: "2026-11-21", zone: berlin),
            store: ".llm-telemetry", sources: ["telemetry"],
            filters: [.init(name: "model", patterns: ["claude-*", "gpt-*"])], costMode: "auto",
            priceSnapshot: "2026-11-21",
            totals: usage(
                calls: 1_250, failed: 12, input: 1_234_567, output: 234_567, cost: 47.32,
                unpriced: 3),
            unpricedModels: [.init(model: hostile, calls: 3)],
            notes: ["2026-10-01 is from summary.json"])
    }

    static func usage(
        calls: Int64, failed: Int64 = 0, input: Int64 = 0, output: Int64 = 0, cost: Double?,
        unpriced: Int64 = 0
    ) -> PricedUsage {
        var usage = Usage()
        usage.calls = calls
        usage.failed = failed
        usage.tokens = TokenCounts(input: input, output: output)
        return PricedUsage(
            usage: usage,
            cost: cost.map { Money(units: Int128($0 * 1_000_000) * 10_000_000) },
            unpricedCalls: unpriced)
    }

    static let latency = LatencySummary(
        count: 5, meanMilliseconds: 1_200.5, p50Milliseconds: 900, p95Milliseconds: 3_400,
        p99Milliseconds: 12_000, maximumMilliseconds: 75_000)

    static let stats = StatsAnswer(
        head: head("stats"), latency: latency, sessions: 7, models: 3,
        previous: usage(calls: 1_000, cost: 40))

    static let costs = BreakdownAnswer(
        head: head("costs"),
        breakdowns: [
            Breakdown(
                dimension: .model,
                rows: [
                    BreakdownRow(
                        key: "claude-sonnet-4-5", usage: usage(calls: 800, cost: 30.12),
                        costShare: 0.6365),
                    BreakdownRow(
                        key: "日本語モデル👩‍💻", usage: usage(calls: 400, cost: 17.198),
                        costShare: 0.3634),
                    BreakdownRow(
                        key: "tiny", usage: usage(calls: 47, cost: 0.002), costShare: 0.0001),
                    BreakdownRow(key: hostile, usage: usage(calls: 3, cost: nil, unpriced: 3)),
                ]),
            Breakdown(
                dimension: .project,
                rows: [
                    BreakdownRow(
                        key: "spacewalker", usage: usage(calls: 1_200, cost: 47.32), costShare: 1),
                    BreakdownRow(key: nil, usage: usage(calls: 50, cost: nil, unpriced: 3)),
                ]),
            Breakdown(dimension: .agent, rows: []),
            Breakdown(
                dimension: .day,
                rows: [
                    BreakdownRow(
                        key: "2026-11-21", usage: usage(calls: 1_250, cost: 47.32), costShare: 1)
                ]),
        ])

    static let models = BreakdownAnswer(
        head: head("models", label: "all"),
        breakdowns: [
            Breakdown(
                dimension: .model,
                rows: [
                    BreakdownRow(
                        key: "claude-sonnet-4-5",
                        usage: usage(calls: 800, failed: 8, input: 1_000_000, cost: 30.12),
                        callShare: 0.64, costShare: 0.6365, latency: latency,
                        firstSeen: Timestamp(milliseconds: 1_795_257_045_123),
                        lastSeen: Timestamp(milliseconds: 1_795_260_000_000))
                ])
        ])

    static let daily = BreakdownAnswer(
        head: head("daily", label: "all"),
        breakdowns: [
            Breakdown(
                dimension: .day,
                rows: [
                    BreakdownRow(
                        key: "2026-11-21", usage: usage(calls: 5, input: 7_000, cost: 0.0603),
                        models: ["a", "b"],
                        byModel: [
                            BreakdownRow(
                                key: "a", usage: usage(calls: 4, input: 6_000, cost: 0.06)),
                            BreakdownRow(
                                key: "b", usage: usage(calls: 1, input: 1_000, cost: 0.0003)),
                        ])
                ])
        ])

    static let performance = PerformanceAnswer(
        head: head("performance", label: "all"),
        overall: .init(
            key: nil, latency: latency, calls: 1_250, failed: 12, outputTokensPerSecond: 45.31),
        byOperation: [
            .init(
                key: "code-review", latency: latency, calls: 20, failed: 1,
                outputTokensPerSecond: 31),
            .init(
                key: nil, latency: LatencySummary(), calls: 2, failed: 0,
                outputTokensPerSecond: nil),
        ],
        byModel: [])

    static let patterns: PatternsAnswer = {
        var heatmap = [[Int64]](repeating: [Int64](repeating: 0, count: 24), count: 7)
        heatmap[1][10] = 40
        heatmap[1][11] = 30
        heatmap[1][14] = 11
        heatmap[6][0] = 1
        let byHour = (0..<24).map { hour in heatmap.reduce(0) { $0 + $1[hour] } }
        return PatternsAnswer(
            head: head("patterns", label: "all"), byHour: byHour,
            byWeekday: heatmap.map { $0.reduce(0, +) }, heatmap: heatmap,
            peakHours: [.init(from: 10, to: 12), .init(from: 14, to: 16)],
            busiestWeekday: "Tuesday",
            operations: [
                BreakdownRow(key: "search", usage: usage(calls: 82, cost: 1), callShare: 1)
            ])
    }()
}
