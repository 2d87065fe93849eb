extension JSONToken {
    /// Whether nothing is stated.
    @inline(__always)
    package var isMissing: Bool { kind == .absent || kind == .null }

    /// Itself when it is a text of at least one character, else nil.
    @inline(__always)
    package var text: JSONToken? { kind == .string && start < end ? self : nil }

    /// Whether it is this text, escapes resolved.
    package func isText(_ text: StaticString, in line: Span<UInt8>) -> Bool {
        guard kind == .string else { return false }
        if hasEscapes { return JSONString.decoded(self, in: line) == text.description }
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            let start = Int(start)
            for index in 0..<range.count where unsafe line[start + index] != expected[index] {
                return false
            }
            return true
        }
    }

    /// Whether two values of a line say the same thing.
    package func saysTheSame(as other: JSONToken, in line: Span<UInt8>) -> Bool {
        guard kind == other.kind else { return false }
        if hasEscapes || other.hasEscapes {
            // As bytes: texts that Unicode holds equivalent are not the same.
            return JSONString.decoded(self, in: line).utf8
                .elementsEqual(JSONString.decoded(other, in: line).utf8)
        }
        return line.extracting(range).isEqual(to: line.extracting(other.range))
    }

    /// The instant that a record or a log line is dated with.
    package func timestamp(in line: Span<UInt8>) throws(Rejection) -> Timestamp {
        if isMissing { throw .noTimestamp }
        guard kind == .string else { throw .badTimestamp }
        let instant =
            hasEscapes
            ? Timestamp(iso8601: JSONString.decoded(self, in: line))
            : Timestamp(utf8: line.extracting(range))
        guard let instant else { throw .badTimestamp }
        return instant
    }

    // MARK: Numbers

    /// A non-negative whole number of at most 2^53; nil when nothing is stated.
    @inline(__always)
    package func count(
        in line: Span<UInt8>, else reason: Rejection
    ) throws(Rejection) -> Int64? {
        if isMissing { return nil }
        guard kind == .number, let number = wholeNumber(in: line), number <= RecordLimits.tokens
        else { throw reason }
        return number
    }

    /// The value of a number that is non-negative and whole, `5`, `5.0` and `5e0` alike.
    package func wholeNumber(in line: Span<UInt8>) -> Int64? {
        if let number = shortWholeNumber(in: line) { return number }
        var value: Int64 = 0
        for index in range {
            let digit = line[index] &- 0x30
            guard digit < 10, value <= RecordLimits.tokens else {
                return Self.wholeDecimal(line.extracting(range))
            }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    /// The value of a number of at most eight digits and nothing else, as most are; else nil.
    @inline(__always)
    private func shortWholeNumber(in line: Span<UInt8>) -> Int64? {
        let foreignBytes = Int(start) &- (Int(end) &- 8)
        guard foreignBytes >= 0, end >= 8 else { return nil }
        // What stands before the number gives way to zeros.
        let foreignBits = UInt64(foreignBytes) &* 8
        let word =
            (line.word(Int(end) &- 8) >> foreignBits) << foreignBits
            | ~(UInt64.max << foreignBits) & EightDigits.zeros
        return EightDigits.others(in: word) == 0 ? EightDigits.number(word) : nil
    }

    private static func wholeDecimal(_ text: Span<UInt8>) -> Int64? {
        guard let number = Money(decimal: text), number >= .zero, isWhole(text) else { return nil }
        return Int64(exactly: number.units / Money.unitsPerDollar)
    }

    /// Whether number text has no decimal place but zeros, to the last digit (`Money` rounds).
    private static func isWhole(_ text: Span<UInt8>) -> Bool {
        var (index, places, zerosAtEnd) = (0, 0, 0)
        var (isFraction, isZero) = (false, true)
        while index < text.count, text[index] | 0x20 != UInt8(ascii: "e") {
            switch text[index] {
            case UInt8(ascii: "-"): break
            case UInt8(ascii: "."): isFraction = true
            case let digit:
                places += isFraction ? 1 : 0
                zerosAtEnd = digit == UInt8(ascii: "0") ? zerosAtEnd + 1 : 0
                isZero = isZero && digit == UInt8(ascii: "0")
            }
            index += 1
        }
        let exponent = Array(text.extracting(min(index + 1, text.count)..<text.count))
        // One that does not fit is a very small number's; a very large one is beyond `Money`.
        let power = exponent.isEmpty ? 0 : Int(String(decoding: exponent, as: UTF8.self)) ?? .min
        return isZero || places - zerosAtEnd <= power
    }

    /// An amount of dollars that one call can cost; nil when nothing is stated.
    package func cost(in line: Span<UInt8>) throws(Rejection) -> Money? {
        if isMissing { return nil }
        guard kind == .number, let money = Money(decimal: line.extracting(range)), money >= .zero,
            money.units <= Int128(RecordLimits.costDollars) * Money.unitsPerDollar
        else { throw .badCost }
        return money
    }

    /// A non-negative duration rounded to a whole millisecond; nil when nothing is stated.
    package func milliseconds(in line: Span<UInt8>) throws(Rejection) -> Int64? {
        if isMissing { return nil }
        guard kind == .number else { throw .badDuration }
        if let whole = wholeNumber(in: line), whole <= RecordLimits.durationMilliseconds {
            return whole
        }
        guard let exact = Money(decimal: line.extracting(range)), exact >= .zero else {
            throw .badDuration
        }
        let rounded = (exact.units + Money.unitsPerDollar / 2) / Money.unitsPerDollar
        guard rounded <= Int128(RecordLimits.durationMilliseconds) else { throw .badDuration }
        return Int64(rounded)
    }
}
