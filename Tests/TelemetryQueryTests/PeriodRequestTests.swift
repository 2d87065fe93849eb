import TelemetryQuery
import Testing

@testable import TelemetryFormat

@Suite struct PeriodRequestTests {
    /// A Saturday.
    private let now = Timestamp(iso8601: "2026-11-21T14:00:00Z")!

    private static func bound(_ text: String) -> PeriodRequest.Bound {
        PeriodRequest.Bound(text)!
    }

    struct Case: Sendable {
        var request: PeriodRequest
        var label: String
        var since: String?
        var until: String?
        /// The instants in UTC, the end not included.
        var start: String?
        var end: String?
        var previous: String?
    }

    @Test(arguments: [
        Case(
            request: .word(.today), label: "today", since: "2026-11-21", until: "2026-11-21",
            start: "2026-11-21", end: "2026-11-22", previous: "2026-11-20"),
        Case(
            request: .word(.yesterday), label: "yesterday", since: "2026-11-20",
            until: "2026-11-20", start: "2026-11-20", end: "2026-11-21", previous: "2026-11-19"),
        Case(
            request: .word(.week), label: "this week", since: "2026-11-16", until: "2026-11-21",
            start: "2026-11-16", end: "2026-11-22", previous: "2026-11-10"),
        Case(
            request: .word(.month), label: "this month", since: "2026-11-01",
            until: "2026-11-21", start: "2026-11-01", end: "2026-11-22", previous: "2026-10-11"),
        Case(
            request: .word(.year), label: "this year", since: "2026-01-01", until: "2026-11-21",
            start: "2026-01-01", end: "2026-11-22", previous: "2025-02-10"),
        Case(request: .word(.all), label: "all"),
        Case(
            request: .days(1), label: "last 1 day", since: "2026-11-21", until: "2026-11-21",
            start: "2026-11-21", end: "2026-11-22", previous: "2026-11-20"),
        Case(
            request: .days(7), label: "last 7 days", since: "2026-11-15", until: "2026-11-21",
            start: "2026-11-15", end: "2026-11-22", previous: "2026-11-08"),
        Case(
            request: .bounds(since: bound("2026-11-01"), until: bound("20261121")),
            label: "2026-11-01 to 2026-11-21", since: "2026-11-01", until: "2026-11-21",
            start: "2026-11-01", end: "2026-11-22", previous: "2026-10-11"),
        Case(
            request: .bounds(since: bound("2026-11-19"), until: nil), label: "since 2026-11-19",
            since: "2026-11-19", start: "2026-11-19", previous: "2026-11-16T10:00:00.000Z"),
        Case(
            request: .bounds(since: nil, until: bound("2026-11-19")), label: "until 2026-11-19",
            until: "2026-11-19", end: "2026-11-20"),
        Case(
            request: .bounds(
                since: bound("2026-11-21T10:00:00+02:00"), until: bound("2026-11-21T09:00:00Z")),
            label: "2026-11-21T08:00:00.000Z to 2026-11-21T09:00:00.000Z",
            since: "2026-11-21T08:00:00.000Z", until: "2026-11-21T09:00:00.000Z",
            start: "2026-11-21T08:00:00.000Z", end: "2026-11-21T09:00:00.001Z",
            previous: "2026-11-21T06:59:59.999Z"),
        Case(
            request: .bounds(since: bound("2026-11-20"), until: bound("2026-11-20T12:00:00Z")),
            label: "2026-11-20 to 2026-11-20T12:00:00.000Z", since: "2026-11-20",
            until: "2026-11-20T12:00:00.000Z", start: "2026-11-20",
            end: "2026-11-20T12:00:00.001Z", previous: "2026-11-19T11:59:59.999Z"),
    ]) func resolves(_ theCase: Case) throws {
        let period = try #require(theCase.request.resolved(now: now, zone: .utc))
        #expect(period.label == theCase.label)
        #expect(period.since == theCase.since)
        #expect(period.until == theCase.until)
        #expect(period.start == theCase.start.flatMap(instant))
        #expect(period.end == theCase.end.flatMap(instant))
        #expect(period.previous?.start == theCase.previous.flatMap(instant))
        #expect(period.previous?.end == theCase.previous.flatMap { _ in period.start })
        #expect(period.head.zone.name == "UTC")
    }

    private func instant(_ text: String) -> Timestamp? {
        Day(text)?.start ?? Timestamp(iso8601: text)
    }

    @Test(arguments: [
        ("2026-11-21", "2026-11-20"), ("2026-11-21T00:00:00Z", "2026-11-20"),
        ("2026-11-22", "2026-11-21T23:59:59Z"),
        ("2026-11-21T10:00:00Z", "2026-11-21T09:59:59.998Z"),
    ]) func aPeriodThatEndsBeforeItBeginsIsNone(_ since: String, _ until: String) {
        let request = PeriodRequest.bounds(since: Self.bound(since), until: Self.bound(until))
        #expect(request.resolved(now: now, zone: .utc) == nil)
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-11-31", "2026-13-01", "20261131", "2026112", "202611211",
        "+2026112", "2026-11-21x", "today", "2026-11-21T25:00:00Z", "1795269600",
        "2026-11-21 ", "２０２６-11-21",
    ]) func whatIsNoDateIsRefused(_ text: String) {
        #expect(PeriodRequest.Bound(text) == nil)
    }

    @Test(arguments: [
        (Weekday.monday, "2026-11-16"), (.tuesday, "2026-11-17"), (.saturday, "2026-11-21"),
        (.sunday, "2026-11-15"),
    ]) func weeksBeginAsAskedFor(_ weekday: Weekday, _ since: String) throws {
        let period = try #require(
            PeriodRequest.word(.week).resolved(now: now, zone: .utc, firstWeekday: weekday))
        #expect(period.since == since)
        #expect(Weekday(word: weekday.word) == weekday)
    }

    @Test func daysAreThoseOfTheZone() throws {
        // Two hours ahead until the fourth Sunday of October, then one.
        let summer = ZoneRules(
            initialOffset: 7_200,
            changes: [(instant: 1_792_890_000, offset: 3_600)])
        let zone = DisplayZone(name: "Test/Zone", rules: summer)
        let midnight = Timestamp(iso8601: "2026-11-21T23:30:00Z")!
        let today = try #require(PeriodRequest.word(.today).resolved(now: midnight, zone: zone))
        #expect(today.since == "2026-11-22")
        #expect(today.start == Timestamp(iso8601: "2026-11-21T23:00:00Z"))
        #expect(today.head.zone.name == "Test/Zone")
        // 2026-10-25 has 25 hours there.
        let day = PeriodRequest.Bound("2026-10-25")
        let long = try #require(
            PeriodRequest.bounds(since: day, until: day).resolved(now: midnight, zone: zone))
        #expect(long.start == Timestamp(iso8601: "2026-10-24T22:00:00Z"))
        #expect(long.end == Timestamp(iso8601: "2026-10-25T23:00:00Z"))
    }

    @Test func theLongestPeriodIsNoTrouble() {
        #expect(PeriodRequest.days(PeriodRequest.maximumDays).resolved(now: now, zone: .utc) != nil)
    }
}
