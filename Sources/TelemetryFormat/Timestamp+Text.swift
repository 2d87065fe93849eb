extension Timestamp: CustomStringConvertible {
    /// `2026-11-21T10:30:45.123Z`: always UTC with three decimals, so texts sort like instants.
    public var iso8601: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same as `iso8601`.
    public var description: String { iso8601 }

    /// Appends the instant as `iso8601` gives it.
    package func append(to bytes: inout [UInt8]) {
        let day = day
        let sinceMidnight = milliseconds &- Int64(day.number) &* Self.millisecondsPerDay
        let (seconds, thousandths) = Int(sinceMidnight).quotientAndRemainder(dividingBy: 1_000)
        day.append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        bytes.appendPair(seconds / 3_600)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendPair(seconds / 60 % 60)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendPair(seconds % 60)
        bytes.append(UInt8(ascii: "."))
        bytes.append(0x30 + UInt8(thousandths / 100))
        bytes.appendPair(thousandths % 100)
        bytes.append(UInt8(ascii: "Z"))
    }
}
