/// Rules 11 and 12: an event with which the cumulative total of a thread goes on.
struct RolloutAdvance {
    /// Index of the event.
    var event: Int
    /// The cumulative total before it.
    var start: RolloutUsage
    /// The cumulative total after it.
    var total: RolloutUsage
    /// What it added; nil = nobody knows.
    var spent: RolloutUsage?
    /// Whether `spent` is the difference of the totals, whatever was requested between them.
    var isDifference: Bool
    /// How many events of the log before it had the same total after them.
    var ordinal: Int
}

extension RolloutLog {
    /// The events with which the cumulative total goes on. It begins with 0 in every log, that of a
    /// fork included.
    var advances: [RolloutAdvance] {
        var advances: [RolloutAdvance] = []
        var total = RolloutUsage.zero
        var seen: [RolloutUsage: Int] = [:]
        for (index, event) in events.enumerated() {
            guard case .tokenCount(let stated, let last) = event.statement else { continue }
            // Without any total every last usage is a call: it goes on by that much.
            let next = stated ?? total + (last ?? .zero)
            // The same total again is the same request again, whatever the last usage says.
            if next.saysTheSame(as: total) { continue }
            let (spent, isDifference) = Self.spent(from: total, to: next, last)
            advances.append(
                RolloutAdvance(
                    event: index, start: total, total: next, spent: spent,
                    isDifference: isDifference, ordinal: seen[next.normal, default: 0]))
            seen[next.normal, default: 0] += 1
            total = next
        }
        return advances
    }

    /// What a request took: the last usage, else what the total has grown by. A total that fell
    /// begins anew, and without a last usage it says nothing about this request.
    private static func spent(
        from total: RolloutUsage, to next: RolloutUsage, _ stated: RolloutUsage?
    ) -> (RolloutUsage?, isDifference: Bool) {
        // Zeros say nothing about a total that goes on.
        let last = stated.flatMap { $0.isZero ? nil : $0 }
        let hasFallen = next.hasFallen(below: total)
        if let last, last.hasParts || hasFallen { return (last, false) }
        if hasFallen { return (nil, false) }
        let growth = next - total
        if !growth.hasParts, let last { return (last, false) }
        return (growth, true)
    }
}
