/// Durations counted in buckets that grow with them, so that percentiles of removed calls can still
/// be told, within 1 %, and histograms of any two groups can be added up.
///
/// Up to 127 ms every millisecond has a bucket; above, every doubling is cut into 64 buckets of
/// equal width, whose middle is at most 1/128 away from any of their values.
package struct LatencyHistogram: Equatable, Sendable {
    /// Calls by bucket, from bucket 0 to the highest one in use.
    private var counts: [Int64] = []
    /// How many calls have been counted.
    package private(set) var count: Int64 = 0

    /// Durations below it have buckets of their own.
    private static let exactLimit: Int64 = 128
    private static let bucketsPerDoubling = 64
    /// log₂ of the buckets per doubling.
    private static let doublingBits = 6

    /// How many buckets there are: enough for any duration.
    package static let bucketCount = bucket(for: .max) + 1

    package init() {}

    /// The bucket of a duration in milliseconds; a negative one, which a clock set back can
    /// produce, counts as 0.
    package static func bucket(for milliseconds: Int64) -> Int {
        let value = max(milliseconds, 0)
        if value < exactLimit { return Int(value) }
        let exponent = Int64.bitWidth - 1 - value.leadingZeroBitCount
        let doubling = exponent - doublingBits - 1
        let position = Int(value >> Int64(exponent - doublingBits)) - bucketsPerDoubling
        return Int(exactLimit) + doubling * bucketsPerDoubling + position
    }

    /// The duration, in milliseconds, that stands for all of a bucket: its middle.
    package static func representative(of bucket: Int) -> Int64 {
        precondition((0..<bucketCount).contains(bucket), "no such bucket: \(bucket)")
        if bucket < exactLimit { return Int64(bucket) }
        let (doubling, position) = (bucket - Int(exactLimit))
            .quotientAndRemainder(dividingBy: bucketsPerDoubling)
        let width: Int64 = 2 << Int64(doubling)
        return Int64(bucketsPerDoubling + position) * width + width / 2
    }

    /// Counts calls of one duration in milliseconds.
    package mutating func add(_ milliseconds: Int64, calls: Int64 = 1) {
        add(calls, toBucket: Self.bucket(for: milliseconds))
    }

    /// Adds another histogram.
    package static func += (left: inout LatencyHistogram, right: LatencyHistogram) {
        for (bucket, calls) in right.buckets { left.add(calls, toBucket: bucket) }
    }

    private mutating func add(_ calls: Int64, toBucket bucket: Int) {
        if bucket >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
        }
        counts[bucket] &+= calls
        count &+= calls
    }

    /// The duration that `percent` of the calls do not exceed, by nearest rank; nil without calls.
    package func percentile(_ percent: Int) -> Int64? {
        precondition((0...100).contains(percent), "no such percentile: \(percent)")
        guard count > 0 else { return nil }
        let rank = max((Int128(count) * Int128(percent) + 99) / 100, 1)
        var seen: Int128 = 0
        for (bucket, calls) in buckets {
            seen += Int128(calls)
            if seen >= rank { return Self.representative(of: bucket) }
        }
        return nil
    }

    /// The buckets in use with their calls, in ascending order.
    package var buckets: [(bucket: Int, calls: Int64)] {
        counts.indices.lazy.filter { counts[$0] > 0 }.map { ($0, counts[$0]) }
    }
}

extension LatencyHistogram: JSONWritable {
    /// Writes the buckets in use as pairs: `[[12,1],[340,7]]`.
    package func write(to json: inout JSONText) {
        json.array { json in
            for (bucket, calls) in buckets {
                json.array {
                    $0.value(bucket)
                    $0.value(calls)
                }
            }
        }
    }

    /// Reads what `write` writes; nil for anything else.
    package init?(json: JSONValue) {
        guard let pairs = json.array else { return nil }
        self.init()
        for pair in pairs {
            guard let numbers = pair.array, numbers.count == 2, let bucket = numbers[0].int,
                let calls = numbers[1].int, (0..<Int64(Self.bucketCount)).contains(bucket),
                (1...RecordLimits.tokens).contains(calls)
            else { return nil }
            add(calls, toBucket: Int(bucket))
        }
    }
}
