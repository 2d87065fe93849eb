/// Rules 11 and 12: an event with which the cumulative total of a thread goes on.
struct RolloutAdvance {
    /// Index of the event.
    var event: Int
    /// The cumulative total after it.
    var total: RolloutUsage
    /// What it added; nil = nobody knows.
    var spent: RolloutUsage?
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
            advances.append(
                RolloutAdvance(
                    event: index, total: next, spent: Self.spent(from: total, to: next, last),
                    ordinal: seen[next, default: 0]))
            seen[next, default: 0] += 1
            total = next
        }
        return advances
    }

    /// What a request took: the last usage, else what the total has grown by. A total that fell
    /// begins anew, and without a last usage it says nothing about this request.
    private static func spent(
        from total: RolloutUsage, to next: RolloutUsage, _ last: RolloutUsage?
    ) -> RolloutUsage? {
        let hasFallen = next.size < total.size
        if let last, last.hasParts || hasFallen { return last }
        if hasFallen { return nil }
        let growth = next - total
        return growth.hasParts ? growth : last ?? growth
    }
}
