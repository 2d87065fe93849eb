import TelemetryFormat

extension RolloutLog {
    /// Changes with the form, so that another one is not misread.
    private static let form: UInt64 = 2

    /// The log in few bytes, for the cache.
    package var packed: [UInt8] {
        var writer = PackedWriter()
        writer.put(Self.form)
        for text in [sessionID, parentID, spawnerID, projectPath, gitBranch] { writer.put(text) }
        for time in [startedAt, clock] { writer.put(time?.milliseconds) }
        for index in [firstModel, model] { writer.put(index.map { Int64($0) }) }
        writer.put(tier)
        writer.put(UInt64(hasHead ? 1 : 0))
        writer.put(UInt64(unknownTiers))
        writer.put(UInt64(models.count))
        for model in models { writer.put(model) }
        writer.put(UInt64(compactions.count))
        for hash in compactions.sorted() { writer.put(hash) }
        writer.put(UInt64(events.count))
        var (offset, time): (Int64, Int64) = (0, 0)
        for event in events {
            writer.put(event.offset - offset)
            writer.put(event.timestamp.milliseconds - time)
            (offset, time) = (event.offset, event.timestamp.milliseconds)
            writer.put(event)
        }
        return writer.bytes
    }

    /// The log that `packed` gave these bytes for; nil for other bytes.
    package init?(packed: [UInt8]) {
        var reader = PackedReader(packed)
        do throws(PackedReader.Failure) {
            try self.init(&reader)
        } catch {
            return nil
        }
    }

    private init(_ reader: inout PackedReader) throws(PackedReader.Failure) {
        self.init()
        guard try reader.number() == Self.form else { throw PackedReader.Failure() }
        sessionID = try reader.text()
        parentID = try reader.text()
        spawnerID = try reader.text()
        projectPath = try reader.text()
        gitBranch = try reader.text()
        startedAt = try reader.instant()
        clock = try reader.instant()
        firstModel = try reader.index()
        model = try reader.index()
        tier = try reader.tier()
        hasHead = try reader.number() == 1
        unknownTiers = try reader.count()
        for _ in 0..<(try reader.count()) { index(ofModel: try reader.text() ?? "") }
        for _ in 0..<(try reader.count()) { compactions.insert(try reader.number()) }
        var (offset, time): (Int64, Int64) = (0, 0)
        for _ in 0..<(try reader.count()) {
            offset &+= try reader.signed()
            time &+= try reader.signed()
            events.append(try reader.event(offset: offset, time: time))
        }
        let indices = events.map(\.model) + [firstModel, model]
        guard reader.isAtEnd, indices.allSatisfy({ $0 ?? -1 < models.count }) else {
            throw PackedReader.Failure()
        }
    }
}
