import TelemetryFormat

/// The durations of calls, kept one by one, or in a histogram once some are known only so.
struct LatencySamples {
    private var durations: [Int64] = []
    private var histogram: LatencyHistogram?

    /// Adds a call's duration, or the durations of calls that were added up before.
    mutating func add(_ summand: borrowing Summand) {
        if let other = summand.latency {
            var sum = histogram ?? LatencyHistogram()
            sum += other
            histogram = sum
        } else if summand.usage.timedCalls == 1 {
            durations.append(summand.usage.durationMilliseconds)
        }
    }

    /// The summary; the mean is that of the sums, exact also where percentiles are not.
    func summary(_ usage: Usage) -> LatencySummary {
        var summary = LatencySummary(count: usage.timedCalls)
        guard usage.timedCalls > 0 else { return summary }
        summary.meanMilliseconds = Double(usage.durationMilliseconds) / Double(usage.timedCalls)
        let percentile: (Int) -> Int64?
        if var histogram {
            for duration in durations { histogram.add(duration) }
            summary.isApproximate = true
            percentile = { histogram.percentile($0) }
        } else {
            let sorted = durations.sorted()
            percentile = { sorted.nearestRank($0) }
        }
        summary.p50Milliseconds = percentile(50)
        summary.p95Milliseconds = percentile(95)
        summary.p99Milliseconds = percentile(99)
        summary.maximumMilliseconds = percentile(100)
        return summary
    }
}

extension [Int64] {
    /// The smallest element that so many per cent of a sorted array do not exceed.
    fileprivate func nearestRank(_ percent: Int) -> Int64? {
        guard !isEmpty else { return nil }
        let rank = (count * percent + 99) / 100
        return self[Swift.max(rank, 1) - 1]
    }
}
