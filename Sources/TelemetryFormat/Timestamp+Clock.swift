extension Timestamp {
    /// Reads the instant at which `LLM_TELEMETRY_NOW` or `--now` pins the clock: what a record's
    /// timestamp may be, the same without seconds, a date alone (its midnight UTC), or seconds
    /// since 1970 as a whole or decimal number. Nil for any other text and outside `recordable`.
    package static func parseClock(_ text: some StringProtocol) -> Timestamp? {
        let instant =
            Timestamp(iso8601: text) ?? Day(text)?.start ?? withoutSeconds(text)
            ?? epochSeconds(text)
        guard let instant, recordable.contains(instant) else { return nil }
        return instant
    }

    /// `2026-11-21T10:30`, and `Z` or an offset.
    private static func withoutSeconds(_ text: some StringProtocol) -> Timestamp? {
        let minutesLength = 16
        var bytes = Array(text.utf8)
        guard bytes.count >= minutesLength, !bytes.contains(UInt8(ascii: ".")) else { return nil }
        bytes.insert(contentsOf: ":00".utf8, at: minutesLength)
        return Timestamp(utf8: bytes.span)
    }

    /// `1795257045` or `1795257045.25`; digits beyond milliseconds are cut off.
    private static func epochSeconds(_ text: some StringProtocol) -> Timestamp? {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = digits(parts[0], atMost: 12) else { return nil }
        guard parts.count == 2 else { return Timestamp(milliseconds: whole * 1_000) }
        guard digits(parts[1], atMost: 18) != nil else { return nil }
        let thousandths = Array(parts[1].prefix(3)) + Array(repeating: 0x30, count: 2)
        guard let milliseconds = digits(thousandths.prefix(3), atMost: 3) else { return nil }
        return Timestamp(milliseconds: whole * 1_000 + milliseconds)
    }

    /// The number that one digit or more spell, and nothing but digits.
    private static func digits(_ bytes: some Collection<UInt8>, atMost limit: Int) -> Int64? {
        guard (1...limit).contains(bytes.count), bytes.allSatisfy({ $0 &- 0x30 < 10 }) else {
            return nil
        }
        return bytes.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
    }
}
