package import TelemetryFormat

/// The stretch of time that a question is about, and the zone in which its days are counted.
package struct PeriodSpec: Equatable, Sendable {
    /// `last 7 days`, `today`, `all`, `2026-11-01 to 2026-11-21`.
    package var label: String
    /// The first instant; nil = no beginning.
    package var start: Timestamp?
    /// The first instant after the period; nil = no end, later than now included.
    package var end: Timestamp?
    /// The beginning and the inclusive end as the answer's head shows them.
    package var since: String?
    package var until: String?
    package var zone: DisplayZone
    package var firstWeekday: Weekday
    /// The stretch of the same length before this one; nil when this one has no beginning.
    package var previous: Bounds?

    /// Two instants, the second not included.
    package struct Bounds: Equatable, Sendable {
        package var start: Timestamp
        package var end: Timestamp

        package init(start: Timestamp, end: Timestamp) {
            self.start = start
            self.end = end
        }
    }

    package init(
        label: String, start: Timestamp?, end: Timestamp?, since: String?, until: String?,
        zone: DisplayZone, firstWeekday: Weekday = .monday, previous: Bounds? = nil
    ) {
        self.label = label
        self.start = start
        self.end = end
        self.since = since
        self.until = until
        self.zone = zone
        self.firstWeekday = firstWeekday
        self.previous = previous
    }

    /// The period as the answer's head states it.
    package var head: AnswerHead.Period {
        AnswerHead.Period(label: label, since: since, until: until, zone: zone)
    }
}

/// A day of the week by its ISO number; the words are those of `--week-start`.
package enum Weekday: Int, CaseIterable, Sendable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The weekday of this English name, in lower case.
    package init?(word: String) {
        guard let day = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = day
    }

    /// The English name in lower case.
    package var word: String { String(describing: self) }

    /// The first day of the week, so begun, that holds this day.
    package func beginning(ofWeekWith day: Day) -> Day {
        Day(number: day.number - (day.weekday - rawValue + 7) % 7)
    }
}
