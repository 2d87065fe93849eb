/// Turns the bytes of a JSON string into its text.
package enum JSONString {
    /// The text of a string token of this line; lone surrogates become U+FFFD.
    package static func decoded(_ token: JSONToken, in line: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        decode(token, in: line, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text's UTF-8 bytes. The scanner has checked the token, so every escape is whole.
    package static func decode(
        _ token: JSONToken, in line: Span<UInt8>, into bytes: inout [UInt8]
    ) {
        var index = Int(token.start)
        let end = Int(token.end)
        bytes.reserveCapacity(bytes.count + end - index)
        while index < end {
            let byte = line[index]
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                index += 1
                continue
            }
            if line[index + 1] == UInt8(ascii: "u") {
                append(scalar(in: line, at: &index, end: end), to: &bytes)
            } else {
                bytes.append(simpleEscape(line[index + 1]))
                index += 2
            }
        }
    }

    /// The text of one member of an object token of this line; nil when there is none.
    package static func member(
        _ name: String, of object: JSONToken, in line: Span<UInt8>
    ) -> String? {
        var found: String?
        let text = line.extracting(object.range)
        do throws(Rejection) {
            try ByteScanner.scan(text) { (scanner) throws(Rejection) in
                try scanner.members(depth: 1) { (scanner, key) throws(Rejection) in
                    let value = try scanner.value(depth: 2)
                    if value.kind == .string, decoded(key, in: text) == name {
                        found = decoded(value, in: text)
                    }
                }
            }
        } catch {
            return nil
        }
        return found
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// The scalar of a `\uXXXX` escape or of a surrogate pair of them.
    private static func scalar(
        in line: Span<UInt8>, at index: inout Int, end: Int
    ) -> Unicode.Scalar {
        let unit = codeUnit(in: line, at: index)
        index += 6
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, index + 6 <= end, line[index] == UInt8(ascii: "\\"),
            line[index + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let low = codeUnit(in: line, at: index)
        guard (0xDC00...0xDFFF).contains(low) else { return "\u{FFFD}" }
        index += 6
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func codeUnit(in line: Span<UInt8>, at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in 2..<6 {
            value = value << 4 | UInt32(hexadecimalValue(line[index + offset]) ?? 0)
        }
        return value
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: Unicode.UTF8.encode(scalar)!)
    }
}
