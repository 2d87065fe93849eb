/// Reads the tables and code blocks of a Markdown text.
enum MarkdownTable {
    /// The cells of the table whose head begins like this, row by row.
    static func rows(after head: String, in text: String) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.hasPrefix(head) }) else { return [] }
        return lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.dropFirst().dropLast().split(separator: " | ").map(trimmed)
        }
    }

    private static func trimmed(_ cell: Substring) -> String {
        let start = cell.drop { $0 == " " || $0 == "|" }
        return String(start.reversed().drop { $0 == " " || $0 == "|" }.reversed())
    }

    /// The lines of every fenced block of this language.
    static func codeBlocks(language: String, in text: String) -> [[String]] {
        var blocks: [[String]] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if isInside, line == "```" {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].append(String(line))
            } else if line == "```\(language)" {
                isInside = true
                blocks.append([])
            }
        }
        return blocks
    }
}
