/// One Swift file, split into what the compiler reads and what people read.
struct SwiftSource: Sendable {
    /// A string literal: the line it begins on and its text between the quotes, trimmed.
    struct Literal: Sendable, Equatable {
        let line: Int
        let text: String
    }

    /// The path from the package's root.
    let path: String
    let lines: [String]
    /// `lines` with comments and the insides of string literals turned into spaces.
    let codeLines: [String]
    let literals: [Literal]

    init(path: String, text: String) {
        var lexer = SwiftLexer(text)
        lexer.run()
        self.path = path
        self.lines = Self.lines(of: text)
        self.codeLines = Self.lines(of: lexer.code)
        self.literals = lexer.literals
    }

    /// The module a file of `Sources/<Module>/…` belongs to.
    var module: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : ""
    }

    /// The lines, counted from 1, whose code matches.
    func codeLines(matching pattern: Regex<Substring>) -> [Finding] {
        // The default boundaries are Unicode's, which take `Swift.print` for one word.
        let pattern = pattern.wordBoundaryKind(.simple)
        return codeLines.enumerated().compactMap { index, line in
            guard let match = line.firstMatch(of: pattern) else { return nil }
            return Finding(path: path, line: index + 1, text: String(match.output))
        }
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// A place where the house style is broken.
struct Finding: Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let text: String

    var description: String { "\(path):\(line): \(text)" }
}
