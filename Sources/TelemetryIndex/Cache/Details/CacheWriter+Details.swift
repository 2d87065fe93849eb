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
}
