import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Adds the calls gathered in memory to those in `detail` and `session_hour`.
    mutating func mergeDetails() throws(SQLiteError) {
        // A dirty hour is made from the rows again, with these among them.
        for hour in details.hours where !dirtyHours.contains(hour.hour) {
            try detailTable.merge(hour.calls, hour.hour)
            try sessionHours.merge(sessions(of: hour), hour.hour)
        }
        details.removeAll()
    }

    /// Replaces the calls of hours by others; hours without any have none left.
    mutating func replaceDetails(
        of hours: Set<Int>, by found: DetailAccumulator
    ) throws(SQLiteError) {
        for hour in hours.subtracting(found.hours.map(\.hour)) {
            try detailTable.replace([], hour)
            try sessionHours.replace(SessionOutlines(), hour)
        }
        for hour in found.hours {
            try detailTable.replace(hour.calls, hour.hour)
            try sessionHours.replace(sessions(of: hour), hour.hour)
        }
    }

    private func sessions(of hour: DetailAccumulator.Hour) -> SessionOutlines {
        var sessions = SessionOutlines()
        for (call, instant) in zip(hour.calls, hour.instants) {
            let source = texts.source(ofClass: Int64(call[.rateClass]))
            sessions.add(Int64(call[.session]), source, at: instant)
        }
        return sessions
    }
}
