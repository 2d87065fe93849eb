/// Reads the timestamps of lines that follow one another: most are of the same day as the one
/// before, so that only the time needs to be read.
package struct TimestampReader: Sendable {
    /// The bytes `YYYY-MM-` and `DDT` of the date read last.
    private var yearAndMonth: UInt64 = 0
    private var dayOfMonth: UInt64 = 0
    /// Milliseconds of its midnight.
    private var midnight: Int64 = 0

    private static let dayOfMonthMask: UInt64 = 0xFF_FFFF
    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`, as nearly every program writes it.
    private static let usualLength = 24

    package init() {}

    /// The instant that a record or a log line is dated with.
    package mutating func read(
        _ token: JSONToken, in line: Span<UInt8>
    ) throws(Rejection) -> Timestamp {
        let isUsual = token.kind == .string && token.range.count == Self.usualLength
        if isUsual, let time = timeOfSameDay(token, line) {
            return Timestamp(milliseconds: midnight &+ time)
        }
        let instant = try token.timestamp(in: line)
        if isUsual, !token.hasEscapes { remember(token, line) }
        return instant
    }

    private mutating func remember(_ token: JSONToken, _ line: Span<UInt8>) {
        guard let day = Day(utf8: line.extracting(token.range)) else { return }
        yearAndMonth = line.word(Int(token.start))
        dayOfMonth = line.word(Int(token.start) + 8) & Self.dayOfMonthMask
        midnight = day.start.milliseconds
    }

    /// The milliseconds since midnight, when the text has the usual form and the date read last;
    /// else nil. A leap second is left to those who know what it means.
    @inline(__always)
    private func timeOfSameDay(_ token: JSONToken, _ line: Span<UInt8>) -> Int64? {
        let start = Int(token.start)
        // `DDTHH:MM` and `:SS.mmmZ`.
        let (first, last) = (line.word(start + 8), line.word(start + 16))
        guard line.word(start) == yearAndMonth, first & Self.dayOfMonthMask == dayOfMonth,
            first & 0x0000_FF00_0000_0000 == 0x0000_3A00_0000_0000,
            last & 0xFF00_0000_FF00_00FF == 0x5A00_0000_2E00_003A
        else { return nil }
        // Every digit in a place of its own: `HHMMSS00` and `00000mmm`.
        let clock =
            (first >> 24 & 0xFFFF) | (first >> 32 & 0xFFFF_0000)
            | (last << 24 & 0xFFFF_0000_0000) | EightDigits.zeros << 48
        let fraction = (last >> 32 & 0xFF_FFFF) << 40 | EightDigits.zeros >> 24
        guard EightDigits.others(in: clock) | EightDigits.others(in: fraction) == 0 else {
            return nil
        }
        let pairs = EightDigits.pairs(clock)
        let (hour, minute, second) = (pairs & 0xFF, pairs >> 16 & 0xFF, pairs >> 32 & 0xFF)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let seconds = Int64((hour &* 60 &+ minute) &* 60 &+ second)
        return seconds &* 1_000 &+ EightDigits.number(fraction)
    }
}
