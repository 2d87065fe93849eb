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

    /// For example `line 1, column 8`.
    package var description: String { "line \(line), column \(column)" }
}
