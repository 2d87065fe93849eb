import TelemetryFiles
import TelemetryFormat

/// Length and hashes of a segment's content, uncompressed.
struct SegmentContent {
    /// Bytes of the whole content.
    private(set) var length: Int64 = 0
    /// For each prefix asked for the hexadecimal SHA-256 of its bytes, as far as there are any.
    private(set) var hashes: [String] = []

    /// Reads a segment once and hashes prefixes of these lengths on the way.
    init(path: String, prefixes: [Int64]) throws(FileError) {
        var hashers = prefixes.map { _ in SHA256() }
        var position: Int64 = 0
        try SegmentReader(path: path).forEachBlock { block in
            for (index, prefix) in prefixes.enumerated() where prefix > position {
                let count = Int(min(prefix - position, Int64(block.count)))
                hashers[index].update(block.extracting(first: count))
            }
            position += Int64(block.count)
        }
        length = position
        hashes = hashers.map { hasher in
            var hasher = hasher
            return SHA256.hexadecimal(hasher.finalize())
        }
    }
}
