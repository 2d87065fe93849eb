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
        var name: [UInt8]
        var kept: KeptPaths
    }

    /// What is kept of a line without its newline, which is at most as long; throws for a line that
    /// is not one JSON object.
    package func slimmed(_ line: Span<UInt8>) throws(Rejection) -> [UInt8] {
        try ByteScanner.scan(line) { (scanner) throws(Rejection) in
            var twin: [UInt8] = []
            scanner.skipByteOrderMark()
            scanner.skipWhitespace()
            guard scanner.current == UInt8(ascii: "{") else { throw .notAnObject }
            try keep(&scanner, line, depth: 1, in: &twin)
            scanner.skipWhitespace()
            guard scanner.isAtEnd else { throw .notJSON }
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
                twin.append(copying: line.extracting(Self.place(of: value)))
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
            twin.append(copying: line.extracting(place(of: name)))
            twin.append(UInt8(ascii: ":"))
            try member.kept.keep(&scanner, line, depth: depth + 1, in: &twin)
        }
        if separator == UInt8(ascii: "{") { twin.append(separator) }
        twin.append(UInt8(ascii: "}"))
    }

    private func keepElements(
        of scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int, in twin: inout [UInt8]
    ) throws(Rejection) {
        if depth > RecordLimits.depth { throw .tooDeep }
        twin.append(UInt8(ascii: "["))
        scanner.advance()
        scanner.skipWhitespace()
        if scanner.current != UInt8(ascii: "]") {
            try keep(&scanner, line, depth: depth + 1, in: &twin)
            scanner.skipWhitespace()
            while scanner.current == UInt8(ascii: ",") {
                twin.append(UInt8(ascii: ","))
                scanner.advance()
                scanner.skipWhitespace()
                try keep(&scanner, line, depth: depth + 1, in: &twin)
                scanner.skipWhitespace()
            }
            guard scanner.current == UInt8(ascii: "]") else { throw .notJSON }
        }
        scanner.advance()
        twin.append(UInt8(ascii: "]"))
    }

    /// Where a value stands, quotes of a string included.
    private static func place(of value: JSONToken) -> Range<Int> {
        let range = value.range
        guard value.kind == .string else { return range }
        return range.lowerBound - 1..<range.upperBound + 1
    }
}

extension KeptPaths: ExpressibleByDictionaryLiteral {
    /// The tree that keeps these members of an object.
    package init(dictionaryLiteral elements: (String, KeptPaths)...) {
        self = .members(elements.map { Member(name: Array($0.0.utf8), kept: $0.1) })
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
