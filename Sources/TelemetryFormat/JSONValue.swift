/// Any JSON value as a tree: for files that are read seldom, such as `prices.json` and
/// `summary.json`. Lines of records go through `RecordScanner`, which makes no tree.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// A number as its text stands in the file, so that no digit is lost.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order of the file, those of equal name included.
    case object([Member])

    /// A member of an object.
    package struct Member: Equatable, Sendable {
        /// The member's name, unescaped.
        package var name: String
        /// The member's value.
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// Reads a text that is exactly one value of RFC 8259, a byte order mark before it tolerated.
    /// Throws `not-json`, `invalid-utf8`, `too-deep` (`RecordLimits.depth`), or `too-long` from
    /// 2 GiB, which the scanner's offsets cannot address. Lone surrogates become U+FFFD.
    package init(parsing text: Span<UInt8>) throws(Rejection) {
        if text.count > Int(Int32.max) { throw .tooLong }
        self = try ByteScanner.scan(text) { (scanner) throws(Rejection) -> JSONValue in
            scanner.skipByteOrderMark()
            scanner.skipWhitespace()
            let value = try JSONValue.read(&scanner, text, depth: 1)
            scanner.skipWhitespace()
            guard scanner.isAtEnd else { throw .notJSON }
            return value
        }
    }

    private static func read(
        _ scanner: inout ByteScanner, _ text: Span<UInt8>, depth: Int
    ) throws(Rejection) -> JSONValue {
        if scanner.current == UInt8(ascii: "{") {
            return .object(try members(&scanner, text, depth: depth))
        }
        if scanner.current == UInt8(ascii: "[") {
            return .array(try elements(&scanner, text, depth: depth))
        }
        let token = try scanner.value(depth: depth)
        return switch token.kind {
        case .string: .string(JSONString.decoded(token, in: text))
        case .number: .number(token.json(in: text))
        case .true: .bool(true)
        case .false: .bool(false)
        default: .null
        }
    }

    private static func members(
        _ scanner: inout ByteScanner, _ text: Span<UInt8>, depth: Int
    ) throws(Rejection) -> [Member] {
        var members: [Member] = []
        try scanner.members(depth: depth) { (scanner, name) throws(Rejection) in
            let value = try read(&scanner, text, depth: depth + 1)
            members.append(Member(name: JSONString.decoded(name, in: text), value: value))
        }
        return members
    }

    private static func elements(
        _ scanner: inout ByteScanner, _ text: Span<UInt8>, depth: Int
    ) throws(Rejection) -> [JSONValue] {
        if depth > RecordLimits.depth { throw .tooDeep }
        var elements: [JSONValue] = []
        scanner.advance()
        scanner.skipWhitespace()
        if scanner.current == UInt8(ascii: "]") {
            scanner.advance()
            return elements
        }
        while true {
            elements.append(try read(&scanner, text, depth: depth + 1))
            scanner.skipWhitespace()
            let next = scanner.current
            scanner.advance()
            if next == UInt8(ascii: "]") { return elements }
            guard next == UInt8(ascii: ",") else { throw .notJSON }
            scanner.skipWhitespace()
        }
    }
}
