/// Finds functions by their keyword and matches the braces of their body.
struct FunctionLength {
    private let source: SwiftSource
    private let characters: [[Character]]

    init(_ source: SwiftSource) {
        self.source = source
        characters = source.codeLines.map(Array.init)
    }

    /// The functions with more lines than this from their keyword to their closing brace.
    func findings(over limit: Int) -> [Finding] {
        let keyword = /(^|[^.\w`])(func|init|deinit|subscript|get|set|willSet|didSet|var)\b/
            .wordBoundaryKind(.simple)
        return source.codeLines.indices.compactMap { index in
            guard source.codeLines[index].contains(keyword), let end = endOfBody(from: index),
                end - index + 1 > limit
            else { return nil }
            let text = "\(end - index + 1) lines: \(source.lines[index].trimmingPrefix(/\s+/))"
            return Finding(path: source.path, line: index + 1, text: text)
        }
    }

    /// The line of the brace that closes the body which opens in the declaration at `start`.
    private func endOfBody(from start: Int) -> Int? {
        var braces = 0
        var parentheses = 0
        for index in start..<characters.count {
            for character in characters[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{": braces += 1
                case "}":
                    braces -= 1
                    if braces <= 0 { return braces == 0 ? index : nil }
                default: break
                }
            }
            if braces == 0, parentheses <= 0, !continues(after: index) { return nil }
        }
        return nil
    }

    /// Whether a declaration without a body so far goes on in the next line.
    private func continues(after index: Int) -> Bool {
        guard index + 1 < characters.count else { return false }
        let next = source.codeLines[index + 1].drop { $0.isWhitespace }
        return ["{", "->", "where", "throws", "async", ")"].contains { next.hasPrefix($0) }
    }
}
