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
            var durations = durations
            percentile = { durations.nearestRank($0) }
        }
        summary.p50Milliseconds = percentile(50)
        summary.p95Milliseconds = percentile(95)
        summary.p99Milliseconds = percentile(99)
        summary.maximumMilliseconds = percentile(100)
        return summary
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
