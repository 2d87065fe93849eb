import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import Testing

@Suite struct FilterTests {
    private static let calls = [
        TestCall(
            at: "2026-11-20T10:00:00Z", model: "us.anthropic.claude-opus-4-6-v1:0", provider: "aws",
            project: "apollo", agent: "finder", session: "s1"),
        TestCall(
            at: "2026-11-20T10:30:00Z", source: .claude, project: "Apollo", agent: "writer",
            session: "s1", succeeded: false),
        TestCall(at: "2026-11-20T11:00:00Z", source: .codex, project: "gemini", session: "s2"),
        TestCall(at: "2026-11-20T12:00:00Z", model: nil, user: "ann", cost: .zero),
    ]

    @Test(
        arguments: [
            (["model": ["claude-opus-*"]], 1),
            (["model": ["us.anthropic.*"]], 1),
            (["model": ["claude-opus-4-6", "claude-sonnet-4-5"]], 3),
            (["model": ["*"]], 3),
            (["provider": ["AWS"]], 1),
            (["project": ["apollo"]], 2),
            (["project": ["a*", "GEMINI"]], 3),
            (["project": ["nobody"]], 0),
            (["agent": ["finder"]], 1),
            (["project": ["apollo"], "agent": ["writer"]], 1),
            (["project": ["apollo"], "model": ["*sonnet*"]], 1),
            (["user": ["ann"]], 1),
            (["session": ["s1"]], 2),
            (["session": ["s1"], "agent": ["finder"]], 1),
        ] as [([String: [String]], Int64)])
    func selectsTheSameCallsEitherWay(filters: [String: [String]], calls: Int64) throws {
        for method in [QueryEngine.Method.sums, .calls] {
            let engine = try CacheFixture.of(Self.calls).engine(method: method)
            var request = Questions.about(filters: filters)
            #expect(try engine.breakdown(request).head.totals.usage.calls == calls)
            request.dimensions = [.model, .day]
            #expect(try engine.breakdown(request).head.totals.usage.calls == calls)
        }
    }

    @Test func selectsSources() throws {
        let engine = try CacheFixture.of(Self.calls).engine()
        let request = Questions.about(sources: ["claude", "codex"])
        #expect(try engine.breakdown(request).head.totals.usage.calls == 2)
    }

    @Test func selectsByOutcome() throws {
        let engine = try CacheFixture.of(Self.calls).engine()
        var request = Questions.about()
        request.status = .failure
        #expect(try engine.breakdown(request).calls(.project) == ["Apollo: 1"])
        request.status = .success
        #expect(try engine.breakdown(request).head.totals.usage.calls == 3)
    }
}
