/// SHA-256 (FIPS 180-4): names texts that are not stored and proves that a copied file is whole.
package struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
        0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    /// The beginning of a block that is not yet full.
    private var pending: [UInt8] = []
    private var length: UInt64 = 0
    /// The message schedule, kept so that it is allocated once.
    private var schedule = [UInt32](repeating: 0, count: 64)

    private static let blockBytes = 64

    package init() {}

    /// The 32 bytes of the hash of some bytes.
    package static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// `sha256:` and the lower-case hexadecimal hash of a text's UTF-8: the form of `prompt_hash`.
    package static func label(of text: String) -> String {
        "sha256:" + hexadecimal(hash(Array(text.utf8).span))
    }

    /// Bytes as lower-case hexadecimal digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Takes in further bytes of the message.
    package mutating func update(_ bytes: Span<UInt8>) {
        length &+= UInt64(bytes.count)
        var index = 0
        if !pending.isEmpty {
            while index < bytes.count, pending.count < Self.blockBytes {
                pending.append(bytes[index])
                index += 1
            }
            if pending.count < Self.blockBytes { return }
            let block = pending
            pending.removeAll()
            compress(block.span, at: 0)
        }
        while bytes.count - index >= Self.blockBytes {
            compress(bytes, at: index)
            index += Self.blockBytes
        }
        while index < bytes.count {
            pending.append(bytes[index])
            index += 1
        }
    }

    /// The 32 bytes of the hash of all that was taken in; the hasher is of no use afterwards.
    package mutating func finalize() -> [UInt8] {
        let bits = length &* 8
        var padding: [UInt8] = [0x80]
        while (pending.count + padding.count) % Self.blockBytes != 56 { padding.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padding.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        update(padding.span)
        return state.flatMap { word in
            stride(from: 24, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: word >> UInt32($0))
            }
        }
    }
}

extension SHA256 {
    /// Folds in the block of 64 bytes that begins at `offset`.
    private mutating func compress(_ bytes: Span<UInt8>, at offset: Int) {
        prepareSchedule(bytes, offset)
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        let constants = Self.constants.span
        for round in 0..<64 {
            let choice = (e & f) ^ (~e & g)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let first =
                h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice
                &+ constants[round] &+ schedule[round]
            let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ second)
        }
        state = [
            state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d,
            state[4] &+ e, state[5] &+ f, state[6] &+ g, state[7] &+ h,
        ]
    }

    private mutating func prepareSchedule(_ bytes: Span<UInt8>, _ offset: Int) {
        var words = schedule.mutableSpan
        for index in 0..<16 {
            let start = offset &+ index &* 4
            words[index] =
                UInt32(bytes[start]) << 24 | UInt32(bytes[start &+ 1]) << 16
                | UInt32(bytes[start &+ 2]) << 8 | UInt32(bytes[start &+ 3])
        }
        for index in 16..<64 {
            let (early, late) = (words[index &- 15], words[index &- 2])
            words[index] =
                words[index &- 16] &+ words[index &- 7]
                &+ (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3)
                &+ (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10)
        }
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
        0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
        0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
        0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
        0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
        0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
        0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
        0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

/// The word rotated to the right.
@inline(__always)
private func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word >> bits | word << (32 &- bits)
}
