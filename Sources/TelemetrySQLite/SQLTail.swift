/// What follows the first statement of an SQL text.
enum SQLTail {
    /// The offset of the first byte at or after `start` that is neither white space, a semicolon
    /// nor part of a comment; `nil` when nothing else follows.
    static func firstToken(in sql: String, from start: Int) -> Int? {
        let bytes = Array(sql.utf8)
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: ";"), 0x09, 0x0a, 0x0c, 0x0d:
                index += 1
            case UInt8(ascii: "-") where bytes[index...].starts(with: "--".utf8):
                index = bytes[index...].firstIndex(of: 0x0a) ?? bytes.count
            case UInt8(ascii: "/") where bytes[index...].starts(with: "/*".utf8):
                index = endOfBlockComment(bytes, from: index + 2)
            default:
                return index
            }
        }
        return nil
    }

    /// A block comment that is not closed reaches to the end, as in SQLite.
    private static func endOfBlockComment(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            if bytes[index...].starts(with: "*/".utf8) { return index + 2 }
            index += 1
        }
        return bytes.count
    }
}
