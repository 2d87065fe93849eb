import Testing

@testable import TelemetryQuery

@Suite struct DurationCountsTests {
    /// The definition: of all in order, the one at the rank.
    private func nearestRanks(_ durations: [Int64], _ percentages: [Int]) -> [Int64] {
        let sorted = durations.sorted()
        return percentages.map { sorted[max((sorted.count * $0 + 99) / 100, 1) - 1] }
    }

    @Test(arguments: [10, 9_000, 500_000, 30_000_000, 1_000_000_000] as [Int64])
    func tellsWhatSortingTells(maximum: Int64) {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(state: seed)
        for count in [1, 2, 99, 100, 101, 3_000] {
            let durations = (0..<count).map { _ in Int64.random(in: 0...maximum, using: &random) }
            var counts = DurationCounts()
            for duration in durations { counts.add(duration) }
            let percentages = [1, 50, 95, 99, 100]
            #expect(
                counts.nearestRanks(percentages) == nearestRanks(durations, percentages),
                "seed \(seed), \(count) up to \(maximum)")
        }
    }

    @Test func countsAddUp() {
        var (left, right) = (DurationCounts(), DurationCounts())
        for duration in 1...60 { left.add(Int64(duration)) }
        for duration in [70, 80, 90, 20_000_000, 20_000_000] as [Int64] { right.add(duration) }
        left += right
        #expect(left.total == 65)
        #expect(left.nearestRanks([50, 95, 100]) == [33, 80, 20_000_000])
    }

    @Test func noneHaveNoPercentiles() {
        #expect(DurationCounts().nearestRanks([50, 100]).isEmpty)
    }
}
