import Foundation
import TelemetryFormat
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

@Suite struct RollupAccumulatorTests {
    private func row(_ index: Int) -> CallRow {
        var row = CallRow()
        row.timestamp = Timestamp(milliseconds: Int64(index % 3) * Timestamp.millisecondsPerHour)
        row.rateClass = Int64(index % 2 + 1)
        row.project = Int64(index % 5)
        row.agent = Int64(index % 7)
        row.tokens.input = 10
        return row
    }

    @Test func addsUpByHourClassAndValue() {
        var sums = RollupAccumulator()
        for index in 0..<210 { sums.add(row(index), callID: Int64(index)) }
        #expect(sums.hours.keys.sorted() == [0, 1, 2])
        for (hour, cells) in sums.hours {
            #expect(cells.cells(.whole).count == 2)
            #expect(cells.cells(.project).count == 10)
            #expect(cells.cells(.agent).count == 14)
            for facet in Facet.allCases {
                #expect(cells.cells(facet).reduce(0) { $0 + $1.usage.calls } == 70)
                #expect(cells.cells(facet).reduce(0) { $0 + $1.usage.tokens.input } == 700)
            }
            #expect(cells.callIDs == Int64(hour)...Int64(207 + hour))
        }
    }

    @Test func knowsHowManyCellsItHolds() {
        var sums = RollupAccumulator()
        for index in 0..<210 { sums.add(row(index), callID: Int64(index)) }
        let cells = sums.hours.values.flatMap { hour in Facet.allCases.map { hour.cells($0).count }
        }
        #expect(sums.cellCount == cells.reduce(0, +))
        sums.removeAll()
        #expect(sums.cellCount == 0 && sums.isEmpty)
    }

    /// The sums of every facet must be those that SQL finds in the rows.
    @Test func theStoredSumsAreThoseOfTheRows() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SplitMix(seed: seed)
        let store = try TemporaryStore()
        for day in 1...3 {
            let name = "2026-10-0\(day)/telemetry.jsonl"
            for _ in 0..<3 {
                try store.append(name, (0..<60).map { _ in line(&random) }.joined())
                try store.sync()
                try expectSumsOfRows(store, "seed \(seed)")
            }
        }
        try store.remove("2026-10-02")
        try store.sync()
        try expectSumsOfRows(store, "seed \(seed)")
    }

    /// More cells than are held in memory, so that they are merged several times.
    @Test func sumsMergedOnTheWayAreThoseOfTheRows() throws {
        let store = try TemporaryStore()
        let name = "2026-10-01/telemetry.jsonl"
        try store.write(name, manyGroups(0..<17_000))
        try store.sync()
        try expectSumsOfRows(store, "rebuilt")
        try store.append(name, manyGroups(8000..<26_000))
        #expect(try store.sync().lines == .init(ingested: 9000, duplicate: 9000))
        try expectSumsOfRows(store, "incremental")
    }

    private func manyGroups(_ numbers: Range<Int>) -> String {
        numbers.map { number in
            #"{"timestamp":"2026-10-01T0\#(number % 2):00:00Z","model":"m","msg_id":"m\#(number)","#
                + #""agent_name":"a\#(number)","operation":"o\#(number)","user_id":"u\#(number)","#
                + #""tokens":{"input":\#(number)},"metadata":{"project":"p\#(number)"}}"# + "\n"
        }.joined()
    }

    private func line(_ random: inout SplitMix) -> String {
        record(
            "m\(Int.random(in: 0..<200, using: &random))",
            at: "2026-10-01T0\(Int.random(in: 0..<5, using: &random)):00:00Z",
            model: "model-\(Int.random(in: 0..<3, using: &random))",
            input: Int.random(in: 0..<300_000, using: &random),
            output: Int.random(in: 0..<9, using: &random),
            cost: [nil, "0", "0.125"].randomElement(using: &random)!,
            project: "p\(Int.random(in: 0..<4, using: &random))",
            duration: [nil, 7, 900].randomElement(using: &random)!,
            success: Bool.random(using: &random))
    }

    private func expectSumsOfRows(_ store: TemporaryStore, _ comment: Comment) throws {
        let columns = ["0", "project", "agent", "operation", "user"]
        var expected: [String] = []
        for (facet, column) in zip(Facet.allCases, columns) {
            for (number, milliseconds) in [(0, 3_600_000), (8, 86_400_000)] {
                expected += try store.rows(
                    """
                    SELECT \(facet.rawValue + number), timestamp_ms / \(milliseconds), rate_class,
                        coalesce(\(column), 0), count(*), sum(1 - success), sum(input_tokens),
                        sum(output_tokens), count(cost), coalesce(sum(cost), 0),
                        count(duration_ms), coalesce(sum(duration_ms), 0),
                        sum(CASE WHEN duration_ms IS NULL THEN 0 ELSE output_tokens END),
                        min(timestamp_ms), max(timestamp_ms)
                    FROM call WHERE kept = 1 GROUP BY 1, 2, 3, 4
                    """)
            }
        }
        #expect(try storedSums(store) == expected.sorted(), comment)
    }

    private func storedSums(_ store: TemporaryStore) throws -> [String] {
        let connection = try store.location.openForReading()
        var select = try connection.prepare("SELECT id, cells FROM rollup")
        var sums: [String] = []
        while try select.step() {
            let id = select.int64(0)
            select.withBlob(1) { bytes in
                RollupPacking.forEachCell(in: bytes) { cell in
                    let usage = cell.usage
                    let numbers = [
                        id >> 32, id & 0xFFFF_FFFF, cell.rateClass, cell.value, usage.calls,
                        usage.failed, usage.tokens.input, usage.tokens.output, usage.recordedCalls,
                        Int64(usage.recordedCost.units), usage.timedCalls,
                        usage.durationMilliseconds, usage.timedOutputTokens,
                        usage.first!.milliseconds, usage.last!.milliseconds,
                    ]
                    sums.append(numbers.map(String.init).joined(separator: "|"))
                }
            }
        }
        return sums.sorted()
    }
}
