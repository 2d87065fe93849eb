/// A fast 64-bit hash for checkpoints, keys and tables: good mixing, no defence against an
/// attacker, so whoever relies on equality compares the contents too. Stable across machines and
/// versions.
package struct LineHash: Sendable {
    /// Odd numbers without a pattern, as wyhash has them: a word that happens to be one makes the
    /// hash forget what came before it.
    private static let secrets: (UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB,
        0x8EBC_6AF0_9C88_C6E3
    )
    /// From this length on, setting up four chains pays.
    private static let laneBytes = 128

    /// The state so far, from which hashing can be resumed.
    package private(set) var value: UInt64

    /// Starts anew, or resumes from a stored value.
    package init(_ value: UInt64 = 0x2D35_8DCC_AA6C_78A5) {
        self.value = value
    }

    /// Folds in a run of bytes and its length, sixteen with each product; `ab` + `c` is not the
    /// same as `a` + `bc`.
    package mutating func combine(_ bytes: Span<UInt8>) {
        var state = value ^ UInt64(truncatingIfNeeded: bytes.count) &* Self.secrets.0
        var index = 0
        if bytes.count >= Self.laneBytes { combineLanes(&state, bytes, &index) }
        while bytes.count &- index > 16 {
            state = Self.mix(state ^ bytes.word(index), bytes.word(index &+ 8) ^ Self.secrets.1)
            index &+= 16
        }
        let rest = bytes.extracting(index..<bytes.count).fingerprint
        state = Self.mix(state ^ rest.head, rest.tail ^ Self.secrets.2)
        value = Self.mix(state, Self.secrets.0)
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
        _ state: inout UInt64, _ bytes: Span<UInt8>, _ index: inout Int
    ) {
        let secrets = Self.secrets
        var lanes = (state, state ^ secrets.1, state ^ secrets.2, state ^ secrets.3)
        while index &+ 64 <= bytes.count {
            let words = bytes.eightWords(index)
            lanes.0 = Self.mix(lanes.0 ^ words[0], words[1] ^ secrets.0)
            lanes.1 = Self.mix(lanes.1 ^ words[2], words[3] ^ secrets.1)
            lanes.2 = Self.mix(lanes.2 ^ words[4], words[5] ^ secrets.2)
            lanes.3 = Self.mix(lanes.3 ^ words[6], words[7] ^ secrets.3)
            index &+= 64
        }
        state = Self.mix(Self.mix(lanes.0, secrets.0) ^ lanes.1, secrets.1)
        state = Self.mix(Self.mix(state ^ lanes.2, secrets.2) ^ lanes.3, secrets.3)
    }

    /// Folds in a number.
    @inline(__always)
    package mutating func combine(_ number: UInt64) {
        value = Self.mix(value ^ number, Self.secrets.0)
    }

    /// Both halves of a product, one over the other.
    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
