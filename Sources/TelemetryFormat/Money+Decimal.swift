extension Money {
    /// Reads the text of a JSON number, in dollars: sign, fraction and exponent, rounded half to
    /// even at 10⁻¹³ dollar. Nil for any other text and beyond some 10²⁵ dollars.
    public init?(decimalText text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(decimal: bytes.span)
    }

    /// The same from the bytes of the number.
    package init?(decimal text: Span<UInt8>) {
        if let units = Self.unitsOfPlainDecimal(text) {
            self.init(units: units)
            return
        }
        guard let number = DecimalNumber(text),
            let magnitude = number.magnitude(places: Self.decimalPlaces)
        else { return nil }
        self.init(units: number.isNegative ? -magnitude : magnitude)
    }

    /// The units of an amount such as `0.006986`, as nearly all are; nil for any other text.
    private static func unitsOfPlainDecimal(_ text: Span<UInt8>) -> Int128? {
        guard text.count >= 3, text.count <= longestPlainDecimal else { return nil }
        var point = 0
        var digits: UInt64 = 0
        for index in text.indices {
            let digit = text[index] &- 0x30
            if digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
            } else {
                guard text[index] == UInt8(ascii: "."), point == 0 else { return nil }
                point = index
            }
        }
        let places = text.count - 1 - point
        let hasLeadingZero = text[0] == UInt8(ascii: "0") && point > 1
        guard point > 0, !hasLeadingZero, (1...decimalPlaces).contains(places) else { return nil }
        return Int128(digits) * Int128(powersOfTen[decimalPlaces - places])
    }

    /// Its digits fit 64 bits with room to spare.
    private static let longestPlainDecimal = 16
    private static let powersOfTen: [Int64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000,
    ]

    /// Decimal places of a dollar that the unit resolves.
    package static let decimalPlaces = 13
}

/// A JSON number taken apart: `mantissa` × 10^`exponent`, exact as long as it has 37 digits or
/// less.
private struct DecimalNumber {
    private(set) var isNegative = false
    private var mantissa: UInt128 = 0
    private var exponent = 0
    /// Whether a digit other than 0 lies behind the mantissa.
    private var hasMore = false

    /// Below it a mantissa can take one more digit and stay under 10³⁷, which fits `Int128`.
    private static let fullMantissa: UInt128 = 1_000_000_000_000_000_000_000_000_000_000_000_000

    /// Reads exactly the grammar of RFC 8259; nil for anything else.
    init?(_ text: Span<UInt8>) {
        var index = 0
        isNegative = Self.skip(UInt8(ascii: "-"), text, &index)
        let start = index
        takeDigits(text, &index)
        guard index > start, text[start] != UInt8(ascii: "0") || index == start + 1 else {
            return nil
        }
        if Self.skip(UInt8(ascii: "."), text, &index) {
            let point = index
            takeDigits(text, &index)
            guard index > point else { return nil }
            exponent -= index - point
        }
        guard takeExponent(text, &index), index == text.count else { return nil }
    }

    /// Adds a run of digits to the mantissa; those that no longer fit raise the exponent instead.
    private mutating func takeDigits(_ text: Span<UInt8>, _ index: inout Int) {
        while index < text.count, case let digit = text[index] &- 0x30, digit < 10 {
            if mantissa < Self.fullMantissa {
                mantissa = mantissa &* 10 &+ UInt128(digit)
            } else {
                exponent += 1
                hasMore = hasMore || digit != 0
            }
            index += 1
        }
    }

    /// Reads the exponent, if there is one; false when it has no digits.
    private mutating func takeExponent(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count, text[index] | 0x20 == UInt8(ascii: "e") else { return true }
        index += 1
        let isNegative = Self.skip(UInt8(ascii: "-"), text, &index)
        if !isNegative { _ = Self.skip(UInt8(ascii: "+"), text, &index) }
        let start = index
        var value = 0
        while index < text.count, case let digit = text[index] &- 0x30, digit < 10 {
            // No text is long enough to make up for an exponent of this size with its digits.
            value = min(value * 10 + Int(digit), 1 << 40)
            index += 1
        }
        exponent += isNegative ? -value : value
        return index > start
    }

    private static func skip(_ byte: UInt8, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    /// The magnitude in units of 10^−`places`, rounded half to even; nil when it needs more digits
    /// than the mantissa keeps.
    func magnitude(places: Int) -> Int128? {
        if mantissa == 0 { return 0 }
        let scale = exponent + places
        if scale < 0 { return Int128(mantissa.dividedHalfToEven(byTenTo: -scale, hasMore)) }
        if hasMore { return nil }
        var result = Int128(mantissa)
        var rest = scale
        // In few steps, since a multiplication of 64 bits is cheap and one of 128 bits is not.
        while rest > 0 {
            var factor: Int64 = 1
            for _ in 0..<min(rest, 18) { factor &*= 10 }
            let (product, hasOverflowed) = result.multipliedReportingOverflow(by: Int128(factor))
            if hasOverflowed { return nil }
            result = product
            rest -= 18
        }
        return result
    }
}

extension UInt128 {
    /// The quotient by a power of ten, rounded to nearest, and to even when it lies half-way.
    /// `hasMore` says that the number is a little greater than it seems.
    func dividedHalfToEven(byTenTo power: Int, _ hasMore: Bool = false) -> UInt128 {
        // 10³⁸ is the last power that fits; the half of any greater one exceeds every mantissa.
        if power > 38 { return 0 }
        var divisor: UInt128 = 1
        for _ in 0..<power { divisor *= 10 }
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        let half = divisor / 2
        let isPastHalf = remainder > half || remainder == half && (hasMore || quotient & 1 == 1)
        return power > 0 && isPastHalf ? quotient + 1 : quotient
    }
}
