import TelemetryFormat

/// Where instants lie on the calendar of the display zone. A place is a *local hour*: hours since
/// 1970-01-01T00 as clocks on the wall show them, so an hour that a zone repeats is one place.
struct DisplayClock {
    let zone: DisplayZone
    let firstWeekday: Weekday

    /// The finest unit of the calendar that a question tells apart.
    enum Grain: Comparable {
        case none, day, hour
    }

    /// The local hour of an instant.
    @inline(__always)
    func localHour(at instant: Timestamp) -> Int {
        let local = instant.milliseconds &+ Int64(zone.offsetSeconds(at: instant)) &* 1000
        return Int(local.dividedDown(by: Int64.hour))
    }

    /// The local hour of a UTC hour's beginning.
    func localHour(ofHour hour: Int) -> Int {
        localHour(at: Timestamp(milliseconds: Int64(hour) * Int64.hour))
    }

    /// Whether all instants of a UTC hour lie in one unit of the calendar, so that the hour's sums
    /// tell all that a question of this grain needs.
    func keepsTogether(hour: Int, _ grain: Grain) -> Bool {
        guard grain > .none else { return true }
        let start = Timestamp(milliseconds: Int64(hour) * Int64.hour)
        let end = Timestamp(milliseconds: start.milliseconds + Int64.hour - 1)
        guard zone.offsetSeconds(at: start) == zone.offsetSeconds(at: end) else { return false }
        let (first, last) = (localHour(at: start), localHour(at: end))
        return first == last
            || grain == .day && bucket(of: first, by: .day) == bucket(of: last, by: .day)
    }

    /// Whether all instants of a UTC day lie in one unit of the calendar.
    func keepsTogether(day: Int, _ grain: Grain) -> Bool {
        switch grain {
        case .none: return true
        case .hour: return false
        case .day:
            let first = bucket(of: localHour(ofHour: day * 24), by: .day)
            return (day * 24..<day * 24 + 24).allSatisfy { hour in
                keepsTogether(hour: hour, .day)
                    && bucket(of: localHour(ofHour: hour), by: .day) == first
            }
        }
    }

    // MARK: Buckets

    /// The bucket of a dimension of time that a local hour lies in: a local hour, or the number of
    /// the bucket's first day.
    func bucket(of localHour: Int, by dimension: Dimension) -> Int64 {
        let day = Day(number: Int(Int64(localHour).dividedDown(by: 24)))
        switch dimension {
        case .hour: return Int64(localHour)
        case .week: return Int64(firstWeekday.beginning(ofWeekWith: day).number)
        case .month: return Int64(day.firstDayOfMonth.number)
        default: return Int64(day.number)
        }
    }

    /// The name of a bucket: `2026-11-21T14`, `2026-11-21` for a day and for a week by its first
    /// day, `2026-11`.
    static func label(of bucket: Int64, by dimension: Dimension) -> String {
        switch dimension {
        case .hour:
            let hour = Int(bucket) - Int(bucket.dividedDown(by: 24)) * 24
            let day = Day(number: Int(bucket.dividedDown(by: 24)))
            return "\(day)T\(hour < 10 ? "0" : "")\(hour)"
        case .month:
            return String(Day(number: Int(bucket)).description.dropLast(3))
        default:
            return Day(number: Int(bucket)).description
        }
    }

    /// The place of a local hour in a week: 0 is Monday's first hour, 167 Sunday's last.
    static func hourOfWeek(_ localHour: Int) -> Int {
        let day = Int(Int64(localHour).dividedDown(by: 24))
        return (Day(number: day).weekday - 1) * 24 + localHour - day * 24
    }
}

extension Dimension {
    /// How finely this dimension cuts time.
    var grain: DisplayClock.Grain {
        switch self {
        case .hour: .hour
        case .day, .week, .month: .day
        default: .none
        }
    }
}

extension Int64 {
    /// Milliseconds in an hour.
    static let hour: Int64 = 3_600_000

    /// The quotient rounded down, also below zero.
    @inline(__always)
    func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
