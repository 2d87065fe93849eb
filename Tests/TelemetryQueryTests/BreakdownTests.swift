import TelemetryFormat
import TelemetryIndex
import TelemetryPricing
import TelemetryQuery
import Testing

/// Prices in dollars per million tokens: Sonnet 4.5 costs 3 and 15, beyond 200,000 input tokens 6
/// and 22.5.
@Suite struct BreakdownTests {
    private static let calls = [
        TestCall(at: "2026-11-20T10:00:00Z", project: "apollo", agent: "finder"),
        TestCall(at: "2026-11-20T11:00:00Z", project: "apollo", agent: "writer"),
        TestCall(
            at: "2026-11-21T10:00:00Z", tokens: TokenCounts(input: 150_000, cacheRead: 150_000),
            project: "gemini"),
        TestCall(at: "2026-11-21T10:30:00Z", model: "unheard-of-1", project: "apollo"),
        TestCall(at: "2026-11-21T10:40:00Z", project: "apollo", cost: .microdollars(500_000)),
        TestCall(at: "2026-11-21T10:41:00Z", project: "apollo", isKept: false),
    ]

    @Test(arguments: [QueryEngine.Method.sums, .calls])
    func addsUpByEveryDimension(method: QueryEngine.Method) throws {
        let engine = try CacheFixture.of(Self.calls).engine(method: method)
        let answer = try engine.breakdown(Questions.about())
        // Twice 0.003 + 0.0015, then 150,000 × 6 + 150,000 × 0.6 per million, then as recorded.
        let total = Money.microdollars(9_000 + 990_000 + 500_000)
        #expect(answer.head.totals.cost == total)
        #expect(answer.head.totals.usage.calls == 5)
        #expect(answer.head.totals.unpricedCalls == 1)
        #expect(
            answer.head.unpricedModels == [
                AnswerHead.UnpricedModel(model: "unheard-of-1", calls: 1)
            ])
        #expect(answer.breakdowns.map(\.dimension) == [.model, .project, .agent, .day])
        #expect(answer.calls(.model) == ["claude-sonnet-4-5: 4", "unheard-of-1: 1"])
        #expect(answer.calls(.project) == ["gemini: 1", "apollo: 4"])
        #expect(answer.calls(.agent) == ["–: 3", "finder: 1", "writer: 1"])
        #expect(answer.calls(.day) == ["2026-11-20: 2", "2026-11-21: 3"])
        for breakdown in answer.breakdowns {
            let costs = breakdown.rows.compactMap(\.usage.cost).reduce(Money.zero, +)
            #expect(costs == total, "\(breakdown.dimension)")
            #expect(breakdown.rows.map(\.usage.usage.calls).reduce(0, +) == 5)
        }
        let unknown = try #require(answer.rows(.model).last)
        #expect(unknown.usage.cost == nil)
        #expect(unknown.costShare == nil)
        #expect(answer.rows(.model)[0].costShare == 1)
    }

    @Test(arguments: [
        (CostMode.auto, 1_499_000, 1), (.calculate, 1_003_500, 1), (.display, 500_000, 4),
    ])
    func takesCostsByMode(mode: CostMode, microdollars: Int, unpriced: Int64) throws {
        var request = Questions.about()
        request.costMode = mode
        for method in [QueryEngine.Method.sums, .calls] {
            let head = try CacheFixture.of(Self.calls).engine(method: method).breakdown(request)
                .head
            #expect(head.totals.cost == .microdollars(microdollars))
            #expect(head.totals.unpricedCalls == unpriced)
            #expect(head.unpricedModels.map(\.calls).reduce(0, +) == unpriced)
        }
    }

    @Test func tellsFreeFromUnknown() throws {
        let free = TestCall(at: "2026-11-20T10:00:00Z", model: "unheard-of-1", cost: .zero)
        let head = try CacheFixture.of([free]).engine().breakdown(Questions.about()).head
        #expect(head.totals.cost == .zero)
        #expect(head.totals.unpricedCalls == 0)
        #expect(head.unpricedModels.isEmpty)

        let answer = try CacheFixture.of([]).engine().breakdown(Questions.about())
        #expect(answer.head.totals == PricedUsage())
        #expect(answer.breakdowns.map(\.rows.count) == [0, 0, 0, 0])
    }

    @Test func doesNotPriceATotalOfTokens() throws {
        let call = TestCall(at: "2026-11-20T10:00:00Z", tokens: TokenCounts(unsplit: 700))
        let head = try CacheFixture.of([call]).engine().breakdown(Questions.about()).head
        #expect(head.totals.usage.tokens.total == 700)
        #expect(head.totals.cost == nil)
        #expect(head.totals.unpricedCalls == 1)
    }

    @Test func sharesAreNullWhenTheTotalIsZero() throws {
        let free = TestCall(at: "2026-11-20T10:00:00Z", cost: .zero)
        let answer = try CacheFixture.of([free]).engine().breakdown(Questions.about())
        #expect(answer.rows(.model)[0].costShare == nil)
        #expect(answer.rows(.model)[0].callShare == 1)
    }

    @Test func mergesSpellingsOfAModelUnlessToldNotTo() throws {
        let calls = [
            TestCall(at: "2026-11-20T10:00:00Z", model: "claude-sonnet-4-5-20250929"),
            TestCall(
                at: "2026-11-20T10:00:00Z", model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ]
        let merged = try CacheFixture.of(calls).engine().breakdown(Questions.about())
        #expect(merged.calls(.model) == ["claude-sonnet-4-5: 2"])
        var request = Questions.about()
        request.keepsRawModels = true
        let raw = try CacheFixture.of(calls).engine().breakdown(request)
        #expect(raw.rows(.model).map(\.key).count == 2)
    }

    @Test(arguments: [QueryEngine.Method.sums, .calls])
    func pricesByTheCallWhereThePriceChangesWithinAnHour(method: QueryEngine.Method) throws {
        // DeepSeek charges less before 00:30 and from 16:30 UTC: 0.135 instead of 0.27 for input.
        let times = ["00:10", "00:50", "12:00", "16:10", "16:50", "20:00"]
        let calls = times.map {
            TestCall(
                at: "2026-11-20T\($0):00Z", model: "deepseek-chat",
                tokens: TokenCounts(input: 1_000_000), project: "p")
        }
        let answer = try CacheFixture.of(calls).engine(method: method).breakdown(Questions.about())
        #expect(answer.head.totals.cost == .microdollars(3 * 135_000 + 3 * 270_000))
        #expect(answer.rows(.project)[0].usage == answer.head.totals)
    }

    @Test func countsOverridesWhoseTiersAreNotOnTheLadder() throws {
        let row = """
            {"id":"mine-1","prices":[{"input_mtok":{"base":1,"tiers":[{"above":5000,"price":2}]}}]}
            """
        let prices = PriceTable(overrides: try PriceOverrides(parsing: Array(row.utf8)))
        let calls = [4_000, 6_000].map {
            TestCall(at: "2026-11-20T10:00:00Z", model: "mine-1", tokens: TokenCounts(input: $0))
        }
        for method in [QueryEngine.Method.sums, .calls] {
            let engine = try CacheFixture.of(calls).engine(prices: prices, method: method)
            let head = try engine.breakdown(Questions.about()).head
            #expect(head.totals.cost == .microdollars(4_000 + 12_000))
        }
    }

    @Test func sortsAndCutsAsAsked() throws {
        var request = Questions.about()
        request.sort = .calls
        request.top = 1
        let engine = try CacheFixture.of(Self.calls).engine()
        #expect(try engine.breakdown(request).calls(.project) == ["apollo: 4"])
        request.order = .ascending
        #expect(try engine.breakdown(request).calls(.project) == ["gemini: 1"])
        request.sort = .name
        request.order = .descending
        #expect(try engine.breakdown(request).calls(.project) == ["gemini: 1"])
        request.sort = nil
        request.order = .ascending
        request.top = nil
        #expect(
            try engine.breakdown(request).calls(.model) == [
                "claude-sonnet-4-5: 4", "unheard-of-1: 1",
            ])
    }

    @Test func breaksDownByAnyDimensionInTheOrderAskedFor() throws {
        var request = Questions.about()
        request.dimensions = [.source, .month, .session, .operation, .user, .week, .hour, .agent]
        let calls = [
            TestCall(
                at: "2026-11-20T10:00:00Z", source: .codex, operation: "search", user: "ann",
                session: "s1")
        ]
        let answer = try CacheFixture.of(calls).engine().breakdown(request)
        #expect(
            answer.breakdowns.map { "\($0.dimension) \($0.rows[0].key ?? "–")" } == [
                "source codex", "month 2026-11", "session s1", "operation search", "user ann",
                "week 2026-11-16", "hour 2026-11-20T10", "agent –",
            ])
    }
}
