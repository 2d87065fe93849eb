/// Text from logs and files as a terminal may safely show it, and how much room it takes there.
package enum TerminalText {
    /// A name for one line of output: whatever would move the cursor, start an escape sequence or
    /// turn the direction of writing is shown instead of done (CWE-150). C0 controls, tab and
    /// newline included, and DEL become `^[` and the like; C1 controls, U+2028, U+2029 and
    /// bidirectional controls become `\u{9b}` and the like. Everything else stays.
    package static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isHarmful(scalar) {
                visible.append(scalar)
            } else if scalar.isASCII {
                visible.append("^")
                visible.append(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))
            } else {
                visible.append(
                    contentsOf: #"\u{\#(String(scalar.value, radix: 16))}"#.unicodeScalars)
            }
        }
        return String(visible)
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Marks that reorder a line: one for Arabic letters, two for directions, and embeddings.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The columns that a text takes on a terminal: wide characters and emoji two, combining ones
    /// none, a grapheme as many as its widest scalar. Ambiguous characters count as narrow.
    package static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.reduce(0) { $0 + width($1) }
    }

    /// The text, or as much of its beginning as fits so many columns with `…` behind it.
    package static func shortened(_ text: String, to columns: Int) -> String {
        if width(text) <= columns { return text }
        if columns < 1 { return "" }
        var shortened = ""
        var used = 1
        for character in text {
            used += width(character)
            if used > columns { break }
            shortened.append(character)
        }
        return shortened + "…"
    }

    private static func width(_ character: Character) -> Int {
        character.unicodeScalars.reduce(0) { max($0, width($1)) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.properties.generalCategory == .control ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark: return 0
        case .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        let isWide =
            scalar.properties.isEmojiPresentation
            || wideRanges.contains { $0.contains(scalar.value) }
        return isWide ? 2 : 1
    }

    /// East Asian Wide and Fullwidth (Unicode Standard Annex #11), without the emoji among them,
    /// and taken together where only unassigned code points lie between.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
        0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D7F, 0x1AFF0...0x1B2FF,
        0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
