import TelemetryFormat
import Testing

@Suite(.enabled(if: ZoneFiles.arePresent, ZoneFiles.skipReason))
struct DisplayZoneTests {
    /// What Python's zoneinfo says, minute by minute.
    static let starts: [(zone: String, day: String, start: String)] = [
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"),
        ("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00.000Z"),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z"),
        ("Europe/Berlin", "2026-10-26", "2026-10-25T23:00:00.000Z"),
        ("Europe/Berlin", "2050-07-01", "2050-06-30T22:00:00.000Z"),
        ("America/New_York", "2026-11-21", "2026-11-21T05:00:00.000Z"),
        // Clocks went from midnight to one, and from midnight back to eleven.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"),
        ("America/Sao_Paulo", "2019-02-17", "2019-02-17T03:00:00.000Z"),
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00.000Z"),
        ("Asia/Kathmandu", "2026-11-21", "2026-11-20T18:15:00.000Z"),
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00.000Z"),
        // Samoa had no 30 December 2011.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z"),
        // Clocks went from one minute past midnight back to one past eleven.
        ("America/St_Johns", "2007-11-04", "2007-11-04T02:30:00.000Z"),
        ("UTC", "2026-11-21", "2026-11-21T00:00:00.000Z"),
    ]

    @Test(arguments: starts)
    func knowsTheFirstInstantOfADay(zone: String, day: String, start: String) throws {
        let day = try #require(Day(day))
        #expect(try ZoneFiles.zone(zone).start(of: day).iso8601 == start)
    }

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
        "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/Cairo", "UTC",
    ])
    func noInstantLiesBetweenTwoDays(name: String) throws {
        let zone = try ZoneFiles.zone(name)
        var day = try #require(Day("2000-01-01"))
        while day.year < 2040 {
            let start = zone.start(of: day)
            #expect(zone.day(of: Timestamp(milliseconds: start.milliseconds - 1)) < day)
            #expect(zone.day(of: start) >= day)
            day = day.adding(days: 1)
        }
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-11-21T23:30:00Z", "2026-11-22", 0, 7),
        ("Asia/Kathmandu", "2026-11-21T18:14:59Z", "2026-11-21", 23, 6),
        ("Asia/Kathmandu", "2026-11-21T18:15:00Z", "2026-11-22", 0, 7),
        ("America/New_York", "2026-11-22T04:59:59Z", "2026-11-21", 23, 6),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29", 23, 4),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", 0, 6),
        ("UTC", "2026-11-21T13:00:00Z", "2026-11-21", 13, 6),
    ])
    func tellsDayHourAndWeekday(
        zone: String, instant: String, day: String, hour: Int, weekday: Int
    ) throws {
        let zone = try ZoneFiles.zone(zone)
        let instant = try #require(Timestamp(iso8601: instant))
        #expect(zone.day(of: instant).description == day)
        #expect(zone.hour(of: instant) == hour)
        #expect(zone.weekday(of: instant) == weekday)
    }

    @Test func tellsWeekAndMonth() throws {
        let zone = try ZoneFiles.zone("Europe/Berlin")
        let instant = try #require(Timestamp(iso8601: "2026-10-31T23:30:00Z"))
        #expect(zone.week(of: instant).description == "2026-10-26")
        #expect(zone.week(of: instant, startingOn: 7).description == "2026-11-01")
        #expect(zone.month(of: instant).description == "2026-11-01")
    }

    @Test func utcNeedsNoFile() throws {
        let instant = try #require(Timestamp(iso8601: "2026-11-21T23:59:59Z"))
        #expect(DisplayZone.utc.day(of: instant) == instant.day)
        #expect(DisplayZone.utc.start(of: instant.day) == instant.day.start)
        #expect(DisplayZone.utc.hour(of: instant) == 23)
    }
}
