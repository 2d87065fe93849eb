extension Timestamp {
    /// The instants that a record may carry: the years 2000 to 2100. Earlier and later ones come
    /// from a broken clock or a mistaken unit, and would open day directories without end.
    package static let recordable =
        Timestamp(milliseconds: 946_684_800_000)...Timestamp(milliseconds: 4_133_980_799_999)

    /// Reads `YYYY-MM-DDTHH:MM:SS`, a fraction of one to nine digits or none, and `Z`, `±HH:MM`,
    /// `±HHMM` or nothing, which means UTC. Nil for any other text, for a date that the calendar
    /// lacks, and outside `recordable`.
    public init?(iso8601 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(utf8: bytes.span)
    }

    /// The same from UTF-8 bytes, without allocating: the form of every line that is read.
    ///
    /// A space or `t` may stand for `T` and `z` for `Z`. Digits beyond milliseconds are cut off; a
    /// leap second is the last millisecond of its minute.
    package init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count >= Self.fixedLength, let day = Day(utf8: bytes),
            let time = Self.secondOfDay(bytes)
        else { return nil }
        var index = Self.fixedLength
        guard let fraction = Self.fraction(bytes, &index),
            let offset = Self.offset(bytes, index)
        else { return nil }
        let seconds = Int64(day.number) * 86_400 + Int64(time.seconds - offset)
        let instant = Timestamp(
            milliseconds: seconds * 1_000 + (time.isLeap ? 999 : fraction))
        guard Self.recordable.contains(instant) else { return nil }
        self = instant
    }

    /// The length of `YYYY-MM-DDTHH:MM:SS`.
    private static let fixedLength = 19

    /// The seconds since midnight that `THH:MM:SS`, after the date, names.
    @inline(__always)
    private static func secondOfDay(_ bytes: Span<UInt8>) -> (seconds: Int, isLeap: Bool)? {
        var digits = FixedDigits()
        let hour = digits.pair(bytes, 11)
        let minute = digits.pair(bytes, 14)
        let second = digits.pair(bytes, 17)
        let separator = bytes[10]
        guard digits.areValid, hour < 24, minute < 60, second <= 60,
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            separator | 0x20 == UInt8(ascii: "t") || separator == UInt8(ascii: " ")
        else { return nil }
        return (hour * 3_600 + minute * 60 + min(second, 59), second == 60)
    }

    /// The milliseconds of a fraction, if one stands at `index`, which moves behind it.
    @inline(__always)
    private static func fraction(_ bytes: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let start = index
        var milliseconds: Int64 = 0
        var weight: Int64 = 100
        while index < bytes.count, case let digit = bytes[index] &- 0x30, digit < 10 {
            milliseconds += Int64(digit) * weight
            weight /= 10
            index += 1
        }
        return (1...9).contains(index - start) ? milliseconds : nil
    }

    /// The seconds east of UTC that the rest of the text names.
    @inline(__always)
    private static func offset(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        let length = bytes.count - start
        if length == 0 { return 0 }
        let sign = bytes[start]
        if length == 1 { return sign | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            length == 5 || length == 6 && bytes[start + 3] == UInt8(ascii: ":")
        else { return nil }
        var digits = FixedDigits()
        let hours = digits.pair(bytes, start + 1)
        let minutes = digits.pair(bytes, start + length - 2)
        guard digits.areValid, hours < 24, minutes < 60 else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}
