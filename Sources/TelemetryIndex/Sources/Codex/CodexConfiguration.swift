/// What is asked of `config.toml` of Codex: the service tier for requests of threads that say
/// nothing about it (rule 15).
///
/// Reads lines of `key = "text"` and headers of tables, which is all that is needed of TOML; what
/// stands in texts of several lines is passed over.
package struct CodexConfiguration: Equatable, Sendable {
    /// A configuration is written by hand; a larger file is none.
    package static let maximumBytes = 1 << 20

    /// The tier as the file spells it: that of the chosen profile, else that at the top.
    package var serviceTier: String? {
        profile.flatMap { tiers["profiles." + $0] } ?? tiers[""]
    }

    private var profile: String?
    /// By table; that of the lines before the first table has no name.
    private var tiers: [String: String] = [:]

    /// Reads the text of the file.
    package init(_ text: String) {
        var table = ""
        var openQuote: String?
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for line in text.split(whereSeparator: \.isNewline) {
            if let quote = openQuote {
                openQuote = line.contains(quote) ? nil : quote
                continue
            }
            openQuote = Self.quoteLeftOpen(by: line)
            if openQuote != nil { continue }
            if let header = Self.header(line) {
                table = header
            } else if let (key, value) = Self.assignment(line) {
                take(key, value, of: table)
            }
        }
    }

    private mutating func take(_ key: String, _ value: String, of table: String) {
        switch key {
        case "service_tier": tiers[table] = tiers[table] ?? value
        case "profile" where table.isEmpty: profile = profile ?? value
        default: break
        }
    }

    /// The kind of quotes of a text that begins in this line and does not end in it.
    private static func quoteLeftOpen(by line: Substring) -> String? {
        for quote in [#"""""#, "'''"] {
            guard let start = line.firstRange(of: quote) else { continue }
            return line[start.upperBound...].contains(quote) ? nil : quote
        }
        return nil
    }

    /// The name in `[profiles.work]`, without quotes.
    private static func header(_ line: Substring) -> String? {
        let line = line.drop(while: \.isWhitespace)
        guard line.first == "[", let end = line.lastIndex(of: "]") else { return nil }
        let name = line[line.index(after: line.startIndex)..<end]
        return String(name.filter { $0 != "\"" && $0 != "'" && !$0.isWhitespace })
    }

    private static func assignment(_ line: Substring) -> (key: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let key = line[..<equals].filter { $0 != "\"" && $0 != "'" && !$0.isWhitespace }
        let rest = line[line.index(after: equals)...].drop(while: \.isWhitespace)
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let longQuote = String(repeating: quote, count: 3)
        let quotes = rest.hasPrefix(longQuote) ? longQuote : String(quote)
        let value = rest.dropFirst(quotes.count)
        guard let end = value.firstRange(of: quotes) else { return nil }
        return (key, String(value[..<end.lowerBound]))
    }
}
