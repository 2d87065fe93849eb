/// Numbers and texts as bytes: seven bits of a number a byte, the lowest first.
struct PackedWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Small numbers of either sign take few bytes.
    mutating func put(_ number: Int64) {
        put(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    /// A number that is not negative, or nil.
    mutating func put(_ number: Int64?) {
        put(number.map { UInt64(bitPattern: $0) &+ 1 } ?? 0)
    }

    /// A text, or nil.
    mutating func put(_ text: String?) {
        guard let text else { return put(UInt64(0)) }
        put(UInt64(text.utf8.count + 1))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what a `PackedWriter` wrote, in the same order.
struct PackedReader {
    /// The bytes are not those of such a value.
    struct Failure: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() throws(Failure) -> UInt64 {
        var (number, shift): (UInt64, UInt64) = (0, 0)
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw Failure()
    }

    mutating func signed() throws(Failure) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A number of things that follow, each of which takes a byte or more.
    mutating func count() throws(Failure) -> Int {
        let number = try number()
        guard number <= UInt64(bytes.count) else { throw Failure() }
        return Int(number)
    }

    mutating func optional() throws(Failure) -> Int64? {
        let number = try number()
        return number == 0 ? nil : Int64(bitPattern: number &- 1)
    }

    mutating func text() throws(Failure) -> String? {
        let number = try number()
        guard number > 0 else { return nil }
        guard number - 1 <= UInt64(bytes.count - position) else { throw Failure() }
        let end = position + Int(number - 1)
        defer { position = end }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }
}
