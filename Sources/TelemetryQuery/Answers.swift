package import TelemetryFormat

/// Calls added up, with what they cost: the `USAGE` object of the JSON contract.
package struct PricedUsage: Equatable, Sendable {
    package var usage: Usage
    /// Dollars; nil when nothing could be priced.
    package var cost: Money?
    /// Calls that have neither a recorded cost nor a price.
    package var unpricedCalls: Int64

    package init(usage: Usage = Usage(), cost: Money? = nil, unpricedCalls: Int64 = 0) {
        self.usage = usage
        self.cost = cost
        self.unpricedCalls = unpricedCalls
    }
}

/// How long calls took: the `LATENCY` object of the JSON contract. Percentiles by nearest rank.
package struct LatencySummary: Equatable, Sendable {
    package var count: Int64
    package var meanMilliseconds: Double?
    package var p50Milliseconds: Int64?
    package var p95Milliseconds: Int64?
    package var p99Milliseconds: Int64?
    package var maximumMilliseconds: Int64?
    /// Whether the percentiles come from a histogram (then within 1 %).
    package var isApproximate: Bool

    package init(
        count: Int64 = 0, meanMilliseconds: Double? = nil, p50Milliseconds: Int64? = nil,
        p95Milliseconds: Int64? = nil, p99Milliseconds: Int64? = nil,
        maximumMilliseconds: Int64? = nil, isApproximate: Bool = false
    ) {
        self.count = count
        self.meanMilliseconds = meanMilliseconds
        self.p50Milliseconds = p50Milliseconds
        self.p95Milliseconds = p95Milliseconds
        self.p99Milliseconds = p99Milliseconds
        self.maximumMilliseconds = maximumMilliseconds
        self.isApproximate = isApproximate
    }
}

/// What a breakdown can be by. The raw value is the word of `--by` and the suffix of `by_…`.
package enum Dimension: String, CaseIterable, Sendable {
    case model, project, agent, operation, user, session, source
    case hour, day, week, month

    /// The key under which a row of this breakdown names its group.
    package var key: String { self == .day ? "date" : rawValue }

    /// Whether rows are buckets of time, ordered by time rather than by cost.
    package var isTime: Bool {
        switch self {
        case .hour, .day, .week, .month: true
        default: false
        }
    }
}

/// One group of a breakdown.
package struct BreakdownRow: Equatable, Sendable {
    /// The group's name; nil for calls that name none.
    package var key: String?
    package var usage: PricedUsage
    /// Share of all calls, 0–1.
    package var callShare: Double?
    /// Share of the cost, 0–1; nil when the total is unknown or zero.
    package var costShare: Double?
    package var latency: LatencySummary?
    package var firstSeen: Timestamp?
    package var lastSeen: Timestamp?
    /// Names of the models in this group, for buckets of time.
    package var models: [String]
    /// One row per model, for `--breakdown`.
    package var byModel: [BreakdownRow]?

    package init(
        key: String?, usage: PricedUsage, callShare: Double? = nil, costShare: Double? = nil,
        latency: LatencySummary? = nil, firstSeen: Timestamp? = nil, lastSeen: Timestamp? = nil,
        models: [String] = [], byModel: [BreakdownRow]? = nil
    ) {
        self.key = key
        self.usage = usage
        self.callShare = callShare
        self.costShare = costShare
        self.latency = latency
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.models = models
        self.byModel = byModel
    }
}

/// One breakdown of a total: a dimension and its groups, which add up to the total.
package struct Breakdown: Equatable, Sendable {
    package var dimension: Dimension
    package var rows: [BreakdownRow]

    package init(dimension: Dimension, rows: [BreakdownRow]) {
        self.dimension = dimension
        self.rows = rows
    }
}

