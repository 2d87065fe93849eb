import TelemetryFormat
import Testing

@Suite struct LatencyHistogramTests {
    @Test func everyBucketStandsForItsValuesWithinOnePercent() {
        var value: Int64 = 0
        var bucket = 0
        while value <= 1_000_000_000 {
            let next = LatencyHistogram.bucket(for: value)
            #expect(next == bucket || next == bucket + 1, "buckets ascend without a gap")
            bucket = next
            let error = abs(LatencyHistogram.representative(of: bucket) - value)
            #expect(error * 100 <= value)
            if value < 128 { #expect(error == 0) }
            value += max(1, value / 300)
        }
    }

    @Test func theMiddleOfEveryBucketLiesInIt() {
        for bucket in 0..<LatencyHistogram.bucketCount {
            let middle = LatencyHistogram.representative(of: bucket)
            #expect(LatencyHistogram.bucket(for: middle) == bucket)
        }
        #expect(LatencyHistogram.bucket(for: .min) == 0)
        #expect(LatencyHistogram.bucketCount == 3_712)
    }

    @Test func percentilesAreThoseOfTheNearestRank() {
        var histogram = LatencyHistogram()
        #expect(histogram.percentile(50) == nil)
        for duration in [10, 20, 30, 40, 50] as [Int64] { histogram.add(duration) }
        let percents = [0, 1, 20, 21, 50, 60, 61, 95, 100]
        #expect(percents.map { histogram.percentile($0) } == [10, 10, 10, 20, 30, 30, 40, 50, 50])
        #expect(histogram.count == 5)
    }

    @Test func percentilesOfManyCallsAreWithinOnePercent() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        var (durations, histogram): ([Int64], LatencyHistogram) = ([], .init())
        for _ in 0..<20_000 {
            let magnitude = Int64.random(in: 0...29, using: &generator)
            let duration = Int64.random(in: 0...(1 << magnitude), using: &generator)
            durations.append(duration)
            histogram.add(duration)
        }
        durations.sort()
        for percent in [1, 50, 95, 99, 100] {
            let exact = durations[max((durations.count * percent + 99) / 100, 1) - 1]
            let told = histogram.percentile(percent) ?? -1
            #expect(abs(told - exact) * 100 <= exact, "p\(percent) with seed \(seed)")
        }
    }

    @Test func addingUpIsCountingTogether() {
        var (left, right, both) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for duration in 0..<500 as Range<Int64> {
            left.add(duration * 7)
            right.add(duration * duration, calls: 3)
            both.add(duration * 7)
            both.add(duration * duration, calls: 3)
        }
        left += right
        #expect(left == both)
        #expect(left.count == 2_000)
    }

    @Test func readsWhatItWrites() throws {
        var histogram = LatencyHistogram()
        for duration in [3, 3, 900, 1_000_000_000] as [Int64] { histogram.add(duration) }
        var json = JSONText()
        json.value(histogram)
        #expect(json.string.hasPrefix("[[3,2],[304,1],"))
        let value = try JSONValue(parsing: json.bytes.span)
        #expect(LatencyHistogram(json: value) == histogram)
        #expect(LatencyHistogram(json: .array([])) == LatencyHistogram())
    }

    @Test(arguments: [
        "{}", "[1]", "[[1]]", "[[1,2,3]]", "[[-1,2]]", "[[3712,2]]", "[[1,0]]", "[[1,-2]]",
        "[[1.5,2]]", "[[1,9223372036854775807]]", "[[\"1\",2]]",
    ])
    func refusesWhatItDidNotWrite(text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8).span)
        #expect(LatencyHistogram(json: value) == nil)
    }
}
