/// Reads the heads of a block's rows without looking at their prices: a twentieth of the work of
/// parsing them, which matters because the first question about a model waits for it.
///
/// Relies on the shape of our own table (`{"provider":…,"id":…,"match":…` first, no spaces), which
/// a test checks for every row; anything else is a programmer's error.
struct PriceRowHeadReader {
    private let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The heads of all rows, in order.
    mutating func heads() -> [PriceRowHead] {
        var heads: [PriceRowHead] = []
        while index < bytes.count {
            let start = index
            expect(#"{"provider":"#)
            _ = string()
            expect(#","id":"#)
            let id = string()
            expect(#","match":"#)
            let match = clause()
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            heads.append(
                PriceRowHead(id: lowercase(id), match: match, bytes: start..<index))
            index += 1
        }
        return heads
    }

    /// `{"equals":"…"}` and its like, or `{"or":[…]}`.
    private mutating func clause() -> MatchClause {
        expect("{")
        let key = string()
        expect(":")
        let clause: MatchClause?
        if bytes[index] == UInt8(ascii: "[") {
            clause = MatchClause(key: key, clauses: list())
        } else {
            clause = MatchClause(key: key, text: lowercase(string()))
        }
        expect("}")
        guard let clause else { preconditionFailure("unknown clause at byte \(index)") }
        return clause
    }

    private mutating func list() -> [MatchClause] {
        var clauses: [MatchClause] = []
        expect("[")
        while true {
            clauses.append(clause())
            guard bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        expect("]")
        return clauses
    }

    /// A string of ASCII whose only escape is the backslash itself (regular expressions have it).
    private mutating func string() -> [UInt8] {
        expect("\"")
        let start = index
        while bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let raw = bytes[start..<index]
        index += 1
        guard raw.contains(UInt8(ascii: "\\")) else { return Array(raw) }
        let text = String(decoding: raw, as: UTF8.self).split(
            separator: #"\\"#, omittingEmptySubsequences: false)
        return Array(text.joined(separator: #"\"#).utf8)
    }

    private mutating func expect(_ text: String) {
        for byte in text.utf8 {
            precondition(bytes[index] == byte, "expected \(text) at byte \(index)")
            index += 1
        }
    }
}

/// ASCII letters in lower case, everything else as it is.
func lowercase(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
}
