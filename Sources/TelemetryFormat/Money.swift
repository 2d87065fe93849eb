/// An exact amount of US dollars: a whole number of 10⁻¹³ dollar, the finest unit that a price of
/// at most six decimals per million tokens, times a regional factor of one decimal, can produce.
public struct Money: Hashable, Comparable, Sendable {
    /// Units of 10⁻¹³ dollar.
    public var units: Int128

    /// An amount of so many units of 10⁻¹³ dollar.
    public init(units: Int128) {
        self.units = units
    }

    /// Units in a dollar.
    package static let unitsPerDollar: Int128 = 10_000_000_000_000

    /// No money at all; not the same as an unknown cost, which is `nil` wherever a cost is
    /// optional.
    public static let zero = Money(units: 0)

    /// The smaller amount comes first.
    public static func < (left: Money, right: Money) -> Bool { left.units < right.units }
    /// The exact sum; wraps rather than traps, since a host program must survive any sum.
    public static func + (left: Money, right: Money) -> Money {
        Money(units: left.units &+ right.units)
    }
    /// The exact difference.
    public static func - (left: Money, right: Money) -> Money {
        Money(units: left.units &- right.units)
    }
    /// Adds exactly.
    public static func += (left: inout Money, right: Money) {
        left.units = left.units &+ right.units
    }
}
