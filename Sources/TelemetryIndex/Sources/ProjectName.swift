package import TelemetryFormat

/// The name by which a working directory is shown: the last part of its path.
package enum ProjectName {
    /// Where the name stands in the bytes of a path; nil when the path is empty.
    ///
    /// A path that begins at `/` is divided by `/` alone, since its names may hold backslashes;
    /// any other, which is one of Windows, by both.
    package static func token(in path: Span<UInt8>) -> JSONToken? {
        guard path.count > 0 else { return nil }
        let hasBackslashes = path[0] != UInt8(ascii: "/")
        func isSeparator(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || hasBackslashes && byte == UInt8(ascii: "\\")
        }
        var end = path.count
        while end > 1, isSeparator(path[end - 1]) { end -= 1 }
        var start = end - 1
        while start > 0, !isSeparator(path[start - 1]) { start -= 1 }
        return JSONToken(kind: .string, start: Int32(start), end: Int32(end))
    }

    /// The name of the directory with this path; empty when the path is.
    package static func of(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard let token = token(in: bytes.span) else { return "" }
        return String(decoding: bytes[token.range], as: UTF8.self)
    }
}
