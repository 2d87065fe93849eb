import TelemetryFormat
import TelemetryQuery
import Testing

@Suite struct TimeTests {
    private static let times = [
        // 23:50 and 00:10 of the next day in Kolkata, within one hour of UTC.
        "2026-10-31T18:20:00Z", "2026-10-31T18:40:00Z",
        // 01:30 twice in New York: clocks were put back in between.
        "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z",
        "2026-11-02T12:00:00Z",
    ]

    private static func engine(_ method: QueryEngine.Method) throws -> QueryEngine {
        try CacheFixture.of(times.map { TestCall(at: $0, project: "p") }).engine(method: method)
    }

    @Test(arguments: [QueryEngine.Method.sums, .calls])
    func cutsDaysAndHoursOnTheClockOfTheZone(method: QueryEngine.Method) throws {
        let kolkata = Questions.about(zone: try TestZones.kolkata())
        let newYork = Questions.about(zone: try TestZones.newYork())
        let engine = try Self.engine(method)
        #expect(
            try engine.timeline(kolkata, by: .day).calls(.day)
                == ["2026-10-31: 1", "2026-11-01: 3", "2026-11-02: 1"])
        #expect(
            try engine.timeline(kolkata, by: .hour).calls(.hour) == [
                "2026-10-31T23: 1", "2026-11-01T00: 1", "2026-11-01T11: 1", "2026-11-01T12: 1",
                "2026-11-02T17: 1",
            ])
        #expect(
            try engine.timeline(newYork, by: .hour).calls(.hour)
                == ["2026-10-31T14: 2", "2026-11-01T01: 2", "2026-11-02T07: 1"])
        #expect(
            try engine.timeline(newYork, by: .week).calls(.week)
                == ["2026-10-26: 4", "2026-11-02: 1"])
        #expect(
            try engine.timeline(newYork, by: .month).calls(.month)
                == ["2026-10: 2", "2026-11: 3"])
    }

    @Test func beginsWeeksOnTheDayAskedFor() throws {
        var request = Questions.about()
        request.period.firstWeekday = .sunday
        let answer = try Self.engine(.sums).timeline(request, by: .week)
        #expect(answer.calls(.week) == ["2026-10-25: 2", "2026-11-01: 3"])
    }

    @Test(arguments: [QueryEngine.Method.sums, .calls])
    func cutsThePeriodWithinAnHour(method: QueryEngine.Method) throws {
        let request = Questions.about(
            since: "2026-10-31T18:30:00Z", until: "2026-11-01T06:30:00.001Z")
        let answer = try Self.engine(method).breakdown(request)
        #expect(answer.head.totals.usage.calls == 3)
        #expect(answer.calls(.project) == ["p: 3"])
        #expect(answer.head.totals.usage.first == Timestamp(iso8601: "2026-10-31T18:40:00Z"))
    }

    @Test func listsTheModelsOfABucket() throws {
        let calls = [
            TestCall(at: "2026-11-20T10:00:00Z"),
            TestCall(at: "2026-11-20T10:00:00Z", model: "gpt-4o"),
            TestCall(at: "2026-11-20T23:00:00Z"), TestCall(at: "2026-11-21T10:00:00Z", model: nil),
        ]
        var request = Questions.about("daily")
        request.breaksDownByModel = true
        let rows = try CacheFixture.of(calls).engine().timeline(request, by: .day).rows(.day)
        #expect(rows.map(\.models) == [["claude-sonnet-4-5", "gpt-4o"], []])
        let models = try #require(rows[0].byModel)
        #expect(models.map(\.key) == ["claude-sonnet-4-5", "gpt-4o"])
        #expect(models.map(\.usage.usage.calls) == [2, 1])
        #expect(models.compactMap(\.usage.cost).reduce(.zero, +) == rows[0].usage.cost)
        #expect(rows[1].byModel?.map(\.key) == [nil])
    }
}
