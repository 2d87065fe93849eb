import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import Testing

@Suite struct SessionQuestionTests {
    private static let calls = [
        TestCall(
            at: "2026-11-20T12:00:00Z", model: "unheard-of-1", agent: "writer",
            session: "abc-1", error: "overloaded", isSidechain: true, duration: 250,
            succeeded: false),
        TestCall(
            at: "2026-11-20T10:00:00Z", model: "unheard-of-1", operation: "plan",
            session: "abc-1", messageID: "m-1"),
        TestCall(at: "2026-11-20T11:00:00Z", session: "abc-1", messageID: "m-2"),
        TestCall(
            at: "2026-11-21T13:00:00Z", tokens: TokenCounts(input: 2_000), session: "abc-1"),
        TestCall(at: "2026-11-20T10:30:00Z", session: "abc-1", isKept: false),
        TestCall(at: "2026-11-20T10:00:00Z", session: "abc-12"),
        TestCall(at: "2026-11-20T10:00:00Z", agent: "xyz-is-no-session", session: "abd"),
        TestCall(at: "2026-11-20T10:00:00Z", source: .claude, session: "twice"),
        TestCall(at: "2026-11-20T10:00:00Z", source: .codex, session: "twice"),
    ]

    private func answer(
        _ id: String, _ request: QueryRequest = Questions.about("sessions show"),
        _ calls: [TestCall] = Self.calls
    ) throws -> SessionAnswer {
        let engine = try CacheFixture.of(calls).engine()
        return try engine.session(SessionRequest(id: id, query: request))
    }

