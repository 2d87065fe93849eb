import TelemetryFormat
import Testing

@testable import TelemetryQuery

/// Which sums a period is answered from.
@Suite struct ReadingPlanTests {
    private typealias Grain = DisplayClock.Grain

    private static func hour(_ text: String) -> Int { Timestamp(iso8601: text)!.hour }

    private func runs(
        since: String, until: String, _ zone: DisplayZone, _ grain: Grain, of whole: Grain
    ) throws -> [SumRun] {
        let hours = Self.hour("2026-10-28T10:00:00Z")...Self.hour("2026-11-03T20:00:00Z")
        let calls = hours.map { hour in
            TestCall(at: Timestamp(milliseconds: Int64(hour) * Int64.hour).iso8601)
        }
        let engine = try CacheFixture.of(calls).engine()
        let clock = DisplayClock(zone: zone, firstWeekday: .monday)
        let bounds = [since, until].map { Timestamp(iso8601: $0)!.milliseconds }
        let plan = try ReadingPlan(
            bounds[0]..<bounds[1], usesSums: true, grain: whole, clock, engine.connection)
        return plan.sumRuns(grain, clock)
    }

    private func hours(_ first: String, _ last: String) -> SumRun {
        .hours(Self.hour(first + ":00:00Z")...Self.hour(last + ":00:00Z"))
    }

    private func days(_ first: String, _ last: String) -> SumRun {
        .days(Day(first)!.number...Day(last)!.number)
    }

    @Test func wholeDaysAreReadAsDaysAndTheRestAsHours() throws {
        let runs = try runs(
            since: "2026-10-29T18:00:00Z", until: "2026-11-02T06:00:00Z", .utc, .day, of: .day)
        #expect(
            runs == [
                hours("2026-10-29T18", "2026-10-29T23"), days("2026-10-30", "2026-11-01"),
                hours("2026-11-02T00", "2026-11-02T05"),
            ])
    }

    @Test func nothingIsReadBeforeTheFirstCallAndAfterTheLast() throws {
        let runs = try runs(
            since: "2020-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z", .utc, .none, of: .none)
        #expect(runs == [days("2026-10-28", "2026-11-03")])
    }

    @Test func hoursAreReadWhereTheyAreToldApart() throws {
        let runs = try runs(
            since: "2026-10-30T00:00:00Z", until: "2026-10-31T00:00:00Z", .utc, .hour, of: .hour)
        #expect(runs == [hours("2026-10-30T00", "2026-10-30T23")])
    }

    /// Days in New York begin at 04:00 UTC, and from November on at 05:00.
    @Test(arguments: [Grain.none, .day])
    func daysOfAnotherZoneAreMadeOfHours(grain: DisplayClock.Grain) throws {
        let runs = try runs(
            since: "2026-10-30T04:00:00Z", until: "2026-11-02T05:00:00Z",
            TestZones.newYork(), grain, of: .day)
        let ofDays = [
            hours("2026-10-30T04", "2026-10-30T23"), days("2026-10-31", "2026-11-01"),
            hours("2026-11-02T00", "2026-11-02T04"),
        ]
        let ofHours = [hours("2026-10-30T04", "2026-11-02T04")]
        #expect(runs == (grain == .none ? ofDays : ofHours))
    }

    /// Midnight in Kolkata is at 18:30 UTC: that hour is read call by call.
    @Test func aDayWithAnHourThatIsCutIsMadeOfHours() throws {
        let runs = try runs(
            since: "2026-10-29T00:00:00Z", until: "2026-10-31T00:00:00Z",
            TestZones.kolkata(), .none, of: .day)
        #expect(
            runs == [
                hours("2026-10-29T00", "2026-10-29T17"), hours("2026-10-29T19", "2026-10-30T17"),
                hours("2026-10-30T19", "2026-10-30T23"),
            ])
    }
}
