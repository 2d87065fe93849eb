import Testing

@testable import TelemetryFormat

@Suite struct TimestampReaderTests {
    /// Texts that differ from one another in the date, in the time, or in being one at all.
    static let texts = [
        "2026-11-21T10:30:45.123Z", "2026-11-21T23:59:59.999Z", "2026-11-21T00:00:00.000Z",
        "2026-11-22T10:30:45.123Z", "2026-12-21T10:30:45.123Z", "2025-11-21T10:30:45.123Z",
        "2026-11-21 10:30:45.123Z", "2026-11-21T10:30:45.123z", "2026-11-21T10:30:45.12345",
        "2026-11-21T10:30:45+0100", "2026-11-21T10:30:60.123Z", "2026-11-21T10:30:61.123Z",
        "2026-11-21T24:00:00.000Z", "2026-11-21T10:60:00.000Z", "2026-11-21T1a:30:45.123Z",
        "2026-11-21T10-30:45.123Z", "2026-11-21T10:30-45.123Z", "2026-11-21T10:30:45,123Z",
        "2026-11-21T10:30:4/.123Z", "2026-11-21T10:30:45.12:Z", "2026-11-21T10:30:45.1234",
        "2026-02-30T10:30:45.123Z", "1999-12-31T10:30:45.123Z", "2026-11-21T10:30:45Z",
        "2100-12-31T23:59:59.999Z", "2000-01-01T00:00:00.000Z", "",
    ]

    private func read(_ text: String, _ reader: inout TimestampReader) -> Timestamp? {
        let line = Array("{\"\(text)\"}".utf8)
        let token = JSONToken(kind: .string, start: 2, end: Int32(2 + text.utf8.count))
        // A text that is no timestamp is what is tested here.
        return try? reader.read(token, in: line.span)
    }

    @Test(arguments: texts)
    func readsEveryTextAsItIsWhateverCameBefore(text: String) {
        var reader = TimestampReader()
        for earlier in Self.texts {
            _ = read(earlier, &reader)
            #expect(read(text, &reader) == Timestamp(iso8601: text), "after \(earlier)")
        }
    }
}
