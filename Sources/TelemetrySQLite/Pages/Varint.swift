/// SQLite's integers of variable length: seven bits a byte, the most significant first, all eight
/// bits in a ninth byte.
enum Varint {
    /// The bytes that a value takes.
    @inline(__always)
    static func count(_ value: UInt64) -> Int {
        value < 0x80 ? 1 : min(9, (70 - value.leadingZeroBitCount) / 7)
    }
}

extension UnsafeMutableRawPointer {
    /// Stores a value; answers its bytes.
    @inline(__always)
    func storeVarint(_ value: UInt64, at offset: Int) -> Int {
        if value < 0x80 {
            storeBytes(of: UInt8(value), toByteOffset: offset, as: UInt8.self)
            return 1
        }
        return storeLongVarint(value, at: offset)
    }

    private func storeLongVarint(_ value: UInt64, at offset: Int) -> Int {
        let count = Varint.count(value)
        var rest = value
        var last = count - 1
        if count == 9 {
            storeBytes(
                of: UInt8(truncatingIfNeeded: rest), toByteOffset: offset + 8, as: UInt8.self)
            rest >>= 8
            last = 7
        }
        for index in stride(from: last, through: 0, by: -1) {
            let more: UInt8 = index == count - 1 ? 0 : 0x80
            storeBytes(
                of: UInt8(truncatingIfNeeded: rest) & 0x7f | more, toByteOffset: offset + index,
                as: UInt8.self)
            rest >>= 7
        }
        return count
    }
}
