import TelemetryFormat
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2025-01-27T10:30:45.123Z", "2025-01-27T10:30:45.123Z"),
        ("2025-01-27T10:30:45Z", "2025-01-27T10:30:45.000Z"),
        ("2025-01-27T10:30:45", "2025-01-27T10:30:45.000Z"),
        ("2025-01-27 10:30:45.5z", "2025-01-27T10:30:45.500Z"),
        ("2025-01-27t10:30:45.123456789", "2025-01-27T10:30:45.123Z"),
        ("2025-01-27T10:30:45.999999+00:00", "2025-01-27T10:30:45.999Z"),
        ("2025-01-27T10:30:45+05:30", "2025-01-27T05:00:45.000Z"),
        ("2025-01-27T10:30:45.1-0330", "2025-01-27T14:00:45.100Z"),
        ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59.999Z"),
        ("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.999Z"),
        ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00.000Z"),
        ("1999-12-31T23:00:00-01:00", "2000-01-01T00:00:00.000Z"),
        ("2100-12-31T23:59:59.999Z", "2100-12-31T23:59:59.999Z"),
    ])
    func readsEveryFormThatARecordMayHave(text: String, expected: String) {
        #expect(Timestamp(iso8601: text)?.iso8601 == expected)
    }

    @Test(arguments: [
        "", "now", "2025-01-27", "2025-01-27T10:30", "2025-01-27T10:30:45.Z",
        "2025-01-27T10:30:45.1234567890Z", "2025-01-27T10:30:45ZZ", "2025-01-27T10:30:45 Z",
        "2025-01-27T10:30:45+5", "2025-01-27T10:30:45+05", "2025-01-27T10:30:45+05:3",
        "2025-01-27T10:30:45+05-30", "2025-01-27T10:30:45+24:00", "2025-01-27T10:30:45+05:60",
        "2025-01-27T24:00:00Z", "2025-01-27T10:60:45Z", "2025-01-27T10:30:61Z",
        "2025-02-29T10:30:45Z", "2025-02-30T10:30:45Z", "2025-04-31T10:30:45Z",
        "2025-13-01T10:30:45Z", "2025-00-01T10:30:45Z", "2025-01-00T10:30:45Z",
        "2025-1-27T10:30:45Z", "2025/01/27T10:30:45Z", "2025-01-27X10:30:45Z",
        " 2025-01-27T10:30:45Z", "+025-01-27T10:30:45Z", "20250127T103045Z",
        "1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "2100-12-31T23:30:00-01:00",
        "2000-01-01T00:00:00+00:01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "2025-01-27T10:30:45，5Z", "２025-01-27T10:30:45Z",
    ])
    func refusesEverythingElse(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test func textAndInstantAgreeOverTheWholeRange() {
        var milliseconds = Timestamp.recordable.lowerBound.milliseconds
        while milliseconds <= Timestamp.recordable.upperBound.milliseconds {
            let instant = Timestamp(milliseconds: milliseconds)
            #expect(Timestamp(iso8601: instant.iso8601) == instant)
            milliseconds += 86_400_000 * 11 + 3_723_007
        }
    }

    @Test(arguments: [
        ("2026-11-21T10:30:00Z", "2026-11-21T10:30:00.000Z"),
        ("2026-11-21T10:30Z", "2026-11-21T10:30:00.000Z"),
        ("2026-11-21T10:30+02:00", "2026-11-21T08:30:00.000Z"),
        ("2026-11-21", "2026-11-21T00:00:00.000Z"),
        ("1795257045", "2026-11-21T10:30:45.000Z"),
        ("1795257045.25", "2026-11-21T10:30:45.250Z"),
        ("1795257045.0009", "2026-11-21T10:30:45.000Z"),
        ("1795257045.9", "2026-11-21T10:30:45.900Z"),
    ])
    func theClockCanBePinned(text: String, expected: String) {
        #expect(Timestamp.parseClock(text)?.iso8601 == expected)
    }

    @Test(arguments: [
        "", ".", "1795257045.", ".5", "-1795257045", "1e9", "1795257045000", "0", "yesterday",
        "2026-02-30", "2026-11-21T10", "99999999999999999999", "1999-12-31", "２0261121",
    ])
    func theClockIsNotPinnedToNonsense(text: String) {
        #expect(Timestamp.parseClock(text) == nil)
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z", "1970-01-01", 0),
        (-1, "1969-12-31T23:59:59.999Z", "1969-12-31", -1),
        (-86_400_000, "1969-12-31T00:00:00.000Z", "1969-12-31", -24),
        (1_795_257_045_123, "2026-11-21T10:30:45.123Z", "2026-11-21", 498_682),
    ])
    func knowsItsDayAndHour(milliseconds: Int64, text: String, day: String, hour: Int) {
        let instant = Timestamp(milliseconds: milliseconds)
        #expect(instant.iso8601 == text)
        #expect(instant.day.description == day)
        #expect(instant.hour == hour)
    }

    @Test(arguments: [Int64.min, .max])
    func anyInstantHasAText(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601.hasSuffix("Z"))
    }
}
