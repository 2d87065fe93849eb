import TelemetryFormat

/// Gathers calls by UTC hour, in memory, until they are merged into the `detail` table.
struct DetailAccumulator {
    /// The calls of one UTC hour.
    struct Hour {
        let hour: Int
        fileprivate(set) var calls: [CallDetail] = []
        /// When each of them was made.
        fileprivate(set) var instants: [Timestamp] = []

        init(hour: Int) {
            self.hour = hour
        }

        /// Adds one kept call of the hour.
        mutating func add(_ row: CallRow) {
            calls.append(CallDetail(row))
            instants.append(row.timestamp)
        }
    }

    private(set) var hours: [Hour] = []
    private(set) var count = 0
    private var positions: [Int: Int] = [:]
    private var latest: (hour: Int, position: Int)?

    /// Adds one kept call.
    mutating func add(_ row: CallRow) {
        let position = position(of: row.timestamp.hour)
        hours[position].add(row)
        count += 1
    }

    /// The position of an hour, made when it is new. Calls mostly come in order of time, so the
    /// hour asked for last is tried first.
    @inline(__always)
    private mutating func position(of hour: Int) -> Int {
        if let latest, latest.hour == hour { return latest.position }
        let position = positions[hour] ?? hours.count
        if position == hours.count {
            positions[hour] = position
            hours.append(Hour(hour: hour))
        }
        latest = (hour, position)
        return position
    }

    mutating func removeAll() {
        self = DetailAccumulator()
    }
}
