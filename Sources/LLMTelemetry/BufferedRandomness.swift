import TelemetryFiles

/// The system's random numbers, asked for a few hundred bytes at a time: a system call for each
/// number would cost as much as the rest of an identifier.
///
/// A copy gives the same numbers again, so a forked child needs one of its own.
struct BufferedRandomness: RandomNumberGenerator, Sendable {
    private static let wordBytes = 8
    private static let bufferBytes = 32 * wordBytes

    private var bytes: [UInt8] = []
    /// Bytes before this index were given out.
    private var position = 0

    mutating func next() -> UInt64 {
        if position == bytes.count {
            bytes = RandomBytes.make(Self.bufferBytes)
            position = 0
        }
        var word: UInt64 = 0
        for _ in 0..<Self.wordBytes {
            word = word << 8 | UInt64(bytes[position])
            position += 1
        }
        return word
    }
}
