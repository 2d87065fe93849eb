import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Adds the sums made in memory to those in the cache.
    mutating func mergeRollups() throws(SQLiteError) {
        guard !rollups.isEmpty else { return }
        let hours = rollups.hours.sorted { $0.key < $1.key }
        for (hour, sums) in hours { try rollupTable.widen(hour, sums.callIDs) }
        // A dirty hour is made from the rows again, with these among them.
        let clean = hours.filter { !dirtyHours.contains($0.key) }
        for facet in Facet.allCases {
            var days: [Int: [RollupCell]] = [:]
            for (hour, sums) in clean {
                let cells = sums.cells(facet)
                try rollupTable.merge(cells, facet.rowID(hour: hour))
                days[hour / 24, default: []] += cells
            }
            for (day, cells) in days.sorted(by: { $0.key < $1.key }) {
                try rollupTable.merge(cells, facet.rowID(day: day))
            }
        }
        rollups.removeAll()
    }

    /// Makes the sums of every dirty hour from its rows, and those of its day from its hours.
    mutating func remakeDirtyHours() throws(SQLiteError) {
        guard !dirtyHours.isEmpty else { return }
        var sums = RollupAccumulator()
        for range in try rollupTable.ranges(of: dirtyHours) {
            try rollupTable.sum(range, into: &sums, of: dirtyHours)
        }
        let dirtyDays = Set(dirtyHours.map { $0 / 24 }).sorted()
        for facet in Facet.allCases {
            for hour in dirtyHours.sorted() {
                let cells = sums.hours[hour]?.cells(facet) ?? []
                try rollupTable.replace(cells, facet.rowID(hour: hour))
            }
            for day in dirtyDays { try rollupTable.sumUp(day: day, facet) }
        }
        dirtyHours.removeAll()
    }
}
