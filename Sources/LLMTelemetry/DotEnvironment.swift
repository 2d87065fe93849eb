/// The `.env` file of the working directory: `NAME=value` lines, of which only the store's own
/// names are taken.
package enum DotEnvironment {
    /// A longer file is no `.env` file anybody wrote by hand.
    package static let maximumBytes = 1 << 20

    /// The store's variables in this text; the last of a name counts.
    ///
    /// `export` before a name, comments, blank lines and quotes are understood. In single quotes
    /// everything stands for itself, in double quotes `\n`, `\"` and `\\` are escapes. Nothing is
    /// expanded or run.
    package static func parse(_ bytes: [UInt8]) -> [SettingName: String] {
        var variables: [SettingName: String] = [:]
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let (name, value) = variable(String(decoding: line, as: UTF8.self)[...]),
                let known = SettingName(rawValue: String(name))
            else { continue }
            variables[known] = value
        }
        return variables
    }

    private static func variable(_ line: Substring) -> (name: Substring, value: String)? {
        var line = trimmed(line.first == "\u{FEFF}" ? line.dropFirst() : line)
        if line.hasPrefix("export ") { line = trimmed(line.dropFirst(7)) }
        guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
        return (trimmed(line[..<equals]), value(trimmed(line[line.index(after: equals)...])))
    }

    private static func value(_ text: Substring) -> String {
        switch text.first {
        case "'": return String(text.dropFirst().prefix { $0 != "'" })
        case "\"": return unescaped(text.dropFirst())
        default: return String(trimmed(withoutComment(text)))
        }
    }

    /// The text up to the closing quote.
    private static func unescaped(_ text: Substring) -> String {
        var value = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                value.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                break
            } else {
                value.append(character)
            }
        }
        return value
    }

    /// A `#` begins a comment only after white space, so that values may contain one.
    private static func withoutComment(_ text: Substring) -> Substring {
        var previous: Character = " "
        for index in text.indices {
            if text[index] == "#", previous == " " || previous == "\t" { return text[..<index] }
            previous = text[index]
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
