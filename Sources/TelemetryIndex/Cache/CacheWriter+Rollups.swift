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

    /// Makes the sums and details of every dirty hour from its rows, and the sums of its day from
    /// those of its hours.
    mutating func remakeDirtyHours() throws(SQLiteError) {
        guard !dirtyHours.isEmpty else { return }
        let hours = dirtyHours
        // Once they are empty, their calls are taken in like new ones.
        dirtyHours = []
        for hour in hours.sorted() {
            for facet in Facet.allCases { try rollupTable.replace([], facet.rowID(hour: hour)) }
            try detailTable.replace(DetailAccumulator.Hour(hour: hour), texts)
        }
        var calls = try connection.prepare(RollupTable.callSelection)
        for range in try rollupTable.ranges(of: hours) {
            calls.bind(1, range.lowerBound)
            calls.bind(2, range.upperBound)
            while try calls.step() {
                let row = CallRow(calls)
                if !hours.contains(row.timestamp.hour) { continue }
                rollups.add(row, callID: calls.int64(0))
                details.add(row)
                if rollups.cellCount > Self.maximumRemadeCells { try mergeRollups() }
                if details.count > Self.maximumRemadeDetails { try mergeDetails() }
            }
            calls.reset()
        }
        try mergeRollups()
        try mergeDetails()
        for day in Set(hours.map { $0 / 24 }).sorted() {
            for facet in Facet.allCases { try rollupTable.sumUp(day: day, facet) }
        }
    }

    /// Rows may lie in any order of time, so that more of them are gathered than while loading;
    /// about 15 MB.
    private static var maximumRemadeCells: Int { 1 << 16 }
    /// About 10 MB.
    private static var maximumRemadeDetails: Int { 1 << 18 }
}
