import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Adds the sums made in memory to those in the cache.
    mutating func mergeRollups() throws(SQLiteError) {
        guard !rollups.isEmpty else { return }
        for (hour, sums) in rollups.hours.sorted(by: { $0.key < $1.key }) {
            try rollupTable.widen(hour, sums.callIDs)
            // A dirty hour is made from the rows again, with these among them.
            if dirtyHours.contains(hour) { continue }
            for facet in Facet.allCases {
                try rollupTable.merge(sums.cells(facet), facet, hour)
            }
        }
        rollups.removeAll()
    }

    /// Makes the sums and details of every dirty hour from its rows.
    mutating func remakeDirtyHours() throws(SQLiteError) {
        guard !dirtyHours.isEmpty else { return }
        var sums = RollupAccumulator()
        var calls = DetailAccumulator()
        for range in try rollupTable.ranges(of: dirtyHours) {
            try rollupTable.forEachCall(range, of: dirtyHours) { row, id in
                sums.add(row, callID: id)
                calls.add(row)
            }
        }
        for hour in dirtyHours.sorted() {
            for facet in Facet.allCases {
                try rollupTable.replace(sums.hours[hour]?.cells(facet) ?? [], facet, hour)
            }
        }
        try replaceDetails(of: dirtyHours, by: calls)
        dirtyHours.removeAll()
    }
}
