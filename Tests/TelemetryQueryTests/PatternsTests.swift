import TelemetryFormat
import TelemetryQuery
import Testing

@Suite struct PatternsTests {
    /// 2026-11-16 is a Monday.
    private static let calls = [
        TestCall(at: "2026-11-16T23:50:00Z", operation: "search"),
        TestCall(at: "2026-11-17T10:00:00Z", operation: "edit"),
        TestCall(at: "2026-11-17T10:30:00Z", operation: "edit"),
    ]

    @Test(arguments: [QueryEngine.Method.sums, .calls])
    func countsByWeekdayAndHour(method: QueryEngine.Method) throws {
        let engine = try CacheFixture.of(Self.calls).engine(method: method)
        let utc = try engine.patterns(Questions.about("patterns"))
        #expect(utc.heatmap[0][23] == 1)
        #expect(utc.heatmap[1][10] == 2)
        #expect(utc.byHour.count == 24)
        #expect(utc.byHour[10] == 2)
        #expect(utc.byWeekday == [1, 2, 0, 0, 0, 0, 0])
        #expect(utc.busiestWeekday == "Tuesday")
        #expect(utc.peakHours == [PatternsAnswer.HourRange(from: 10, to: 11)])
        #expect(utc.operations.map(\.key) == ["edit", "search"])

        let kolkata = try engine.patterns(Questions.about(zone: try TestZones.kolkata()))
        #expect(kolkata.byWeekday == [0, 3, 0, 0, 0, 0, 0])
        #expect(kolkata.heatmap[1][5] == 1)
        #expect(kolkata.heatmap[1][15] == 1)
        #expect(kolkata.heatmap[1][16] == 1)
    }

    @Test func hasNoPeaksWithoutCalls() throws {
        let answer = try CacheFixture.of([]).engine().patterns(Questions.about())
        #expect(answer.peakHours.isEmpty)
        #expect(answer.busiestWeekday == nil)
        #expect(answer.heatmap == Array(repeating: Array(repeating: 0, count: 24), count: 7))
    }

    @Test(arguments: [
        ([9: 1, 10: 2, 11: 2, 12: 1, 13: 1, 14: 2, 15: 2, 16: 1, 17: 1], [10..<12, 14..<16]),
        ([3: 5], [3..<4]),
        ([0: 4, 23: 4, 12: 1], [0..<1, 23..<24]),
        ([8: 3, 9: 3], [8..<10]),
    ])
    func joinsPeakHours(calls: [Int: Int64], peaks: [Range<Int>]) throws {
        let made = calls.flatMap { hour, count in
            (0..<count).map { _ in
                TestCall(at: "2026-11-17T\(hour < 10 ? "0" : "")\(hour):00:00Z")
            }
        }
        let answer = try CacheFixture.of(made).engine().patterns(Questions.about())
        #expect(answer.peakHours.map { $0.from..<$0.to } == peaks)
    }
}
