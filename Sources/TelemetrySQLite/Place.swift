/// Where in an SQL text something is: counted from 1, columns in characters.
package struct Place: Equatable, Sendable, CustomStringConvertible {
    /// The line.
    package let line: Int
    /// The character within the line.
    package let column: Int

    /// The place of the byte at `offset` of the text's UTF-8 form.
    package init(offset: Int, in sql: String) {
        let before = String(decoding: sql.utf8.prefix(offset), as: UTF8.self)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        line = lines.count
        column = (lines.last?.count ?? 0) + 1
    }

    /// The place where a name first stands as a whole word, in whatever case; `nil` when nowhere.
    /// A guess for a message: the word may be part of a text or a comment.
    package init?(of name: String, in sql: String) {
        let name = name.utf8.map(Self.lowerCase)
        let text = sql.utf8.map(Self.lowerCase)
        guard !name.isEmpty, name.count <= text.count else { return nil }
        let offset = (0...(text.count - name.count)).first { start in
            let end = start + name.count
            return text[start] == name[0] && text[start..<end].elementsEqual(name)
                && (start == 0 || !Self.isInWord(text[start - 1]))
                && (end == text.count || !Self.isInWord(text[end]))
        }
        guard let offset else { return nil }
        self.init(offset: offset, in: sql)
    }

    /// For example `line 1, column 8`.
    package var description: String { "line \(line), column \(column)" }

    private static func lowerCase(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }
}
