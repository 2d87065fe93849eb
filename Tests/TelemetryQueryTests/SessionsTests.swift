import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import Testing

/// Sonnet 4.5 costs 3 and 15 dollars per million tokens: a call of 1,000 and 100 costs 0.0045.
@Suite struct SessionsTests {
    private static let calls = [
        TestCall(
            at: "2026-11-20T10:00:00Z", project: "apollo", session: "s-1", gitBranch: "main",
            commandLineTool: "claude-code", persona: "reviewer", duration: 300),
        TestCall(
            at: "2026-11-20T12:00:00Z", model: "gpt-4o", project: "gemini", session: "s-1",
            gitBranch: "fix"),
        TestCall(at: "2026-11-20T11:00:00Z", project: "apollo", session: "s-2", duration: 900),
        TestCall(at: "2026-11-21T09:00:00Z", session: "s-2", succeeded: false),
        TestCall(at: "2026-11-21T08:00:00Z", model: "unheard-of-1", session: "s-3"),
        TestCall(at: "2026-11-21T08:00:00Z", source: .codex, session: "s-1"),
        TestCall(at: "2026-11-21T10:00:00Z"),
        TestCall(at: "2026-11-21T11:00:00Z", session: "s-1", isKept: false),
    ]

    private func answer(
        _ request: QueryRequest = Questions.about("sessions"), _ calls: [TestCall] = Self.calls
    ) throws -> SessionsAnswer {
        try CacheFixture.of(calls).engine().sessions(request)
    }

