package import TelemetryFormat

/// What a slim twin keeps of a value: a tree of member names.
///
/// Kept values stand in the twin as they stood in the line, in their order, so that a twin says to
/// the reader of its log what the log said. Everything else goes. A value of another kind than the
/// tree expects may hold anything: only its kind is kept, as `""`, `0`, `[]` or `{}`.
package indirect enum KeptPaths: Sendable {
    /// A string, a number, `true`, `false` or `null`.
    case text
    /// The same, but of a string only that it is one.
    case number
    /// An object of which these members are kept, or an array of such objects.
    case members([Member])

    /// A name with what is kept of its value.
    package struct Member: Sendable {
        /// The bytes of the name.
        let name: [UInt8]
        let kept: KeptPaths
        /// The name as it stands in a twin, however it was written: `"name":`.
        fileprivate let key: [UInt8]

        fileprivate init(_ name: String, _ kept: KeptPaths) {
            self.name = Array(name.utf8)
            self.kept = kept
            key = Array("\"\(name)\":".utf8)
        }
    }

    /// A tool's input is JSON of any shape, so nesting may go deeper than in a record.
    private static let nesting = 512

    /// What is kept of a line without its newline, which is at most as long; throws for a line that
    /// is not one JSON object.
    package func slimmed(_ line: Span<UInt8>) throws(Rejection) -> [UInt8] {
        try ByteScanner.scan(line) { (scanner) throws(Rejection) in
            var twin: [UInt8] = []
            guard try scanner.enterObject() else { throw .notAnObject }
            try keep(&scanner, line, depth: RecordLimits.depth - Self.nesting + 1, in: &twin)
            try scanner.expectEnd()
            return twin
        }
    }

    // MARK: Values

    /// Passes over the value that starts here; appends what is kept of it.
    private func keep(
        _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int, in twin: inout [UInt8]
    ) throws(Rejection) {
        switch (self, scanner.current) {
        case (.members(let members), UInt8(ascii: "{")):
            try Self.keep(members, of: &scanner, line, depth: depth, in: &twin)
        case (.members, UInt8(ascii: "[")):
            try keepElements(of: &scanner, line, depth: depth, in: &twin)
        default:
            let value = try scanner.value(depth: depth)
            if keepsText(of: value) {
                twin.append(copying: line.extracting(value.written))
            } else {
                twin.append(contentsOf: Self.hollow(value).utf8)
            }
        }
    }

    /// Whether a value that the tree does not go into is kept as it stands.
    private func keepsText(of value: JSONToken) -> Bool {
        switch (self, value.kind) {
        case (_, .null), (_, .true), (_, .false): true
        case (.text, .string), (.text, .number), (.number, .number): true
        default: false
        }
    }

    /// A value of the same kind that says nothing.
    private static func hollow(_ value: JSONToken) -> String {
        switch value.kind {
        case .string: "\"\""
        case .object: "{}"
        case .array: "[]"
        default: "0"
        }
    }

    private static func keep(
        _ members: [Member], of scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int,
        in twin: inout [UInt8]
    ) throws(Rejection) {
        var separator = UInt8(ascii: "{")
        try scanner.members(depth: depth) { (scanner, name) throws(Rejection) in
            guard let member = members.first(where: { $0.isNamed(name, in: line) }) else {
                _ = try scanner.value(depth: depth + 1)
                return
            }
            twin.append(separator)
            separator = UInt8(ascii: ",")
            twin += member.key
            try member.kept.keep(&scanner, line, depth: depth + 1, in: &twin)
        }
        if separator == UInt8(ascii: "{") { twin.append(separator) }
        twin.append(UInt8(ascii: "}"))
    }

    private func keepElements(
        of scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int, in twin: inout [UInt8]
    ) throws(Rejection) {
        var separator = UInt8(ascii: "[")
        try scanner.elements(depth: depth) { (scanner) throws(Rejection) in
            twin.append(separator)
            separator = UInt8(ascii: ",")
            try keep(&scanner, line, depth: depth + 1, in: &twin)
        }
        if separator == UInt8(ascii: "[") { twin.append(separator) }
        twin.append(UInt8(ascii: "]"))
    }
}

extension KeptPaths: ExpressibleByDictionaryLiteral {
    /// The tree that keeps these members of an object.
    package init(dictionaryLiteral elements: (String, KeptPaths)...) {
        self = .members(elements.map { Member($0.0, $0.1) })
    }

    /// The tree that keeps these members and those of another.
    package func adding(_ other: KeptPaths) -> KeptPaths {
        guard case .members(let own) = self, case .members(let others) = other else {
            preconditionFailure("members can be added to members only")
        }
        return .members(own + others)
    }
}

extension KeptPaths.Member {
    /// Whether a key of this line is the member's name, however it is written.
    fileprivate func isNamed(_ key: JSONToken, in line: Span<UInt8>) -> Bool {
        if key.hasEscapes { return Array(JSONString.decoded(key, in: line).utf8) == name }
        let range = key.range
        guard range.count == name.count else { return false }
        return name.indices.allSatisfy { line[range.lowerBound + $0] == name[$0] }
    }
}

extension JSONToken {
    /// Where the value stands, the quotes of a string included.
    fileprivate var written: Range<Int> {
        kind == .string ? range.lowerBound - 1..<range.upperBound + 1 : range
    }
}
