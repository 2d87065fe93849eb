/// RFC 8259 as plainly as it can be written, to hold the fast scanner against.
struct ReferenceJSON {
    private let bytes: [UInt8]
    private var position = 0

    /// Whether the bytes are exactly one JSON value in UTF-8, however deep; no byte order mark.
    static func accepts(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var reader = ReferenceJSON(bytes: bytes)
        reader.skipSpace()
        guard reader.value() else { return false }
        reader.skipSpace()
        return reader.position == bytes.count
    }

    private var next: Character? {
        position < bytes.count ? Character(Unicode.Scalar(bytes[position])) : nil
    }

    private mutating func take(_ characters: String) -> Bool {
        guard let next, characters.contains(next) else { return false }
        position += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skipSpace() {
        // As bytes, since "\r\n" would be one Character.
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
    }

    private mutating func value() -> Bool {
        switch next {
        case "{": list(close: "}") { $0.string() && $0.colon() && $0.value() }
        case "[": list(close: "]") { $0.value() }
        case "\"": string()
        case "t": take(word: "true")
        case "f": take(word: "false")
        case "n": take(word: "null")
        default: number()
        }
    }

    private mutating func list(
        close: String, _ element: (inout ReferenceJSON) -> Bool
    ) -> Bool {
        position += 1
        skipSpace()
        if take(close) { return true }
        while true {
            skipSpace()
            guard element(&self) else { return false }
            skipSpace()
            if take(close) { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func colon() -> Bool {
        skipSpace()
        guard take(":") else { return false }
        skipSpace()
        return true
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while let character = next {
            let byte = bytes[position]
            position += 1
            switch character {
            case "\"": return true
            case _ where byte < 0x20: return false
            case "\\": guard escape() else { return false }
            default: continue
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        if take("u") { return (0..<4).allSatisfy { _ in take("0123456789abcdefABCDEF") } }
        return take("\"\\/bfnrt")
    }

    private mutating func number() -> Bool {
        _ = take("-")
        guard take("0") || digits() else { return false }
        if take("."), !digits() { return false }
        guard take("eE") else { return true }
        _ = take("+-")
        return digits()
    }

    private mutating func digits() -> Bool {
        let start = position
        while take("0123456789") {}
        return position > start
    }
}
