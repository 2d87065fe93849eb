/// Tells code from comments and string literals, as far as the rules of this suite need it: nested
/// comments, raw and multi-line strings, interpolation.
struct SwiftLexer {
    private let source: [UInt8]
    private var output: [UInt8]
    private var position = 0
    private var line = 1
    private(set) var literals: [SwiftSource.Literal] = []

    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let newline = UInt8(ascii: "\n")

    init(_ text: String) {
        source = Array(text.utf8)
        output = source
    }

    /// The source with comments and the insides of literals turned into spaces.
    var code: String { String(decoding: output, as: UTF8.self) }

    mutating func run() {
        while position < source.count { scanCode(untilClosingParenthesis: false) }
    }

    private mutating func scanCode(untilClosingParenthesis inInterpolation: Bool) {
        var depth = 0
        while position < source.count {
            if at("//") {
                while position < source.count, source[position] != Self.newline { blank() }
            } else if at("/*") {
                skipBlockComment()
            } else if let hashes = hashesBeforeQuote() {
                scanLiteral(hashes: hashes)
            } else {
                if source[position] == UInt8(ascii: "(") { depth += 1 }
                if source[position] == UInt8(ascii: ")") { depth -= 1 }
                keep()
                if inInterpolation, depth < 0 { return }
            }
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if at("/*") {
                depth += 1
                blank(2)
            } else if at("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && position < source.count
    }

    private mutating func scanLiteral(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        keep(hashes)
        let quotes = at("\"\"\"") ? "\"\"\"" : "\""
        keep(quotes.utf8.count)
        let first = line
        var text: [UInt8] = []
        while position < source.count, !at(quotes + marks) {
            // A quotation mark inside a regular expression literal: no string goes past its line.
            if quotes.utf8.count == 1, source[position] == Self.newline { return }
            if at("\\" + marks + "(") {
                blank(2 + hashes)
                scanCode(untilClosingParenthesis: true)
            } else if at("\\" + marks) {
                text += source[position..<min(position + hashes + 2, source.count)]
                blank(hashes + 2)
            } else {
                text.append(source[position])
                blank()
            }
        }
        keep(quotes.utf8.count + hashes)
        let spoken = String(decoding: text, as: UTF8.self).drop { $0.isWhitespace }
        literals.append(SwiftSource.Literal(line: first, text: String(spoken)))
    }

    /// How many `#` stand here before a quotation mark; nil when no literal begins here.
    private func hashesBeforeQuote() -> Int? {
        var end = position
        while end < source.count, source[end] == Self.hash { end += 1 }
        return end < source.count && source[end] == Self.quote ? end - position : nil
    }

    private func at(_ text: String) -> Bool {
        source[position...].starts(with: text.utf8)
    }

    private mutating func keep(_ count: Int = 1) {
        for _ in 0..<count where position < source.count {
            if source[position] == Self.newline { line += 1 }
            position += 1
        }
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < source.count {
            if source[position] == Self.newline {
                line += 1
            } else {
                output[position] = UInt8(ascii: " ")
            }
            position += 1
        }
    }
}
