import TelemetryFormat
import TelemetryQuery
import Testing

/// What counts of days that are only in `summary.json`.
@Suite struct RemovedDaysTests {
    private static let removed = [
        (
            day: "2026-10-01",
            call: TestCall(
                at: "2026-10-01T10:00:00Z", project: "apollo", agent: "finder", duration: 1_000)
        ),
        (day: "2026-10-02", call: TestCall(at: "2026-10-02T10:00:00Z", project: "gemini")),
        (day: "2026-10-04", call: TestCall(at: "2026-10-04T10:00:00Z", model: "unheard-of-1")),
    ]
    private static let kept = [
        TestCall(at: "2026-11-20T10:00:00Z", project: "apollo", session: "s1", duration: 10)
    ]

    private static func engine() throws -> QueryEngine {
        try CacheFixture.of(kept, removed: removed).engine()
    }

    @Test func countInTotalsAndDays() throws {
        let answer = try Self.engine().breakdown(Questions.about())
        #expect(answer.head.totals.usage.calls == 4)
        #expect(answer.head.totals.cost == .microdollars(3 * 4_500))
        #expect(answer.head.unpricedModels.map(\.model) == ["unheard-of-1"])
        #expect(answer.calls(.project) == ["apollo: 2", "gemini: 1", "–: 1"])
        #expect(
            answer.calls(.day)
                == ["2026-10-01: 1", "2026-10-02: 1", "2026-10-04: 1", "2026-11-20: 1"])
        #expect(
            answer.head.notes == [
                "2026-10-01 to 2026-10-02, 2026-10-04 are from summary.json"
            ])
    }

    @Test func areChosenByPeriodAndFilter() throws {
        let request = Questions.about(
            since: "2026-10-01T00:00:00Z", until: "2026-10-02T00:00:00Z")
        let head = try Self.engine().breakdown(request).head
        #expect(head.totals.usage.calls == 1)
        #expect(head.notes == ["2026-10-01 is from summary.json"])
        let filtered = Questions.about(filters: ["project": ["gemini"]])
        #expect(try Self.engine().breakdown(filtered).head.totals.usage.calls == 1)
    }

    @Test func areLeftOutAndCountedWhereTheyCannotAnswer() throws {
        let engine = try Self.engine()
        let note =
            "without 3 calls of 2026-10-01 to 2026-10-02, 2026-10-04: summary.json knows no "
            + "sessions, hours or outcomes"
        let hourly = try engine.timeline(Questions.about(), by: .hour)
        #expect(hourly.calls(.hour) == ["2026-11-20T10: 1"])
        #expect(hourly.head.notes == [note])
        #expect(try engine.patterns(Questions.about()).head.notes == [note])
        var request = Questions.about()
        request.status = .success
        #expect(try engine.breakdown(request).head.notes == [note])
        let session = Questions.about(filters: ["session": ["s1"]])
        #expect(try engine.breakdown(session).head.totals.usage.calls == 1)
    }

    @Test func makePercentilesApproximate() throws {
        let stats = try Self.engine().stats(Questions.about("stats"))
        #expect(stats.latency.isApproximate)
        #expect(stats.latency.count == 2)
        #expect(stats.latency.meanMilliseconds == 505)
        #expect(stats.latency.p50Milliseconds == 10)
        let slowest = try #require(stats.latency.maximumMilliseconds)
        #expect((990...1_010).contains(slowest))
        #expect(stats.sessions == 1)
        #expect(stats.models == 2)
    }
}
