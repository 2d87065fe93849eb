import TelemetryFormat

extension PackedWriter {
    mutating func put(_ event: RolloutEvent) {
        put(event.model.map { Int64($0) })
        put(event.tier)
        switch event.statement {
        case .tokenCount(let total, let last):
            put(UInt64(0))
            put(total)
            put(last)
        case .turn(let usage):
            put(UInt64(1))
            put(usage)
        case .response(let id, let usage, let thread):
            put(UInt64(2))
            put(id)
            put(usage)
            put(thread)
        }
    }

    mutating func put(_ tier: RolloutTier?) {
        put(tier.map { Int64($0.rawValue) })
    }

    /// A bit for each count that is stated, then those counts.
    private mutating func put(_ usage: RolloutUsage?) {
        let counts = usage?.counts ?? []
        put(counts.indices.reduce(UInt64(0)) { $0 | (counts[$1] == nil ? 0 : 1 << UInt64($1)) })
        for count in counts.compactMap(\.self) { put(UInt64(bitPattern: count)) }
    }
}

extension PackedReader {
    mutating func event(offset: Int64, time: Int64) throws(Failure) -> RolloutEvent {
        let model = try index()
        let tier = try tier()
        return RolloutEvent(
            offset: offset, timestamp: try instant(time), statement: try statement(),
            model: model, tier: tier)
    }

    mutating func instant() throws(Failure) -> Timestamp? {
        guard let milliseconds = try optional() else { return nil }
        return try instant(milliseconds)
    }

    /// An instant that a line can state.
    private func instant(_ milliseconds: Int64) throws(Failure) -> Timestamp {
        let instant = Timestamp(milliseconds: milliseconds)
        guard Timestamp.recordable.contains(instant) else { throw Failure() }
        return instant
    }

    mutating func index() throws(Failure) -> Int? {
        try optional().map { Int(truncatingIfNeeded: $0) }
    }

    mutating func tier() throws(Failure) -> RolloutTier? {
        guard let number = try optional() else { return nil }
        guard let tier = UInt8(exactly: number).flatMap(RolloutTier.init) else { throw Failure() }
        return tier
    }

    private mutating func statement() throws(Failure) -> RolloutEvent.Statement {
        switch try number() {
        case 0: return .tokenCount(total: try usage(), last: try usage())
        case 1:
            guard let usage = try usage() else { throw Failure() }
            return .turn(usage)
        case 2:
            let id = try number()
            guard let usage = try usage() else { throw Failure() }
            return .response(id: id, usage: usage, thread: try self.usage())
        default: throw Failure()
        }
    }

    private mutating func usage() throws(Failure) -> RolloutUsage? {
        let stated = try number()
        if stated == 0 { return nil }
        var counts: [Int64?] = []
        for index in RolloutUsage.zero.counts.indices {
            counts.append(stated >> UInt64(index) & 1 == 1 ? Int64(clamping: try number()) : nil)
        }
        return RolloutUsage(counts: counts)
    }
}
