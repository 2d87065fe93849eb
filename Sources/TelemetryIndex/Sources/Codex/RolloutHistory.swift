import TelemetryFormat

/// Rule 14: the usage sequence of a session, which its forks repeat: that of a log of it, or of all
/// its logs together.
struct RolloutHistory {
    /// A token count with which the total goes on.
    struct Step {
        var timestamp: Timestamp
        /// What the line states.
        var total: RolloutUsage?
        var last: RolloutUsage?
        /// The total after it and how often the log had it before, by which copies are known.
        var identity: [Int64]

        init(_ advance: RolloutAdvance, of log: RolloutLog) {
            let event = log.events[advance.event]
            timestamp = event.timestamp
            if case .tokenCount(let total, let last) = event.statement {
                (self.total, self.last) = (total?.normal, last?.normal)
            }
            let counts = advance.total.normal.counts.map { $0 ?? -1 }
            identity = [advance.total.size] + counts + [Int64(advance.ordinal)]
        }

        /// Whether this is the other one written again, perhaps by another writer: the totals say
        /// so, and where one of the two states none, the last usages.
        func repeats(_ other: Step) -> Bool {
            if let total, let others = other.total { return total.saysTheSame(as: others) }
            guard let last, let others = other.last else { return false }
            return last.saysTheSame(as: others)
        }

        /// What steps are ordered by: everything, so that no order of logs shows.
        fileprivate var order: [Int64] {
            [timestamp.milliseconds] + identity
                + [total, last].flatMap { ($0 ?? RolloutUsage()).counts.map { $0 ?? -1 } }
        }
    }

    /// In their order.
    private(set) var steps: [Step]

    /// The sequence of a log.
    init(_ log: RolloutLog) {
        steps = log.advances.map { Step($0, of: log) }
    }

    /// The sequence of a session that goes on from log to log: every step once, by time and then by
    /// total.
    init(merging histories: [RolloutHistory]) {
        var seen: Set<[Int64]> = []
        steps = histories.flatMap(\.steps)
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }
            .filter { seen.insert($0.identity).inserted }
    }
}
