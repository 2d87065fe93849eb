import Foundation

/// Recursive descent over the grammar of RFC 8259.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws -> JSON {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("something after the document") }
        return value
    }

    private mutating func value() throws -> JSON {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members() throws -> [JSON.Member] {
        var members: [JSON.Member] = []
        try list(closedBy: "}") { parser in
            parser.skipSpace()
            let name = try parser.string()
            guard !members.contains(where: { $0.name == name }) else {
                throw parser.error("a second \(name)")
            }
            parser.skipSpace()
            try parser.expect(":")
            members.append(JSON.Member(name: name, value: try parser.value()))
        }
        return members
    }

    private mutating func elements() throws -> [JSON] {
        var elements: [JSON] = []
        try list(closedBy: "]") { elements.append(try $0.value()) }
        return elements
    }

    private mutating func list(
        closedBy end: UnicodeScalar, item: (inout JSONParser) throws -> Void
    ) throws {
        position += 1
        skipSpace()
        if peek == UInt8(ascii: end) {
            position += 1
            return
        }
        while true {
            try item(&self)
            skipSpace()
            if peek == UInt8(ascii: end) {
                position += 1
                return
            }
            try expect(",")
        }
    }

    private mutating func string() throws -> String {
        guard peek == UInt8(ascii: "\"") else { throw error("no string") }
        let start = position
        position += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error("a control character in a string") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        try expect("\"")
        // Foundation decodes the escapes and refuses bad UTF-8.
        let literal = Data(bytes[start..<position])
        let decoded = try JSONSerialization.jsonObject(with: literal, options: .fragmentsAllowed)
        guard let text = decoded as? String else { throw error("no string") }
        return text
    }

    private mutating func number() throws -> String {
        let rest = String(decoding: bytes[position...].prefix(400), as: UTF8.self)
        guard let match = rest.prefixMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/)
        else { throw error("no value") }
        position += match.0.utf8.count
        return String(match.0)
    }

    private mutating func word(_ word: String, _ value: JSON) throws -> JSON {
        guard bytes[position...].starts(with: word.utf8) else { throw error("no value") }
        position += word.utf8.count
        return value
    }

    private mutating func expect(_ scalar: UnicodeScalar) throws {
        guard peek == UInt8(ascii: scalar) else { throw error("no \(scalar)") }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ what: String) -> JSON.ParseError {
        let near = String(decoding: bytes[min(position, bytes.count)...].prefix(40), as: UTF8.self)
        return JSON.ParseError(description: "\(what) at byte \(position): \(near)")
    }
}
