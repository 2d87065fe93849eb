/// A fast 64-bit hash for checkpoints, keys and tables: good mixing, no defence against an
/// attacker, so whoever relies on equality compares the contents too. Stable across machines and
/// versions.
package struct LineHash: Sendable {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

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
