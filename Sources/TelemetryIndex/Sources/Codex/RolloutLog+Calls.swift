import TelemetryFormat

extension RolloutLog {
    /// The calls that the log tells of, in its order.
    ///
    /// `session` is that of the log: its own, or what its name stands for. `parents` are the logs
    /// of its parent's session that there are; none when the parent is missing. `defaultTier` is
    /// the setting for requests before the log names a tier.
    package func calls(
        session: String, parents: [RolloutLog] = [], defaultTier: String? = nil
    ) -> [RolloutCall] {
        let advances = advances
        let replay = RolloutReplay(in: self, of: session, advances, parents: parents)
        let own = advances.filter { !replay.contains($0.event, of: self) }
        let compactions = RolloutCompaction.calls(in: self, own, replay)

        let author = CallAuthor(log: self, session: session, defaultTier: defaultTier)
        let calls =
            own.compactMap(author.call) + compactions.compactMap(author.call)
            + author.callsOfTurns()
        return calls.sorted { $0.offset < $1.offset }
    }
}

/// Makes calls of what a log's events turned out to mean.
private struct CallAuthor {
    /// What identifies a call beside its session begins with one of these.
    private enum Mark: UInt64 {
        case advance = 1, compaction, turn
    }

    let log: RolloutLog
    let session: String
    let tier: RolloutTier?

    init(log: RolloutLog, session: String, defaultTier: String?) {
        self.log = log
        self.session = session
        // What the configuration says of a tier that nobody knows, is standard.
        tier = defaultTier.map { RolloutTier(setting: $0) ?? .standard }
    }

    /// Known by the cumulative total after it: copies of a session count once.
    func call(_ advance: RolloutAdvance) -> RolloutCall? {
        guard let spent = advance.spent else { return nil }
        var key = hash(.advance)
        advance.total.fold(into: &key)
        key.combine(UInt64(advance.ordinal))
        return call(advance.event, spent, key)
    }

    /// Known by the response's id.
    func call(_ compaction: RolloutCompaction) -> RolloutCall? {
        var key = hash(.compaction)
        key.combine(compaction.responseID)
        var call = call(compaction.event, compaction.usage, key)
        call?.isCompaction = true
        return call
    }

    /// Rule 17: known by what they say, and how often the log has said it before.
    func callsOfTurns() -> [RolloutCall] {
        var seen: [UInt64: UInt64] = [:]
        return log.events.indices.compactMap { index in
            guard case .turn(let usage) = log.events[index].statement else { return nil }
            var key = hash(.turn)
            usage.fold(into: &key)
            key.combine(UInt64(bitPattern: log.events[index].timestamp.milliseconds))
            let ordinal = seen[key.value, default: 0]
            seen[key.value] = ordinal + 1
            key.combine(ordinal)
            return call(index, usage, key)
        }
    }

    private func call(_ index: Int, _ usage: RolloutUsage, _ key: LineHash) -> RolloutCall? {
        let tokens = usage.tokens
        if tokens.total == 0 { return nil }
        let event = log.events[index]
        return RolloutCall(
            offset: event.offset, timestamp: event.timestamp,
            // Requests before the first model of a log are of that model.
            model: (event.model ?? log.firstModel).map { log.models[$0] }, tokens: tokens,
            serviceTier: (event.tier ?? tier)?.name, key: max(key.value, 1), isCompaction: false)
    }

    private func hash(_ mark: Mark) -> LineHash {
        var hash = LineHash(UInt64(SourceKind.codex.rawValue))
        hash.combine(Array(session.utf8).span)
        hash.combine(mark.rawValue)
        return hash
    }
}

extension RolloutUsage {
    fileprivate func fold(into hash: inout LineHash) {
        for count in normal.counts {
            hash.combine(count.map { UInt64($0) + 1 } ?? 0)
        }
    }
}