    @Test func theLatestEndComesFirst() throws {
        let answer = try answer()
        #expect(
            answer.sessions.map { "\($0.id) \($0.source) \($0.usage.usage.calls)" } == [
                "s-2 telemetry 2", "s-1 codex 1", "s-3 telemetry 1", "s-1 telemetry 2",
            ])
        #expect(answer.count == 4)
        #expect(
            answer.sessions.map { $0.endedAt?.iso8601.prefix(13) } == [
                "2026-11-21T09", "2026-11-21T08", "2026-11-21T08", "2026-11-20T12",
            ])
    }

    @Test func aSessionSaysWhatItsLatestCallsSay() throws {
        let row = try #require(try answer().sessions.last)
        #expect(row.project == "gemini")
        #expect(row.gitBranch == "fix")
        #expect(row.commandLineTool == "claude-code")
        #expect(row.persona == "reviewer")
        #expect(row.models == ["claude-sonnet-4-5", "gpt-4o"])
        #expect(row.startedAt?.iso8601 == "2026-11-20T10:00:00.000Z")
        #expect(row.endedAt?.iso8601 == "2026-11-20T12:00:00.000Z")
    }

    @Test func whatCallsOfOneInstantSayDoesNotDependOnTheirOrder() throws {
        let rivals = ["beta", "alpha", "gamma"].map {
            TestCall(at: "2026-11-20T10:00:00Z", project: $0, session: "s")
        }
        for calls in [rivals, rivals.reversed(), [rivals[1], rivals[0], rivals[2]]] {
            #expect(try answer(Questions.about(), calls).sessions.map(\.project) == ["alpha"])
        }
        let later = TestCall(at: "2026-11-20T10:00:01Z", project: "omega", session: "s")
        for calls in [rivals + [later], [later] + rivals] {
            #expect(try answer(Questions.about(), calls).sessions.map(\.project) == ["omega"])
        }
    }

    @Test func callsWithoutASessionAreCountedInTheTotalsOnly() throws {
        let answer = try answer()
        #expect(answer.head.totals.usage.calls == 7)
        #expect(answer.sessions.map(\.usage.usage.calls).reduce(0, +) == 6)
        #expect(answer.head.notes == ["1 call names no session and is in the totals only"])
        let removed = try CacheFixture.of(
            Self.calls, removed: [("2026-10-01", TestCall(at: "2026-10-01T10:00:00Z"))]
        ).engine().sessions(Questions.about("sessions"))
        #expect(removed.head.totals.usage.calls == 8)
        #expect(
            removed.head.notes == [
                "2026-10-01 is from summary.json",
                "2 calls name no session and are in the totals only",
            ])
    }

    @Test func costsAreKnownOrNot() throws {
        let answer = try answer()
        let unknown = try #require(answer.sessions.first { $0.id == "s-3" })
        #expect(unknown.usage.cost == nil)
        #expect(unknown.usage.unpricedCalls == 1)
        #expect(answer.sessions[0].usage.cost == .microdollars(9_000))
        #expect(answer.head.unpricedModels.map(\.model) == ["unheard-of-1"])
    }

    private static let orders: [(SortKey?, SortOrder?, [String])] = [
        (.name, nil, ["s-1", "s-1", "s-2", "s-3"]),
        (.name, .descending, ["s-3", "s-2", "s-1", "s-1"]),
        (.cost, nil, ["s-2", "s-1", "s-1", "s-3"]),
        (.cost, .ascending, ["s-1", "s-1", "s-2", "s-3"]),
        (.failed, nil, ["s-2", "s-1", "s-1", "s-3"]),
        (.latency, nil, ["s-2", "s-1", "s-1", "s-3"]),
        (.firstSeen, .ascending, ["s-1", "s-2", "s-1", "s-3"]),
        (nil, .ascending, ["s-1", "s-1", "s-3", "s-2"]),
    ]

    @Test(arguments: orders)
    func sortsAsAsked(key: SortKey?, order: SortOrder?, ids: [String]) throws {
        var request = Questions.about("sessions")
        request.sort = key
        request.order = order
        #expect(try answer(request).sessions.map(\.id) == ids)
        for top in 1...5 {
            request.top = top
            let answer = try answer(request)
            #expect(answer.sessions.map(\.id) == Array(ids.prefix(top)), "top \(top)")
            #expect(answer.count == 4)
        }
    }

    @Test func anIDOfTwoSourcesStandsBySource() throws {
        var request = Questions.about("sessions")
        request.sort = .name
        for calls in [Self.calls, Self.calls.reversed()] {
            let answer = try answer(request, calls)
            #expect(answer.sessions.prefix(2).map(\.source) == ["telemetry", "codex"])
        }
    }

    @Test func filtersAndThePeriodChooseCalls() throws {
        var request = Questions.about(
            "sessions", until: "2026-11-20T11:30:00Z", filters: ["project": ["APOLLO"]])
        let answer = try answer(request)
        #expect(answer.sessions.map { "\($0.id) \($0.usage.usage.calls)" } == ["s-2 1", "s-1 1"])
        #expect(answer.sessions.map(\.project) == ["apollo", "apollo"])
        #expect(answer.head.totals.usage.calls == 2)
        #expect(answer.head.notes == [])
        request = Questions.about("sessions", filters: ["session": ["s-1"]], sources: ["codex"])
        #expect(try self.answer(request).sessions.map(\.source) == ["codex"])
        request = Questions.about("sessions")
        request.status = .failure
        #expect(try self.answer(request).sessions.map(\.id) == ["s-2"])
    }

    /// The first few are looked for in outline where that is faster.
    @Test(arguments: SortKey.allCases)
    func theFirstAreTheFirstOfAll(key: SortKey) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let calls = random.make(300).enumerated().map { index, call in
            var call = call
            call.session = call.session.map { "\($0)-\(index / 7 % 12)" }
            return call
        }
        let engine = try CacheFixture.of(calls).engine()
        for filters in [[:], ["agent": ["finder"]], ["session": ["s1*", "s3*"]]] {
            for order in [nil, SortOrder.ascending, .descending] {
                var request = Questions.about("sessions", filters: filters)
                request.sort = key
                request.order = order
                let all = try engine.sessions(request)
                for top in [1, 2, 5, 17, 500] {
                    request.top = top
                    let first = try engine.sessions(request)
                    let said = "seed \(seed), \(filters), top \(top)"
                    #expect(first.sessions == Array(all.sessions.prefix(top)), "\(said)")
                    #expect(first.head == all.head, "\(said)")
                    #expect(first.count == all.count, "\(said)")
                }
            }
        }
    }

    @Test func sessionsAddUpToABreakdownBySession() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let engine = try CacheFixture.of(random.make(300)).engine()
        var request = Questions.about()
        request.dimensions = [.session]
        let rows = try engine.breakdown(request).rows(.session).filter { $0.key != nil }
        let answer = try engine.sessions(request)
        for row in rows {
            let sessions = answer.sessions.filter { $0.id == row.key }
            let usage = sessions.reduce(into: Usage()) { $0 += $1.usage.usage }
            let cost = sessions.compactMap(\.usage.cost).reduce(Money.zero, +)
            #expect(usage == row.usage.usage, "seed \(seed)")
            #expect(cost == row.usage.cost ?? .zero, "seed \(seed)")
        }
        #expect(Set(answer.sessions.map(\.id)) == Set(rows.compactMap(\.key)), "seed \(seed)")
        let total = try engine.breakdown(Questions.about()).head.totals
        #expect(answer.head.totals == total, "seed \(seed)")
    }
}
