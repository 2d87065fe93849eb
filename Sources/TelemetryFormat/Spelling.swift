/// A text of at most 32 bytes as words: comparing a line with it takes a few instructions.
struct Spelling: Equatable, Sendable {
    /// What four words of eight bytes hold.
    static let longest = 32

    let length: Int
    /// The first eight bytes, zero-filled when there are fewer.
    let head: UInt64
    /// Bytes 8 to 16 and 16 to 24 of a text that is longer than that, else 0.
    let second: UInt64
    let third: UInt64
    /// The last eight bytes of a text that has as many, else 0.
    let tail: UInt64
    /// The bits of `head` that the text fills.
    let headMask: UInt64

    /// A text of at most 32 bytes.
    init(_ text: Span<UInt8>) {
        precondition(text.count <= Self.longest, "text of \(text.count) bytes is too long")
        length = text.count
        (head, tail) = text.fingerprint
        second = length > 16 ? text.word(8) : 0
        third = length > 24 ? text.word(16) : 0
        headMask = length >= 8 ? .max : 1 &<< UInt64(length * 8) &- 1
    }

    /// The same; no text, which nothing may be compared with, unless told otherwise.
    init(_ text: String = "") {
        let bytes = Array(text.utf8)
        self.init(bytes.span)
    }

    /// A hash for tables of a few hundred texts.
    var hash: UInt64 {
        (head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)) &* 0xD6E8_FEB8_6659_FD93
    }
}