/// What every answer begins with: the head of the JSON contract.
package struct AnswerHead: Equatable, Sendable {
    package struct Period: Equatable, Sendable {
        /// `last 7 days`, `today`, `all`, `2026-11-01 to 2026-11-21`.
        package var label: String
        /// First and last day or instant, in the form the JSON contract shows; nil = unbounded.
        package var since: String?
        package var until: String?
        package var zone: DisplayZone

        package init(label: String, since: String?, until: String?, zone: DisplayZone) {
            self.label = label
            self.since = since
            self.until = until
            self.zone = zone
        }
    }

    package struct UnpricedModel: Equatable, Sendable {
        package var model: String?
        package var calls: Int64

        package init(model: String?, calls: Int64) {
            self.model = model
            self.calls = calls
        }
    }

    package struct Filter: Equatable, Sendable {
        package var name: String
        package var patterns: [String]

        package init(name: String, patterns: [String]) {
            self.name = name
            self.patterns = patterns
        }
    }

    package var command: String
    package var period: Period
    /// The store's path as the user would write it.
    package var store: String
    package var sources: [String]
    package var filters: [Filter]
    /// `auto`, `calculate` or `display`.
    package var costMode: String
    /// The date of the built-in price table, `YYYY-MM-DD`.
    package var priceSnapshot: String
    package var totals: PricedUsage
    package var unpricedModels: [UnpricedModel]
    package var notes: [String]

    package init(
        command: String, period: Period, store: String, sources: [String],
        filters: [Filter] = [], costMode: String, priceSnapshot: String,
        totals: PricedUsage = PricedUsage(), unpricedModels: [UnpricedModel] = [],
        notes: [String] = []
    ) {
        self.command = command
        self.period = period
        self.store = store
        self.sources = sources
        self.filters = filters
        self.costMode = costMode
        self.priceSnapshot = priceSnapshot
        self.totals = totals
        self.unpricedModels = unpricedModels
        self.notes = notes
    }
}

/// The answer to `stats`.
package struct StatsAnswer: Equatable, Sendable {
    package var head: AnswerHead
    package var latency: LatencySummary
    package var sessions: Int64
    package var models: Int64
    /// The period of the same length before; nil when the period has no beginning.
    package var previous: PricedUsage?

    package init(
        head: AnswerHead, latency: LatencySummary, sessions: Int64, models: Int64,
        previous: PricedUsage?
    ) {
        self.head = head
        self.latency = latency
        self.sessions = sessions
        self.models = models
        self.previous = previous
    }
}

/// The answer to `costs`, `daily` and its like, `models` and its like: a head and breakdowns.
package struct BreakdownAnswer: Equatable, Sendable {
    package var head: AnswerHead
    package var breakdowns: [Breakdown]

    package init(head: AnswerHead, breakdowns: [Breakdown]) {
        self.head = head
        self.breakdowns = breakdowns
    }
}

/// The answer to `performance`.
package struct PerformanceAnswer: Equatable, Sendable {
    package struct Row: Equatable, Sendable {
        package var key: String?
        package var latency: LatencySummary
        package var calls: Int64
        package var failed: Int64
        /// Output tokens per second of the calls that state a duration; nil when none does.
        package var outputTokensPerSecond: Double?

        package init(
            key: String?, latency: LatencySummary, calls: Int64, failed: Int64,
            outputTokensPerSecond: Double?
        ) {
            self.key = key
            self.latency = latency
            self.calls = calls
            self.failed = failed
            self.outputTokensPerSecond = outputTokensPerSecond
        }
    }

    package var head: AnswerHead
    package var overall: Row
    /// Slowest (largest mean) first.
    package var byOperation: [Row]
    package var byModel: [Row]

    package init(head: AnswerHead, overall: Row, byOperation: [Row], byModel: [Row]) {
        self.head = head
        self.overall = overall
        self.byOperation = byOperation
        self.byModel = byModel
    }
}

/// The answer to `patterns`: calls by hour of day and weekday in the display zone.
package struct PatternsAnswer: Equatable, Sendable {
    package struct HourRange: Equatable, Sendable {
        /// First hour of the range, 0–23, and the hour at which it ends, 1–24.
        package var from: Int
        package var to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    package var head: AnswerHead
    /// 24 counts.
    package var byHour: [Int64]
    /// 7 counts, Monday first.
    package var byWeekday: [Int64]
    /// 7 × 24 counts, Monday first.
    package var heatmap: [[Int64]]
    package var peakHours: [HourRange]
    /// English name of the weekday with most calls; nil without calls.
    package var busiestWeekday: String?
    /// Commonest first.
    package var operations: [BreakdownRow]

    package init(
        head: AnswerHead, byHour: [Int64], byWeekday: [Int64], heatmap: [[Int64]],
        peakHours: [HourRange], busiestWeekday: String?, operations: [BreakdownRow]
    ) {
        self.head = head
        self.byHour = byHour
        self.byWeekday = byWeekday
        self.heatmap = heatmap
        self.peakHours = peakHours
        self.busiestWeekday = busiestWeekday
        self.operations = operations
    }
}
