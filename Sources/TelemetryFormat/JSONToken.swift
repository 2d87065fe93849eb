/// What a JSON value is, and where its text lies in the line.
package struct JSONToken: Sendable {
    package enum Kind: UInt8, Sendable {
        case absent, null, `false`, `true`, number, string, object, array
    }

    package var kind: Kind = .absent
    /// Whether a string holds escapes, so that its bytes are not yet its text.
    package var hasEscapes = false
    /// Offset of the first byte; of a string, the one after the opening quote.
    package var start: Int32 = 0
    /// Offset after the last byte; of a string, that of the closing quote.
    package var end: Int32 = 0

    /// A value of this kind at this place; no value at all unless told otherwise.
    @inline(__always)
    package init(
        kind: Kind = .absent, hasEscapes: Bool = false, start: Int32 = 0, end: Int32 = 0
    ) {
        self.kind = kind
        self.hasEscapes = hasEscapes
        self.start = start
        self.end = end
    }

    @inline(__always)
    package var range: Range<Int> { Int(start)..<Int(end) }

    /// Whether it is a string without a character.
    package var isEmptyText: Bool { kind == .string && start == end }
}
