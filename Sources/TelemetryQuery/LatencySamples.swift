import TelemetryFormat

/// The durations of calls: one by one, counted once they are many, or in a histogram once some are
/// known only so.
struct LatencySamples {
    /// Durations beyond this many are counted; below, a sorted few are faster and smaller.
    private static let maximumDurations = 4096
    private static let percentages = [50, 95, 99, 100]

    private var durations: [Int64] = []
    private var counts = DurationCounts()
    private var histogram: LatencyHistogram?

    /// Adds a call's duration, or the durations of calls that were added up before.
    mutating func add(_ summand: borrowing Summand) {
        if let other = summand.latency {
            var sum = histogram ?? LatencyHistogram()
            sum += other
            histogram = sum
        } else if summand.usage.timedCalls == 1 {
            add(summand.usage.durationMilliseconds)
        }
    }

    /// Adds a duration in milliseconds.
    @inline(__always)
    mutating func add(_ duration: Int64) {
        if counts.total > 0 { return counts.add(duration) }
        durations.append(duration)
        if durations.count > Self.maximumDurations { countAll() }
    }

    /// Adds the durations of a block of calls: 0 for none, else one more than it is.
    mutating func add(_ block: Span<UInt32>) {
        if counts.total == 0, durations.count + block.count > Self.maximumDurations { countAll() }
        if counts.total > 0 { return counts.add(block) }
        for index in block.indices where block[index] > 0 {
            durations.append(Int64(block[index]) - 1)
        }
    }

    private mutating func countAll() {
        for duration in durations { counts.add(duration) }
        durations = []
    }

    /// Adds the durations of other calls.
    static func += (left: inout LatencySamples, right: LatencySamples) {
        for duration in right.durations { left.add(duration) }
        if right.counts.total > 0 {
            left.countAll()
            left.counts += right.counts
        }
        if let other = right.histogram {
            var sum = left.histogram ?? LatencyHistogram()
            sum += other
            left.histogram = sum
        }
    }

    /// The summary; the mean is that of the sums, exact also where percentiles are not.
    func summary(_ usage: Usage) -> LatencySummary {
        var summary = LatencySummary(count: usage.timedCalls)
        guard usage.timedCalls > 0 else { return summary }
        summary.meanMilliseconds = Double(usage.durationMilliseconds) / Double(usage.timedCalls)
        summary.isApproximate = histogram != nil
        let percentiles = percentiles()
        guard percentiles.count == Self.percentages.count else { return summary }
        summary.p50Milliseconds = percentiles[0]
        summary.p95Milliseconds = percentiles[1]
        summary.p99Milliseconds = percentiles[2]
        summary.maximumMilliseconds = percentiles[3]
        return summary
    }

    /// The durations at the percentages; nothing without any.
    private func percentiles() -> [Int64] {
        if var histogram {
            for duration in durations { histogram.add(duration) }
            counts.forEach { histogram.add($0, calls: Int64($1)) }
            return Self.percentages.compactMap { histogram.percentile($0) }
        }
        if counts.total > 0 { return counts.nearestRanks(Self.percentages) }
        var durations = durations
        return Self.percentages.compactMap { durations.nearestRank($0) }
    }
}

extension [Int64] {
    /// The smallest element that so many per cent of all do not exceed; orders the elements as far
    /// as it must, so the next question is answered faster.
    fileprivate mutating func nearestRank(_ percent: Int) -> Int64? {
        guard !isEmpty else { return nil }
        return element(ofRank: Swift.max((count * percent + 99) / 100, 1) - 1)
    }

    /// The element that would be at an index if all were sorted. (C. A. R. Hoare's selection; when
    /// the pivots are bad for too long, sorting ends it.)
    private mutating func element(ofRank index: Int) -> Int64 {
        var part = startIndex..<endIndex
        var attempts = 64
        while part.count > 16, attempts > 0 {
            attempts -= 1
            let pivot = medianOfThree(in: part)
            var (low, high) = (part.lowerBound, part.upperBound - 1)
            while low <= high {
                while self[low] < pivot { low += 1 }
                while self[high] > pivot { high -= 1 }
                guard low <= high else { break }
                swapAt(low, high)
                low += 1
                high -= 1
            }
            if index <= high {
                part = part.lowerBound..<high + 1
            } else if index >= low {
                part = low..<part.upperBound
            } else {
                return self[index]
            }
        }
        self[part].sort()
        return self[index]
    }

    private func medianOfThree(in part: Range<Int>) -> Int64 {
        let (first, last) = (self[part.lowerBound], self[part.upperBound - 1])
        let middle = self[part.lowerBound + part.count / 2]
        return Swift.max(
            Swift.min(first, middle), Swift.min(Swift.max(first, middle), last))
    }
}
