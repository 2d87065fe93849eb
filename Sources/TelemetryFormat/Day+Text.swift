extension Day: CustomStringConvertible {
    /// Reads exactly `YYYY-MM-DD`; nil for any other text and for a day that the calendar lacks.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 else { return nil }
        self.init(utf8: bytes.span)
    }

    /// Reads the `YYYY-MM-DD` with which these bytes begin; what follows is not looked at.
    @inline(__always)
    init?(utf8 bytes: Span<UInt8>) {
        var digits = FixedDigits()
        let year = digits.pair(bytes, 0) * 100 + digits.pair(bytes, 2)
        let month = digits.pair(bytes, 5)
        let day = digits.pair(bytes, 8)
        guard digits.areValid, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }

    /// `2026-11-21`; a year of more than four digits or before 0 has its sign.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the day as `description` gives it.
    package func append(to bytes: inout [UInt8]) {
        let (year, month, day) = civil
        if (0...9999).contains(year) {
            bytes.appendPair(year / 100)
            bytes.appendPair(year % 100)
        } else {
            bytes.append(contentsOf: (year < 0 ? "\(year)" : "+\(year)").utf8)
        }
        bytes.append(UInt8(ascii: "-"))
        bytes.appendPair(month)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendPair(day)
    }
}

/// Reads decimal digits at known positions and remembers whether all of them were digits, so that
/// a whole date is judged with one comparison.
struct FixedDigits {
    private var worst: UInt8 = 0

    /// Whether every byte read so far was a digit.
    var areValid: Bool { worst < 10 }

    /// The number that the two bytes at `index` spell.
    @inline(__always)
    mutating func pair(_ bytes: Span<UInt8>, _ index: Int) -> Int {
        let (tens, units) = (bytes[index] &- 0x30, bytes[index + 1] &- 0x30)
        worst = max(worst, max(tens, units))
        return Int(tens) &* 10 &+ Int(units)
    }
}

extension Array<UInt8> {
    /// Appends a number from 0 to 99 as two digits.
    @inline(__always)
    mutating func appendPair(_ number: Int) {
        append(0x30 &+ UInt8(truncatingIfNeeded: number / 10))
        append(0x30 &+ UInt8(truncatingIfNeeded: number % 10))
    }
}
