/// A calendar day of the proleptic Gregorian calendar, without a zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    public let number: Int

    /// The day so many days after 1970-01-01.
    public init(number: Int) {
        self.number = number
    }

    /// The day of a year, month and day of the month; nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (-999_999...999_999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, of: year)
        else { return nil }
        self.init(number: Self.number(year: year, month: month, day: day))
    }

    /// The earlier one comes first.
    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }

    /// 1 for Monday to 7 for Sunday.
    public var weekday: Int {
        (number % 7 + 10) % 7 + 1
    }

    /// Midnight UTC, with which the day begins.
    public var start: Timestamp {
        let bounded = min(max(number, -Self.furthest), Self.furthest)
        return Timestamp(milliseconds: Int64(bounded) * Timestamp.millisecondsPerDay)
    }

    /// The day so many days later; stops far beyond any date that anybody means, not overflowing.
    public func adding(days: Int) -> Day {
        let (sum, hasOverflowed) = number.addingReportingOverflow(days)
        let bounded = hasOverflowed ? (days < 0 ? -Self.furthest : Self.furthest) : sum
        return Day(number: min(max(bounded, -Self.furthest), Self.furthest))
    }

    /// Some 270,000 years, whose milliseconds still fit 64 bits a thousand times over.
    private static let furthest = 100_000_000
}
