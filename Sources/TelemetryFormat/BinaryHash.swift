/// The value of a plain `sha256:` and 64 lower-case digits: half the size of its text.
package struct BinaryHash {
    /// `sha256:` and where its bytes are in the first eight of the text.
    private static let prefix: UInt64 = 0x3A_3635_3261_6873
    private static let prefixMask: UInt64 = 0xFF_FFFF_FFFF_FFFF
    private static let textLength = 7 + 64
    /// The 32 bytes as they follow one another in memory.
    private let words: SIMD4<UInt64>

    /// The hash that a text spells in exactly the usual way, else nil.
    package init?(_ text: Span<UInt8>) {
        guard text.count == Self.textLength, text.word(0) & Self.prefixMask == Self.prefix else {
            return nil
        }
        guard let bytes = Self.decode(text.eightWords(7)) else { return nil }
        words = bytes.evenHalf | bytes.oddHalf &<< 32
    }

    /// Appends the 32 bytes.
    package func append(to bytes: inout [UInt8]) {
        bytes.append(words: words)
    }

    /// Four bytes for each eight digits, all at once; nil when there is another character.
    @inline(__always)
    private static func decode(_ text: SIMD8<UInt64>) -> SIMD8<UInt64>? {
        let ones = SIMD8<UInt64>(repeating: 0x0101_0101_0101_0101)
        // A letter has the bit 64 and comes 9 before its value; a digit is its value.
        let letters = (text &>> 6) & ones
        let digits = (text & each(0x0F)) &+ (letters &<< 3 | letters)
        // Written out again the digits must give the text, or it was none of the sixteen.
        let letter = ((digits &+ each(0x76)) &>> 7) & ones
        let again = digits &+ each(0x30) &+ (letter &<< 5 &+ letter &<< 3 &- letter)
        let errors = (again ^ text) | (digits & each(0xF0))
        let half = errors.lowHalf | errors.highHalf
        let quarter = half.lowHalf | half.highHalf
        guard quarter[0] | quarter[1] == 0 else { return nil }
        let pairs = (digits &<< 4 | digits &>> 8) & SIMD8(repeating: 0x00FF_00FF_00FF_00FF)
        let quads = (pairs | pairs &>> 8) & SIMD8(repeating: 0x0000_FFFF_0000_FFFF)
        return (quads | quads &>> 16) & SIMD8(repeating: 0xFFFF_FFFF)
    }

    /// This byte sixty-four times.
    @inline(__always)
    private static func each(_ byte: UInt64) -> SIMD8<UInt64> {
        SIMD8(repeating: byte &* 0x0101_0101_0101_0101)
    }
}
