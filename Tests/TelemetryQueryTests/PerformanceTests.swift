import TelemetryFormat
import TelemetryQuery
import Testing

@Suite struct PerformanceTests {
    private static let calls = [
        TestCall(at: "2026-11-20T10:00:00Z", operation: "search", duration: 100),
        TestCall(at: "2026-11-20T11:00:00Z", operation: "search", duration: 300, succeeded: false),
        TestCall(at: "2026-11-21T10:00:00Z", model: "gpt-4o", operation: "edit", duration: 900),
        TestCall(at: "2026-11-21T11:00:00Z", operation: "plan"),
    ]

    @Test func listsSlowestFirst() throws {
        let answer = try CacheFixture.of(Self.calls).engine().performance(Questions.about())
        #expect(answer.byOperation.map(\.key) == ["edit", "search", "plan"])
        #expect(answer.byModel.map(\.key) == ["gpt-4o", "claude-sonnet-4-5"])
        #expect(answer.overall.calls == 4)
        #expect(answer.overall.failed == 1)
        #expect(answer.overall.latency.count == 3)
        #expect(answer.overall.latency.p50Milliseconds == 300)
        // Three times 100 tokens in 1.3 s.
        #expect(answer.overall.outputTokensPerSecond == 300.0 * 1000 / 1300)
        let search = answer.byOperation[1]
        #expect(search.latency.meanMilliseconds == 200)
        #expect(search.failed == 1)
        #expect(answer.byOperation[2].outputTokensPerSecond == nil)
    }

    @Test func listsMostUsedFirstWithFirstAndLastSeen() throws {
        let answer = try CacheFixture.of(Self.calls).engine()
            .usage(Questions.about("models"), by: .model)
        #expect(answer.calls(.model) == ["claude-sonnet-4-5: 3", "gpt-4o: 1"])
        let sonnet = answer.rows(.model)[0]
        #expect(sonnet.callShare == 0.75)
        #expect(sonnet.firstSeen == Timestamp(iso8601: "2026-11-20T10:00:00Z"))
        #expect(sonnet.lastSeen == Timestamp(iso8601: "2026-11-21T11:00:00Z"))
        #expect(sonnet.latency?.p99Milliseconds == 300)
    }
}
