import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Replaces what the cache has of `summary.json`; only entries for which `counts` holds are
    /// summed.
    mutating func replaceRemoved(
        _ summary: RemovalSummary, where counts: (RemovalSummary.Entry) -> Bool
    ) throws(IndexError) {
        try IndexError.cache { () throws(SQLiteError) in
            try connection.execute("DELETE FROM removed; DELETE FROM removed_segment;")
        }
        for (position, entry) in summary.entries.enumerated() {
            try storeSegments(of: entry, at: position)
            if counts(entry) { try storeGroups(of: entry, at: position) }
        }
    }

    private func storeSegments(
        of entry: RemovalSummary.Entry, at position: Int
    ) throws(IndexError) {
        try IndexError.cache { () throws(SQLiteError) in
            var insert = try connection.prepare(
                "INSERT INTO removed_segment(entry, day, name) VALUES(?, ?, ?)")
            for segment in entry.segments {
                insert.bind(1, position)
                try insert.bind(2, entry.day.description)
                try insert.bind(3, segment.name)
                try insert.run()
            }
        }
    }

    private mutating func storeGroups(
        of entry: RemovalSummary.Entry, at position: Int
    ) throws(IndexError) {
        for group in entry.groups {
            try IndexError.cache { () throws(SQLiteError) in
                let rateClass = try rateClass(group.key.rateClass)
                let dimensions = [
                    try texts.id(of: group.key.project), try texts.id(of: group.key.agent),
                    try texts.id(of: group.key.operation), try texts.id(of: group.key.user),
                ]
                try store(group, rateClass, dimensions, entry.day, position)
            }
        }
    }

    private func store(
        _ group: RemovalSummary.Group, _ rateClass: Int64, _ dimensions: [Int64], _ day: Day,
        _ position: Int
    ) throws(SQLiteError) {
        var insert = try connection.prepare(
            """
            INSERT INTO removed(entry, day, hour, rate_class, project, agent, operation, user,
                usage, latency) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insert.bind(1, position)
        insert.bind(2, day.number)
        insert.bind(3, group.key.hour)
        insert.bind(4, rateClass)
        for (index, id) in dimensions.enumerated() { insert.bind(Int32(index) + 5, id.orNull) }
        var usage: [UInt8] = []
        RollupPacking.append(group.usage, to: &usage)
        try insert.bindBlob(9, usage.span)
        var latency = JSONText()
        latency.value(group.latency)
        try insert.bindText(10, latency.bytes.span)
        try insert.run()
    }

    private mutating func rateClass(_ rate: RateClass) throws(SQLiteError) -> Int64 {
        try texts.rateClass(
            RateClassRow(
                source: .telemetry, model: try texts.id(of: rate.model),
                provider: try texts.id(of: rate.provider), size: Int64(rate.size),
                speed: try texts.id(of: rate.speed),
                serviceTier: try texts.id(of: rate.serviceTier),
                region: try texts.id(of: rate.region),
                hasRecordedCost: rate.hasRecordedCost, hasOnlyTotal: rate.hasOnlyTotal))
    }
}
