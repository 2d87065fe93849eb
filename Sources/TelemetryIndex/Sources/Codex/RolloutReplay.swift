import TelemetryFormat

/// Rule 14: what a fork or a subagent has copied from its parent, which is at the head of its log.
///
/// A function of contents only: in which order logs are read does not matter.
struct RolloutReplay {
    /// A replay is written at once, in hundredths of a second; the first request of the fork itself
    /// takes seconds.
    private static let longestPauseMilliseconds: Int64 = 1000

    /// Events before this index are replayed.
    private var end = 0
    /// The responses in the parent's logs; nil when there is no such log.
    private var responses: Set<UInt64>?

    /// What a log of this session repeats of its parent; `parents` are the logs of the parent's
    /// session that there are. A log that names no parent but itself is no fork.
    init(
        in log: RolloutLog, of session: String, _ advances: [RolloutAdvance], parents: [RolloutLog]
    ) {
        let own = [session, CodexSource.threadID(inSession: session)]
        guard [log.parentID, log.spawnerID].contains(where: { $0 != nil && !own.contains($0) })
        else { return }
        if parents.isEmpty {
            end = Self.burst(log)
        } else {
            var histories = parents.map { RolloutHistory($0) }
            if parents.count > 1 { histories.append(RolloutHistory(merging: histories)) }
            let longest = histories.map { Self.match(advances, of: log, $0) }.max() ?? 0
            if longest > 0 { end = advances[longest - 1].event + 1 }
            responses = Set(parents.lazy.flatMap(\.events).compactMap(\.statement.responseID))
        }
    }

    /// Whether an event of the log is the parent's. Responses have ids to know them by.
    func contains(_ index: Int, of log: RolloutLog) -> Bool {
        if let id = log.events[index].statement.responseID, let responses {
            return responses.contains(id)
        }
        return index < end
    }

    /// How many of the first advances are the parent's own up to the fork, in whose log its own
    /// replay stands, too.
    private static func match(
        _ advances: [RolloutAdvance], of log: RolloutLog, _ parent: RolloutHistory
    ) -> Int {
        let own = advances.map { RolloutHistory.Step($0, of: log) }
        let parents = parent.steps.prefix { step in
            log.startedAt.map { step.timestamp <= $0 } ?? true
        }
        let count = equal(own[...], parents)
        if count > 0 { return count }
        // Of a long history only the later part may be repeated; that it is, shows in the burst.
        let end = burst(log)
        let burst = own.prefix(advances.prefix { $0.event < end }.count)
        return parents.indices.map { equal(burst, parents[$0...]) }.max() ?? 0
    }

    /// How many steps two sequences have in common at their beginning. Times do not matter:
    /// a replay is written at the time of the fork.
    private static func equal(
        _ left: ArraySlice<RolloutHistory.Step>, _ right: ArraySlice<RolloutHistory.Step>
    ) -> Int {
        zip(left, right).prefix { $0.repeats($1) }.count
    }

    /// Where the dense burst at the head of a log ends, which is the replay of a parent that is
    /// missing.
    private static func burst(_ log: RolloutLog) -> Int {
        guard var previous = log.startedAt ?? startOfBurst(log.events) else { return 0 }
        return log.events.prefix { event in
            let pause = event.timestamp.milliseconds - previous.milliseconds
            previous = max(previous, event.timestamp)
            return pause <= longestPauseMilliseconds
        }.count
    }

    /// Without the time of the fork two events at once are needed to tell a replay from a request.
    private static func startOfBurst(_ events: [RolloutEvent]) -> Timestamp? {
        guard events.count > 1 else { return nil }
        let (first, second) = (events[0].timestamp, events[1].timestamp)
        let pause = second.milliseconds - first.milliseconds
        return pause <= longestPauseMilliseconds ? first : nil
    }
}
