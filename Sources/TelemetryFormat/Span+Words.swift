extension Span<UInt8> {
    /// The first and the last eight bytes, zero-filled when there are fewer: with the length they
    /// tell apart all texts of at most sixteen bytes, and longer ones that differ there.
    @inline(__always)
    var fingerprint: (head: UInt64, tail: UInt64) {
        if count >= 8 { return (word(0), word(count &- 8)) }
        // Pieces that overlap agree where they do.
        if count >= 4 {
            return (halfWord(0) | halfWord(count &- 4) << UInt64((count &- 4) &* 8), 0)
        }
        if count == 0 { return (0, 0) }
        let (middle, last) = (count >> 1, count &- 1)
        let head =
            UInt64(self[0]) | UInt64(self[middle]) << UInt64(middle &* 8)
            | UInt64(self[last]) << UInt64(last &* 8)
        return (head, 0)
    }

    /// Whether the bytes are the same.
    package func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count, fingerprint == other.fingerprint else { return false }
        var index = 8
        while index &+ 8 <= count {
            if word(index) != other.word(index) { return false }
            index &+= 8
        }
        return true
    }
}
