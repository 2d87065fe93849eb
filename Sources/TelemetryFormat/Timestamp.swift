/// An instant in UTC with millisecond precision, as every record carries one.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let milliseconds: Int64

    /// An instant so many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The earlier one comes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The UTC day that the instant lies in.
    public var day: Day {
        Day(number: Int(Self.floor(milliseconds, Self.millisecondsPerDay)))
    }

    /// Whole hours since 1970-01-01T00:00:00Z, rounded down.
    public var hour: Int {
        Int(Self.floor(milliseconds, Self.millisecondsPerHour))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down, and the rest.
    var secondAndThousandths: (second: Int64, thousandths: Int) {
        let second = Self.floor(milliseconds, 1_000)
        return (second, Int(milliseconds &- second &* 1_000))
    }

    package static let millisecondsPerHour: Int64 = 3_600_000
    package static let millisecondsPerDay: Int64 = 86_400_000

    /// The quotient rounded towards the past, so that hours and days before 1970 come out right.
    private static func floor(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }
}
