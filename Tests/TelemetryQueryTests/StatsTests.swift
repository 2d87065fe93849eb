import TelemetryFormat
import TelemetryQuery
import Testing

@Suite struct StatsTests {
    @Test func countsSessionsModelsAndThePeriodBefore() throws {
        let calls = [
            TestCall(at: "2026-11-20T10:00:00Z", model: "gpt-4o", session: "old"),
            TestCall(at: "2026-11-21T10:00:00Z", session: "s1"),
            TestCall(at: "2026-11-21T11:00:00Z", session: "s1", succeeded: false),
            TestCall(
                at: "2026-11-21T12:00:00Z", model: "claude-sonnet-4-5-20250929", session: "s2"),
            TestCall(at: "2026-11-21T12:00:00Z", model: nil),
        ]
        let request = Questions.about(
            "stats", since: "2026-11-21T00:00:00Z", until: "2026-11-22T00:00:00Z",
            previous: ("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"))
        let stats = try CacheFixture.of(calls).engine().stats(request)
        #expect(stats.head.command == "stats")
        #expect(stats.head.totals.usage.calls == 4)
        #expect(stats.head.totals.usage.failed == 1)
        #expect(stats.sessions == 2)
        #expect(stats.models == 1)
        #expect(stats.previous?.usage.calls == 1)
        #expect(stats.previous?.cost == .microdollars(2_500 + 1_000))
    }

    @Test func tellsPercentilesByNearestRank() throws {
        let calls = (1...100).map {
            TestCall(at: "2026-11-21T10:00:00Z", duration: Int64($0) * 10)
        }
        let stats = try CacheFixture.of(calls.shuffled()).engine().stats(Questions.about())
        #expect(
            stats.latency
                == LatencySummary(
                    count: 100, meanMilliseconds: 505, p50Milliseconds: 500,
                    p95Milliseconds: 950, p99Milliseconds: 990, maximumMilliseconds: 1_000))
    }

    @Test func knowsNothingOfDurationsThatNobodyStated() throws {
        let stats = try CacheFixture.of([TestCall(at: "2026-11-21T10:00:00Z")]).engine()
            .stats(Questions.about())
        #expect(stats.latency == LatencySummary())
        #expect(stats.previous == nil)
    }
}
