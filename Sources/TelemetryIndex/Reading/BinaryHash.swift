/// The value of a plain `sha256:` and 64 lower-case digits: half the size of its text.
struct BinaryHash {
    private static let prefix = Array("sha256:".utf8)
    /// The value of each byte as a digit; 16 and more for what is none.
    private static let digits: [UInt8] = (0...255).map { byte in
        UInt8("0123456789abcdef".utf8.enumerated().first { $0.element == byte }?.offset ?? 16)
    }

    private var words = SIMD4<UInt64>()

    /// The hash that a text spells in exactly the usual way, else nil.
    init?(_ text: Span<UInt8>) {
        guard text.count == 71 else { return nil }
        for index in Self.prefix.indices where text[index] != Self.prefix[index] { return nil }
        let digits = Self.digits
        var seen: UInt8 = 0
        for word in 0..<4 {
            var value: UInt64 = 0
            for index in 7 + word * 16..<23 + word * 16 {
                let digit = digits[Int(text[index])]
                seen |= digit
                value = value << 4 | UInt64(digit & 15)
            }
            words[word] = value
        }
        if seen > 15 { return nil }
    }

    /// Appends the 32 bytes.
    func append(to bytes: inout [UInt8]) {
        for word in 0..<4 {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: words[word] >> UInt64(shift)))
            }
        }
    }
}
