import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Adds the calls gathered in memory to those in `detail` and `session_hour`.
    mutating func mergeDetails() throws(SQLiteError) {
        // A dirty hour is made from the rows again, with these among them.
        for hour in details.hours where !dirtyHours.contains(hour.hour) {
            try detailTable.merge(hour, texts)
        }
        details.removeAll()
    }

    /// Replaces the calls of hours by others; hours without any have none left.
    mutating func replaceDetails(
        of hours: Set<Int>, by found: DetailAccumulator
    ) throws(SQLiteError) {
        for hour in hours.subtracting(found.hours.map(\.hour)) {
            try detailTable.replace(DetailAccumulator.Hour(hour: hour), texts)
        }
        for hour in found.hours { try detailTable.replace(hour, texts) }
    }
}
