import TelemetryFormat
import Testing

@Suite struct ZoneRulesTests {
    /// What Python's zoneinfo says.
    static let offsets: [(zone: String, instant: String, offset: Int)] = [
        ("Europe/Berlin", "2000-01-01T00:00", 3_600),
        ("Europe/Berlin", "2026-03-29T00:59", 3_600),
        ("Europe/Berlin", "2026-03-29T01:00", 7_200),
        ("Europe/Berlin", "2026-10-25T00:59", 7_200),
        ("Europe/Berlin", "2026-10-25T01:00", 3_600),
        ("Europe/Berlin", "2040-07-01T00:00", 7_200),
        ("Europe/Berlin", "2099-12-31T00:00", 3_600),
        ("America/New_York", "2006-04-02T06:59", -18_000),
        ("America/New_York", "2006-04-02T07:00", -14_400),
        ("America/New_York", "2026-03-08T07:00", -14_400),
        ("America/New_York", "2026-11-01T05:59", -14_400),
        ("America/New_York", "2026-11-01T06:00", -18_000),
        ("America/New_York", "2050-07-04T12:00", -14_400),
        ("America/Sao_Paulo", "2018-11-04T02:59", -10_800),
        ("America/Sao_Paulo", "2018-11-04T03:00", -7_200),
        ("America/Sao_Paulo", "2019-02-17T01:59", -7_200),
        ("America/Sao_Paulo", "2019-02-17T02:00", -10_800),
        ("Australia/Lord_Howe", "2026-04-04T14:59", 39_600),
        ("Australia/Lord_Howe", "2026-04-04T15:00", 37_800),
        ("Australia/Lord_Howe", "2026-10-03T15:29", 37_800),
        ("Australia/Lord_Howe", "2026-10-03T15:30", 39_600),
        ("Australia/Lord_Howe", "2045-01-01T00:00", 39_600),
        ("Asia/Kathmandu", "2026-11-21T12:00", 20_700),
        ("Pacific/Apia", "2011-12-30T09:59", -36_000),
        ("Pacific/Apia", "2011-12-30T10:00", 50_400),
        ("Pacific/Apia", "2038-01-01T00:00", 46_800),
        ("Europe/Dublin", "2026-01-01T00:00", 0),
        ("Europe/Dublin", "2080-07-01T00:00", 3_600),
        ("America/Nuuk", "2026-03-29T00:59", -7_200),
        ("America/Nuuk", "2026-03-29T01:00", -3_600),
        ("America/Nuuk", "2070-08-01T00:00", -3_600),
        ("America/St_Johns", "2007-11-04T02:30", -9_000),
        ("America/St_Johns", "2007-11-04T02:31", -12_600),
        ("UTC", "2026-11-21T12:00", 0),
    ]

    @Test(.enabled(if: ZoneFiles.arePresent, ZoneFiles.skipReason), arguments: offsets)
    func knowsTheOffsetOfEveryInstant(zone: String, instant: String, offset: Int) throws {
        let rules = try #require(ZoneFiles.rules(try ZoneFiles.bytes(zone)))
        let instant = try #require(Timestamp.parseClock(instant))
        #expect(rules.offsetSeconds(at: instant) == offset)
    }

    /// Closing rules in a file without changes of its own.
    static let closingRules: [(rule: String, instant: String, offset: Int)] = [
        ("<+0330>-3:30", "2026-07-01", 12_600),
        ("XXX12:34:56", "2026-07-01", -45_296),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T06:59", -18_000),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T07:00", -14_400),
        ("EST5EDT4:30,M3.2.0,M11.1.0", "2027-03-14T07:00", -16_200),
        // The 60th day: 1 March, or 29 February where the leap day counts.
        ("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59", 0),
        ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00", 3_600),
        ("AAA0BBB,59/0,299/0", "2028-02-28T23:59", 0),
        ("AAA0BBB,59/0,299/0", "2028-02-29T00:00", 3_600),
        ("AAA0BBB,59/0,299/0", "2027-03-01T00:00", 3_600),
        // The Saturday after the last Thursday, at two in the morning.
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2027-03-26T23:59", 7_200),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2027-03-27T00:00", 10_800),
        // An hour before midnight of the last Sunday.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T00:59", -7_200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T01:00", -3_600),
        // Winter is the exception.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2027-01-01", 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2027-07-01", 3_600),
        // The southern summer spans the new year.
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2027-01-01", 46_800),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2027-07-01", 43_200),
        // Daylight saving time all year (RFC 9636, section 3.3.1).
        ("XXX3EDT4,0/0,J365/23", "2026-12-31T23:59", -14_400),
        ("XXX3EDT4,0/0,J365/23", "2027-01-01T03:00", -14_400),
        ("XXX3EDT4,0/0,J365/23", "2027-07-01T00:00", -14_400),
        ("EST5EDT,M3.2.0,M11.1.0", "2100-12-31", -18_000),
    ]

    @Test(arguments: closingRules)
    func followsTheClosingRule(rule: String, instant: String, offset: Int) throws {
        let rules = try #require(ZoneFiles.rules(ZoneFiles.made(rule: rule)))
        let instant = try #require(Timestamp.parseClock(instant))
        #expect(rules.offsetSeconds(at: instant) == offset)
    }

    @Test func theClosingRuleBeginsAfterTheLastChange() throws {
        let file = ZoneFiles.made(
            rule: "AAA-1BBB,M3.5.0,M10.5.0", offset: 3_600, instant: 1_795_257_000)
        let rules = try #require(ZoneFiles.rules(file))
        func offset(_ text: String) -> Int? {
            Timestamp.parseClock(text).map { rules.offsetSeconds(at: $0) }
        }
        #expect(offset("2026-07-01") == 3_600)
        #expect(offset("2027-07-01") == 7_200)
    }

    @Test func withoutAClosingRuleTheLastOffsetStays() throws {
        let file = ZoneFiles.made(rule: "", offset: 3_600, instant: 0)
        let rules = try #require(ZoneFiles.rules(file))
        #expect(rules.offsetSeconds(at: Timestamp(milliseconds: 1_795_257_000_000)) == 3_600)
    }

    @Test(arguments: [
        "X5", "EST", "EST25", "EST5:60", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0", "<+03", "<+03>",
        "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J365", "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0", "EST5 EDT",
        "EST5EDT,M3.2.0,M11.1.0x",
    ])
    func refusesABrokenClosingRule(rule: String) {
        #expect(ZoneFiles.rules(ZoneFiles.made(rule: rule)) == nil)
    }

    @Test func refusesAFileThatIsCutAnywhere() {
        let file = ZoneFiles.made(rule: "EST5EDT,M3.2.0,M11.1.0", instant: 0)
        #expect(ZoneFiles.rules(file) != nil)
        for length in 0..<file.count {
            #expect(ZoneFiles.rules(Array(file[..<length])) == nil, "\(length) bytes")
        }
    }

    @Test func damageNeverCrashes() throws {
        let file = ZoneFiles.made(rule: "EST5EDT,M3.2.0,M11.1.0", instant: 0)
        for index in file.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var damaged = file
                damaged[index] = value
                let rules = ZoneFiles.rules(damaged) ?? .utc
                #expect(abs(rules.offsetSeconds(at: Timestamp(milliseconds: 0))) <= 93_599)
            }
        }
    }
}
