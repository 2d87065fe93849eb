/// The time zone in which reports speak of days and hours. Days are made from instants when a
/// question is asked; nothing that is stored depends on a zone.
package struct DisplayZone: Equatable, Sendable {
    /// The zone's name as reports print it, such as `Europe/Berlin`.
    package let name: String
    private let rules: ZoneRules

    /// Coordinated universal time.
    package static let utc = DisplayZone(name: "UTC", rules: .utc)

    package init(name: String, rules: ZoneRules) {
        self.name = name
        self.rules = rules
    }

    /// How far clocks were ahead of UTC, in seconds.
    package func offsetSeconds(at instant: Timestamp) -> Int {
        rules.offsetSeconds(at: instant)
    }

    /// The calendar day on which an instant fell.
    package func day(of instant: Timestamp) -> Day {
        shifted(instant).day
    }

    /// The hour that clocks showed, 0–23.
    package func hour(of instant: Timestamp) -> Int {
        let shifted = shifted(instant)
        return shifted.hour - shifted.day.number * 24
    }

    /// The weekday on which an instant fell: 1 for Monday to 7 for Sunday.
    package func weekday(of instant: Timestamp) -> Int {
        day(of: instant).weekday
    }

    /// The first instant of a calendar day: usually midnight, later where clocks were put forward
    /// then. A day that the zone skipped begins, empty, with the day after it.
    package func start(of day: Day) -> Timestamp {
        let midnight = day.start.secondsRoundedDown
        // No clock is further from UTC than 26 hours, so the day has not begun yet.
        var earliest = midnight - 26 * 3_600
        while true {
            let begin = max(earliest, midnight - Int64(rules.offsetSeconds(at: earliest)))
            guard let change = rules.nextChange(after: earliest), change <= begin else {
                return Timestamp(milliseconds: begin * 1_000)
            }
            earliest = change
        }
    }

    /// The first day of the week in which an instant fell, when weeks begin on `weekday`
    /// (1 = Monday).
    package func week(of instant: Timestamp, startingOn weekday: Int = 1) -> Day {
        day(of: instant).firstDayOfWeek(startingOn: weekday)
    }

    /// The first day of the month in which an instant fell.
    package func month(of instant: Timestamp) -> Day {
        day(of: instant).firstDayOfMonth
    }

    /// The instant at which UTC clocks show what clocks here show at `instant`.
    private func shifted(_ instant: Timestamp) -> Timestamp {
        Timestamp(milliseconds: instant.milliseconds &+ Int64(offsetSeconds(at: instant)) * 1_000)
    }
}
