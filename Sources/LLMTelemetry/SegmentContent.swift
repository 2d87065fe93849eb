import TelemetryFiles
import TelemetryFormat

/// Length and hashes of a segment's content, uncompressed.
struct SegmentContent {
    /// Bytes of the whole content.
    private(set) var length: Int64 = 0
    /// For each range asked for the hexadecimal SHA-256 of its bytes, as far as there are any.
    private(set) var hashes: [String] = []

    /// Reads a segment once and hashes all ranges on the way.
    init(path: String, ranges: [Range<Int64>]) throws(FileError) {
        var hashers = ranges.map { _ in SHA256() }
        var position: Int64 = 0
        try SegmentReader(path: path).forEachBlock { block in
            let end = position + Int64(block.count)
            for (index, range) in ranges.enumerated() {
                let lower = max(range.lowerBound, position)
                let upper = min(range.upperBound, end)
                guard lower < upper else { continue }
                let part = Int(lower - position)..<Int(upper - position)
                hashers[index].update(block.extracting(part))
            }
            position = end
        }
        length = position
        hashes = hashers.map { hasher in
            var hasher = hasher
            return SHA256.hexadecimal(hasher.finalize())
        }
    }
}
