/// A calendar day of the proleptic Gregorian calendar, without a zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    public let number: Int

    /// The day so many days after 1970-01-01.
    public init(number: Int) {
        self.number = number
    }

    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }
}
