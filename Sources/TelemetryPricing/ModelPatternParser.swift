/// Reads the text of a `ModelPattern`.
struct ModelPatternParser {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Deeper groups than this nobody writes for a model id, and recursion must end somewhere.
    private static let maximumDepth = 16
    /// The largest `{n}`: a date has eight digits.
    private static let maximumCount = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The whole text as a pattern; nil when it is none.
    mutating func parse() -> ModelPattern.Node? {
        guard let node = alternatives(), index == bytes.count else { return nil }
        return node
    }

    private mutating func alternatives() -> ModelPattern.Node? {
        guard let first = sequence() else { return nil }
        var nodes = [first]
        while take("|") {
            guard let next = sequence() else { return nil }
            nodes.append(next)
        }
        return nodes.count == 1 ? first : .alternatives(nodes)
    }

    private mutating func sequence() -> ModelPattern.Node? {
        var nodes: [ModelPattern.Node] = []
        while index < bytes.count, !"|)".utf8.contains(bytes[index]) {
            guard let atom = atom(), let node = quantified(atom) else { return nil }
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func quantified(_ atom: ModelPattern.Node) -> ModelPattern.Node? {
        if take("?") { return .optional(atom) }
        if take("*") { return .repeated(atom, atLeastOnce: false) }
        if take("+") { return .repeated(atom, atLeastOnce: true) }
        guard take("{") else { return atom }
        var count = 0
        while index < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index] {
            count = count * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
            if count > Self.maximumCount { return nil }
        }
        guard count > 0, take("}"), atom.isSingleByte else { return nil }
        return .sequence(Array(repeating: atom, count: count))
    }

    private mutating func atom() -> ModelPattern.Node? {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "^"): return .start
        case UInt8(ascii: "$"): return .end
        case UInt8(ascii: "."): return .anyByte
        case UInt8(ascii: "\\"): return escaped().map { .byte($0) }
        case UInt8(ascii: "["): return set()
        case UInt8(ascii: "("): return group()
        case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"):
            return nil
        default: return .byte([byte])
        }
    }

    /// `(…)`, `(?:…)` or `(?!…)`; the opening parenthesis has been read.
    private mutating func group() -> ModelPattern.Node? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { return nil }
        let isNegative = take("?!")
        if !isNegative { _ = take("?:") }
        guard let node = alternatives(), take(")") else { return nil }
        return isNegative ? .notAhead(node) : node
    }

    /// `[…]` with characters and `\d`; no ranges, no negation. The bracket has been read.
    private mutating func set() -> ModelPattern.Node? {
        var set: Set<UInt8> = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard let members = escaped() else { return nil }
                set.formUnion(members)
            } else if byte == UInt8(ascii: "-"), !set.isEmpty,
                !bytes[index...].starts(with: "]".utf8)
            {
                return nil
            } else {
                set.insert(byte)
            }
        }
        return take("]") && !set.isEmpty ? .byte(set) : nil
    }

    /// `\d`, or a character that stands for itself; the backslash has been read.
    private mutating func escaped() -> Set<UInt8>? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "d") { return Set("0123456789".utf8) }
        let isLetterOrDigit =
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        return isLetterOrDigit ? nil : [byte]
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }
}

extension ModelPattern.Node {
    /// Whether this is one character: `{n}` repeats nothing larger, so that patterns stay small.
    fileprivate var isSingleByte: Bool {
        switch self {
        case .byte, .anyByte: true
        default: false
        }
    }
}
