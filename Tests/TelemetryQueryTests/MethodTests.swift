import TelemetryFormat
import TelemetryQuery
import Testing

/// Sums and calls must tell the same about anything.
@Suite struct MethodTests {
    private static let filters: [[String: [String]]] = [
        [:], ["project": ["a*"]], ["agent": ["finder", "writer"]], ["model": ["claude-*"]],
        ["user": ["ann"], "operation": ["*"]], ["session": ["s1"]], ["provider": ["aws"]],
    ]

    @Test(arguments: filters)
    func answersAreEqual(filters: [String: [String]]) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let calls = random.make(250)
        let removed = random.make(20).map { (day: "2026-10-29", call: $0) }
        let bySums = try CacheFixture.of(calls, removed: removed).engine(method: .sums)
        let byCalls = try CacheFixture.of(calls, removed: removed).engine(method: .calls)
        for zone in [DisplayZone.utc, try TestZones.newYork(), try TestZones.kolkata()] {
            for bounds in [nil, ("2026-10-29T18:20:00Z", "2026-11-01T06:40:00Z")] {
                var request = Questions.about(
                    since: bounds?.0, until: bounds?.1, zone: zone, filters: filters)
                request.dimensions += [.source, .operation, .user, .week, .month]
                request.breaksDownByModel = true
                let (sums, rows) = try (answers(request, bySums), answers(request, byCalls))
                #expect(sums == rows, "seed \(seed), \(zone.name), \(filters)")
            }
        }
    }

    private func answers(
        _ request: QueryRequest, _ engine: borrowing QueryEngine
    ) throws -> [BreakdownAnswer] {
        var byModelAndDay = request
        byModelAndDay.dimensions = [.model, .day, .project]
        return [
            try engine.breakdown(request), try engine.breakdown(byModelAndDay),
            try engine.timeline(request, by: .hour), try engine.timeline(request, by: .day),
            try engine.usage(request, by: .model), try engine.usage(request, by: .project),
        ]
    }

    @Test(arguments: filters)
    func otherAnswersAreEqual(filters: [String: [String]]) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let calls = random.make(250)
        let request = Questions.about(
            since: "2026-10-29T18:20:00Z",
            previous: ("2026-10-29T06:00:00Z", "2026-10-30T18:20:00Z"),
            zone: try TestZones.newYork(), filters: filters)
        let sums = try CacheFixture.of(calls).engine(method: .sums)
        let rows = try CacheFixture.of(calls).engine(method: .calls)
        #expect(try sums.stats(request) == rows.stats(request), "seed \(seed), \(filters)")
        #expect(try sums.patterns(request) == rows.patterns(request), "seed \(seed), \(filters)")
        #expect(
            try sums.performance(request) == rows.performance(request), "seed \(seed), \(filters)")
    }

    @Test(arguments: filters)
    func percentilesAndSessionsAreEqual(filters: [String: [String]]) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let calls = random.make(400)
        let removed = random.make(5).map { (day: "2026-10-29", call: $0) }
        let sums = try CacheFixture.of(calls, removed: removed).engine(method: .sums)
        let rows = try CacheFixture.of(calls, removed: removed).engine(method: .calls)
        for zone in [DisplayZone.utc, try TestZones.kolkata()] {
            for sources in [["telemetry", "claude", "codex"], ["claude"]] {
                for since in [nil, "2026-10-29T18:20:00Z"] {
                    var request = Questions.about(
                        since: since, zone: zone, filters: filters, sources: sources)
                    let comment: Comment = "seed \(seed), \(zone.name), \(filters), \(sources)"
                    for dimension in [.model, .agent, .project, .operation, .user] as [Dimension] {
                        #expect(
                            try sums.usage(request, by: dimension)
                                == rows.usage(request, by: dimension), comment)
                    }
                    #expect(try sums.performance(request) == rows.performance(request), comment)
                    #expect(try sums.stats(request) == rows.stats(request), comment)
                    request.top = 2
                    for sort in [nil, .calls, .firstSeen] as [SortKey?] {
                        request.sort = sort
                        #expect(try sums.sessions(request) == rows.sessions(request), comment)
                    }
                }
            }
        }
    }

    @Test func breakdownsAddUpToTheTotal() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomCalls(seed: seed)
        let engine = try CacheFixture.of(random.make(250)).engine()
        var request = Questions.about()
        request.dimensions = Dimension.allCases
        let answer = try engine.breakdown(request)
        for breakdown in answer.breakdowns {
            var sum = PricedUsage(cost: .zero)
            for row in breakdown.rows {
                sum.usage += row.usage.usage
                sum.cost = (sum.cost ?? .zero) + (row.usage.cost ?? .zero)
                sum.unpricedCalls += row.usage.unpricedCalls
            }
            #expect(sum == answer.head.totals, "seed \(seed), \(breakdown.dimension)")
        }
    }
}
