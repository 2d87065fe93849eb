/// A fast 64-bit hash for checkpoints, keys and tables: good mixing, no defence against an
/// attacker, so whoever relies on equality compares the contents too. Stable across machines and
/// versions.
package struct LineHash: Sendable {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// From this length on, setting up four chains pays.
    private static let laneBytes = 128

    /// The state so far, from which hashing can be resumed.
    package private(set) var value: UInt64

    /// Starts anew, or resumes from a stored value.
    package init(_ value: UInt64 = 0x2D35_8DCC_AA6C_78A5) {
        self.value = value
    }

    /// Folds in a run of bytes and its length; `ab` + `c` is not the same as `a` + `bc`.
    @inline(__always)
    package mutating func combine(_ bytes: Span<UInt8>) {
        ByteScanner.scan(bytes) { combine(&$0, 0..<bytes.count) }
    }

    /// Folds in a range of a scanner's bytes.
    @inline(__always)
    package mutating func combine(_ scanner: inout ByteScanner, _ range: Range<Int>) {
        var state = value ^ UInt64(truncatingIfNeeded: range.count) &* Self.multiplier
        var index = range.lowerBound
        if range.count >= Self.laneBytes {
            combineLanes(&state, &scanner, &index, range.upperBound)
        }
        while index &+ 8 <= range.upperBound {
            state = Self.mix(state ^ scanner.word(index))
            index &+= 8
        }
        if index < range.upperBound {
            state = Self.mix(state ^ scanner.fingerprint(index..<range.upperBound).head)
        }
        value = Self.mix(state)
    }

    /// Folds in the text of a string token, escapes resolved.
    package mutating func combine(_ token: JSONToken, in line: Span<UInt8>) {
        if token.hasEscapes {
            combine(Array(JSONString.decoded(token, in: line).utf8).span)
        } else {
            combine(line.extracting(token.range))
        }
    }

    /// Folds in most of a long run by four chains side by side: one has to wait for each product.
    private func combineLanes(
        _ state: inout UInt64, _ scanner: inout ByteScanner, _ index: inout Int, _ end: Int
    ) {
        var lanes = (state, ~state, state &+ Self.multiplier, state &- Self.multiplier)
        while index &+ 32 <= end {
            lanes.0 = Self.mix(lanes.0 ^ scanner.word(index))
            lanes.1 = Self.mix(lanes.1 ^ scanner.word(index &+ 8))
            lanes.2 = Self.mix(lanes.2 ^ scanner.word(index &+ 16))
            lanes.3 = Self.mix(lanes.3 ^ scanner.word(index &+ 24))
            index &+= 32
        }
        state = Self.mix(Self.mix(Self.mix(lanes.0) ^ lanes.1) ^ lanes.2) ^ lanes.3
    }

    /// Folds in a number.
    @inline(__always)
    package mutating func combine(_ number: UInt64) {
        value = Self.mix(value ^ number)
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}
