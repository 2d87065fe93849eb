/// Eight bytes of decimal digits as one little-endian word, judged and read all at once.
enum EightDigits {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    /// Eight times the digit 0.
    static let zeros = ones &* 0x30

    /// The highest bit of each byte that is no digit. Of the bits set the lowest is exact: carries
    /// only travel up.
    @inline(__always)
    static func others(in word: UInt64) -> UInt64 {
        let values = word ^ zeros
        return ((values &+ ones &* 0x76) | values) & (ones &* 0x80)
    }

    /// The numbers that each two digits spell, sixteen bits apart.
    @inline(__always)
    static func pairs(_ word: UInt64) -> UInt64 {
        ((word & (ones &* 0x0F)) &* (10 << 8 | 1)) >> 8 & 0x00FF_00FF_00FF_00FF
    }

    /// The number that all eight spell.
    @inline(__always)
    static func number(_ word: UInt64) -> Int64 {
        let fours = (pairs(word) &* (100 << 16 | 1)) >> 16 & 0x0000_FFFF_0000_FFFF
        return Int64((fours &* (10_000 << 32 | 1)) >> 32)
    }
}
