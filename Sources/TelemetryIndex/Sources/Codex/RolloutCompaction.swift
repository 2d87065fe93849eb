import TelemetryFormat

/// Rule 16: compactions that nothing but their own record tells of.
///
/// Codex records what every response took. Nearly always a token count that advances says the same,
/// and is the call; after a compaction there may be none.
struct RolloutCompaction {
    /// Index of the record's event.
    var event: Int
    var responseID: UInt64
    var usage: RolloutUsage
    /// The thread's total after it, where it is stated.
    var thread: RolloutUsage?

    /// The compactions of a log that are calls; `advances` are its own.
    static func calls(
        in log: RolloutLog, _ advances: [RolloutAdvance], _ replay: RolloutReplay
    ) -> [RolloutCompaction] {
        let records = log.compactionRecords(without: replay)
        if records.isEmpty { return [] }
        var counted = held(in: log, advances)
        for record in records where record.isSpanned(by: advances) {
            counted.insert(record.responseID)
        }
        return records.filter { record in
            record.usage.size > 0 && counted.insert(record.responseID).inserted
        }
    }

    /// Whether the difference of two totals beside the record is that of a time in which the
    /// thread's total has taken the compaction in.
    private func isSpanned(by advances: [RolloutAdvance]) -> Bool {
        guard let thread else { return false }
        let neighbours = [
            advances.last { $0.event < event }, advances.first { $0.event > event },
        ]
        return neighbours.compactMap(\.self).contains { advance in
            advance.isDifference && !thread.hasFallen(below: advance.start + usage)
                && !advance.total.hasFallen(below: thread)
        }
    }

    /// The responses whose tokens an advance holds: the first one after the record, or, when that
    /// one belongs to no record before it, the last one before the record.
    private static func held(in log: RolloutLog, _ advances: [RolloutAdvance]) -> Set<UInt64> {
        var held: Set<UInt64> = []
        var advances = advances[...]
        var (record, advance): (RolloutEvent.Statement?, RolloutAdvance?)
        for (index, event) in log.events.enumerated() {
            if let id = event.statement.responseID {
                if let earlier = advance, earlier.holds(event.statement) { held.insert(id) }
                (record, advance) = (held.contains(id) ? nil : event.statement, nil)
            } else if let next = advances.first, next.event == index {
                advances.removeFirst()
                if let response = record, let id = response.responseID, next.holds(response) {
                    held.insert(id)
                    (record, advance) = (nil, nil)
                } else {
                    (record, advance) = (nil, next)
                }
            }
        }
        return held
    }
}

extension RolloutLog {
    /// The records of the log's own compactions.
    fileprivate func compactionRecords(without replay: RolloutReplay) -> [RolloutCompaction] {
        if compactions.isEmpty { return [] }
        return events.indices.compactMap { index in
            guard case .response(let id, let usage, let thread) = events[index].statement,
                compactions.contains(id), !replay.contains(index, of: self)
            else { return nil }
            return RolloutCompaction(
                event: index, responseID: id, usage: usage, thread: thread)
        }
    }
}

extension RolloutAdvance {
    /// Whether this is the token count of a response.
    fileprivate func holds(_ statement: RolloutEvent.Statement) -> Bool {
        guard case .response(_, let usage, let thread) = statement else { return false }
        return spent?.tokens == usage.tokens || thread?.saysTheSame(as: total) ?? false
    }
}
