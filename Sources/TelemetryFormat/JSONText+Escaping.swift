extension Array<UInt8> {
    /// Appends a text as a JSON string. Beside what RFC 8259 demands, everything is escaped that
    /// can do harm where the JSON is shown or pasted: U+007F–U+009F drive terminals, U+2028 and
    /// U+2029 end a line of JavaScript, and the bidirectional controls make text look like other
    /// text.
    package mutating func appendJSONString(_ text: String) {
        append(UInt8(ascii: "\""))
        let start = count
        append(contentsOf: text.utf8)
        let first = firstToEscape(from: start)
        if first < count {
            let rest = Array(self[first...])
            removeSubrange(first...)
            appendEscaped(rest)
        }
        append(UInt8(ascii: "\""))
    }

    /// The first byte that may need an escape, else the end.
    private func firstToEscape(from start: Int) -> Int {
        let bytes = span
        var index = start
        while index &+ 8 <= bytes.count, !Self.mayNeedEscape(bytes.word(index)) { index &+= 8 }
        while index < bytes.count, !Self.mayNeedEscape(bytes[index]) { index += 1 }
        return index
    }

    /// Whether any of eight bytes may need an escape; every one beyond ASCII counts as such. Each
    /// subtraction sets the highest bit of the bytes that it looks for; what it borrows from a byte
    /// above can mislead only when there is such a byte below.
    private static func mayNeedEscape(_ word: UInt64) -> Bool {
        let ones = EightDigits.ones
        let controls = word &- ones &* 0x20
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5C) &- ones
        let deletes = word &+ ones
        return (word | controls | quotes | backslashes | deletes) & (ones &* 0x80) != 0
    }

    /// Whether a byte is escaped, or begins a sequence that may be (U+0080–U+00BF, U+2000–U+2FFF).
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2 || byte == 0xE2
    }

    private mutating func appendEscaped(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x00..<0x20, 0x22, 0x5C:
                if let letter = Self.escapeLetter(byte) {
                    append(0x5C)
                    append(letter)
                } else {
                    appendEscape(UInt16(byte))
                }
            case 0x7F: appendEscape(0x7F)
            case 0xC2 where bytes[index + 1] < 0xA0:
                index += 1
                appendEscape(UInt16(bytes[index]))
            case 0xE2 where Self.isHarmful(bytes[index + 1], bytes[index + 2]):
                appendEscape(
                    0x2000 | UInt16(bytes[index + 1] & 0x3F) << 6
                        | UInt16(bytes[index + 2] & 0x3F))
                index += 2
            default: append(byte)
            }
            index += 1
        }
    }

    /// What follows the backslash of a short escape.
    private static func escapeLetter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        default: nil
        }
    }

    /// Whether the bytes after E2 make it U+2028–U+202E or U+2066–U+2069.
    private static func isHarmful(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80 && (0xA8...0xAE).contains(third)
            || second == 0x81 && (0xA6...0xA9).contains(third)
    }

    private mutating func appendEscape(_ unit: UInt16) {
        append(contentsOf: #"\u"#.utf8)
        for shift in stride(from: 12, through: 0, by: -4) {
            let digit = UInt8(unit >> UInt16(shift) & 0xF)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