    @Test func callsComeInOrderOfTimeWithWhatHasBeenSpent() throws {
        let answer = try answer("abc-1")
        #expect(
            answer.calls.map { $0.timestamp.iso8601.dropFirst(8).prefix(5) } == [
                "20T10", "20T11", "20T12", "21T13",
            ])
        #expect(
            answer.calls.map(\.cost) == [
                nil, .microdollars(4_500), nil, .microdollars(6_000),
            ])
        #expect(
            answer.calls.map(\.cumulativeCost) == [
                nil, .microdollars(4_500), .microdollars(4_500), .microdollars(10_500),
            ])
        #expect(answer.session.usage.cost == .microdollars(10_500))
        #expect(answer.session.usage.unpricedCalls == 2)
        #expect(answer.head.totals == answer.session.usage)
        #expect(answer.head.unpricedModels.map(\.calls) == [2])
        #expect(answer.head.notes == [])
    }

    @Test func aCallSaysWhatItsRowSays() throws {
        let calls = try answer("abc-1").calls
        #expect(
            calls[2]
                == SessionCall(
                    timestamp: Timestamp(iso8601: "2026-11-20T12:00:00Z")!, model: "unheard-of-1",
                    agent: "writer", tokens: TokenCounts(input: 1_000, output: 100), cost: nil,
                    cumulativeCost: .microdollars(4_500), succeeded: false, error: "overloaded",
                    isSidechain: true, durationMilliseconds: 250))
        #expect(calls[0].operation == "plan")
        #expect(calls[0].messageID == "m-1")
    }

    @Test(arguments: [
        ("abc-1", "abc-1"), ("abc-12", "abc-12"), ("abd", "abd"), ("ab\u{64}", "abd"),
    ])
    func aWholeIDOrAUniqueBeginningSuffices(name: String, id: String) throws {
        #expect(try answer(name).session.id == id)
    }

    @Test(arguments: ["x", "xyz-is-no-session", "ABC-1", "abc-123", "claude-sonnet-4-5", "%", "*"])
    func whatIsNoSessionIsNotFound(name: String) {
        let error = #expect(throws: QueryError.self) { try answer(name) }
        #expect(error?.kind == .failure)
        #expect(error?.description == "session not found: \(name)")
    }

    @Test(arguments: [
        ("ab", "3 sessions begin with ab: abc-1, abc-12, abd"),
        ("abc", "2 sessions begin with abc: abc-1, abc-12"),
        ("tw", "session tw is in claude and codex: choose one with --source"),
        ("twice", "session twice is in claude and codex: choose one with --source"),
    ])
    func severalSessionsOfANameAreListed(name: String, message: String) {
        let error = #expect(throws: QueryError.self) { try answer(name) }
        #expect(error?.kind == .ambiguousName)
        #expect(error?.description == message)
    }

    @Test func onlySomeOfManyCandidatesAreListed() {
        let calls = (1...9).map { TestCall(at: "2026-11-20T10:00:00Z", session: "s\($0)") }
        let error = #expect(throws: QueryError.self) {
            try answer("s", Questions.about(), calls)
        }
        #expect(error?.description == "9 sessions begin with s: s1, s2, s3, s4, s5 and 4 more")
    }

    @Test func aSourceTellsSessionsOfOneIDApart() throws {
        let request = Questions.about("sessions show", sources: ["codex"])
        let answer = try answer("twice", request)
        #expect(answer.session.source == "codex")
        #expect(answer.calls.count == 1)
    }

    @Test func anIDIsWholeOnlyIfItIsASessionHere() throws {
        // The text "abc-1" is there, but among the calls asked for only "abc-12" begins so.
        let request = Questions.about(
            "sessions show", until: "2026-11-20T10:30:00Z", filters: ["model": ["claude-*"]])
        #expect(try answer("abc-1", request).session.id == "abc-12")
    }

    @Test func filtersAndThePeriodChooseCalls() throws {
        let request = Questions.about(
            "sessions show", since: "2026-11-20T10:30:00Z", until: "2026-11-21T00:00:00Z",
            filters: ["agent": ["writer"]])
        let answer = try answer("abc-1", request)
        #expect(answer.calls.map(\.agent) == ["writer"])
        #expect(answer.head.totals.usage.calls == 1)
        var all = Questions.about("sessions show")
        all.status = .success
        #expect(try self.answer("abc-1", all).calls.count == 3)
    }

    @Test func sortsAndCutsAsAsked() throws {
        var request = Questions.about("sessions show")
        request.top = 2
        #expect(try answer("abc-1", request).calls.map(\.messageID) == ["m-1", "m-2"])
        #expect(try answer("abc-1", request).head.notes == [])
        request.order = .descending
        #expect(try answer("abc-1", request).calls.map(\.tokens.input) == [2_000, 1_000])
        request.sort = .cost
        request.top = 3
        let answer = try answer("abc-1", request)
        #expect(answer.calls.map(\.cost) == [.microdollars(6_000), .microdollars(4_500), nil])
        #expect(answer.calls[0].cumulativeCost == .microdollars(10_500))
    }

    @Test func moreCallsThanAnybodyReadsAreCut() throws {
        let engine = try CacheFixture.of(Self.calls).engine()
        let request = SessionRequest(id: "abc-1", query: Questions.about())
        let answer = try engine.session(request, limit: 3)
        #expect(answer.calls.count == 3)
        #expect(answer.session.usage.usage.calls == 4)
        #expect(
            answer.head.notes == [
                "only 3 of 4 calls are shown; --since and --until choose others"
            ])
        #expect(try engine.session(request, limit: 4).head.notes == [])
    }

    @Test func theCostsOfCallsAddUpToTheSessions() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let calls = random.make(300)
        for source in ["telemetry", "claude", "codex"] {
            let request = Questions.about("sessions show", sources: [source])
            let answer = try answer("s1", request, calls)
            let costs = answer.calls.compactMap(\.cost)
            #expect(costs.reduce(Money.zero, +) == answer.session.usage.cost ?? .zero, "\(seed)")
            #expect(answer.calls.last?.cumulativeCost == answer.session.usage.cost, "\(seed)")
            #expect(Int64(answer.calls.count) == answer.session.usage.usage.calls, "\(seed)")
            #expect(answer.calls.map(\.timestamp) == answer.calls.map(\.timestamp).sorted())
        }
    }
}
