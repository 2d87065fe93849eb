import TelemetryFiles

/// The system's random numbers, asked for a few hundred bytes at a time: a system call for each
/// number would cost as much as the rest of an identifier.
///
/// A copy gives the same numbers again, so a forked child needs one of its own.
struct BufferedRandomness: RandomNumberGenerator, Sendable {
    private static let bufferWords = 32

    private var words: [UInt64] = []
    /// Words before this index were given out.
    private var position = 0

    mutating func next() -> UInt64 {
        if position == words.count { fill() }
        position += 1
        return words[position - 1]
    }

    private mutating func fill() {
        let bytes = RandomBytes.make(Self.bufferWords * 8)
        words = (0..<Self.bufferWords).map { index in
            bytes[index * 8..<index * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        position = 0
    }
}
