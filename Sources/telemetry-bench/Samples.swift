/// Measurements of one thing, of which single ones say nothing.
struct Samples {
    private let sorted: [Double]

    /// At least one measurement.
    init(_ values: some Sequence<Double>) {
        sorted = values.sorted()
        precondition(!sorted.isEmpty, "nothing was measured")
    }

    /// The smallest value that so many of a hundred measurements do not exceed.
    func percentile(_ percent: Double) -> Double {
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(rank), 1), sorted.count) - 1]
    }

    var median: Double { percentile(50) }
}
