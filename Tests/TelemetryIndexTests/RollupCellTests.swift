import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct RollupCellTests {
    private func packed(_ cells: [RollupCell]) -> [UInt8] {
        var bytes: [UInt8] = []
        for cell in cells { RollupPacking.append(cell, to: &bytes) }
        return bytes
    }

    private func unpacked(_ bytes: [UInt8]) -> [RollupCell] {
        var cells: [RollupCell] = []
        RollupPacking.forEachCell(in: bytes.span) { cells.append($0) }
        return cells
    }

    /// A cell whose every number comes from a function.
    private func cell(_ number: () -> Int64) -> RollupCell {
        var usage = Usage()
        (usage.calls, usage.failed) = (number(), number())
        usage.tokens = TokenCounts(
            input: number(), output: number(), cacheRead: number(), cacheWrite: number(),
            cacheWriteOneHour: number(), reasoning: number(), unsplit: number())
        (usage.webSearches, usage.recordedCalls, usage.timedCalls) = (number(), number(), number())
        usage.recordedCost = Money(units: Int128(number()) << 64 | Int128(number()))
        (usage.durationMilliseconds, usage.timedOutputTokens) = (number(), number())
        usage.first = Timestamp(milliseconds: number() >> 2)
        usage.last = Timestamp(milliseconds: usage.first!.milliseconds + abs(number() >> 2))
        return RollupCell(rateClass: number(), value: number(), usage: usage)
    }

    @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 127, 128, 1 << 53, Int64.max, .min])
    func everyNumberComesBack(number: Int64) {
        let cells = [cell { number }, cell { number }]
        #expect(unpacked(packed(cells)) == cells)
    }

    @Test func randomCellsComeBack() {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SplitMix(seed: seed)
        for _ in 0..<300 {
            let cells = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                cell {
                    Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random)
                }
            }
            #expect(unpacked(packed(cells)) == cells, "seed \(seed)")
        }
    }

    @Test(arguments: [
        Money(units: .max), Money(units: .min), Money(units: -1), Money(units: 1 << 63),
        Money(units: 1 << 64 - 1), Money(units: -1 << 64),
    ])
    func everyAmountComesBack(money: Money) {
        var usage = Usage()
        usage.recordedCost = money
        var bytes: [UInt8] = []
        RollupPacking.append(usage, to: &bytes)
        #expect(RollupPacking.usage(from: bytes.span).recordedCost == money)
    }

    @Test func damagedBytesAreReadWithoutHarm() {
        let whole = packed([cell { 1 << 40 }, cell { -5 }])
        for length in whole.indices {
            #expect(unpacked(Array(whole.prefix(length))).count <= 2)
        }
        #expect(unpacked(Array(repeating: 0xFF, count: 1000)).count < 1000)
    }

    @Test func rowIDsSortByHoursAndDaysThenFacetThenTime() {
        let times = [0, 1, 480_000, Int(UInt32.max)]
        let hours = Facet.allCases.flatMap { facet in times.map { facet.rowID(hour: $0) } }
        let days = Facet.allCases.flatMap { facet in times.map { facet.rowID(day: $0) } }
        let ids = hours + days
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }
}
