import TelemetryFormat

/// Tells the lines that the rules read from those they do not, which are nearly all the bytes of a
/// rollout, by the first bytes of a line.
enum RolloutPrefilter {
    /// The values of `type` in lines that say something to the rules.
    private static let types: [StaticString] = [
        "event_msg", "turn_context", "token_usage_record", "session_meta", "compacted",
        "turn.completed", "result",
    ]

    /// Whether a line has to be looked into: it is of a kind that the rules read, or does not tell
    /// its kind at once, or is no line of JSON, or is two lines in one.
    static func passes(_ line: Span<UInt8>) -> Bool {
        ByteScanner.scan(line) { scanner in
            guard scanner.isBraced, let type = leadingType(scanner, line) else { return true }
            if types.contains(where: { type.isText($0, in: line) }) { return true }
            // With this begin `token_count` and `token_usage_record`, which text within a line can
            // hold with escaped quotes only: two lines without a newline between them.
            return scanner.contains("\"token_", searching: .fromEnd)
        }
    }

    /// The value of the member `type` when only texts stand before it, as Codex writes it.
    private static func leadingType(_ scanner: ByteScanner, _ line: Span<UInt8>) -> JSONToken? {
        var scanner = scanner
        scanner.skipByteOrderMark()
        scanner.skipWhitespace()
        do throws(Rejection) {
            while !scanner.isAtEnd {
                scanner.advance()
                guard let key = try text(&scanner), skipColon(&scanner),
                    let value = try text(&scanner)
                else { return nil }
                if key.isText("type", in: line) { return value }
                scanner.skipWhitespace()
                guard scanner.current == UInt8(ascii: ",") else { return nil }
            }
        } catch {
            // Whoever looks into the line will say what is wrong with it.
        }
        return nil
    }

    private static func text(_ scanner: inout ByteScanner) throws(Rejection) -> JSONToken? {
        scanner.skipWhitespace()
        return scanner.current == UInt8(ascii: "\"") ? try scanner.string() : nil
    }

    private static func skipColon(_ scanner: inout ByteScanner) -> Bool {
        scanner.skipWhitespace()
        guard scanner.current == UInt8(ascii: ":") else { return false }
        scanner.advance()
        return true
    }
}
