import TelemetryFormat

extension KeptTable {
    /// Passes over the value that starts here; appends what is kept of it.
    func keep(
        _ node: Node, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int,
        in twin: inout [UInt8]
    ) throws(Rejection) {
        switch (node.kind, scanner.current) {
        case (.members, UInt8(ascii: "{")):
            try keepMembers(node, &scanner, line, depth: depth, in: &twin)
        case (.members, UInt8(ascii: "[")):
            try keepElements(node, &scanner, line, depth: depth, in: &twin)
        default:
            let value = try scanner.value(depth: depth)
            if node.keepsText(of: value) {
                twin.append(copying: line.extracting(value.written))
            } else {
                twin.append(contentsOf: value.hollow.utf8)
            }
        }
    }

    private func keepMembers(
        _ node: Node, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int,
        in twin: inout [UInt8]
    ) throws(Rejection) {
        var separator = UInt8(ascii: "{")
        try scanner.members(depth: depth) { (scanner, name) throws(Rejection) in
            guard let member = member(of: node, named: name, line) else {
                _ = try scanner.value(depth: depth + 1)
                return
            }
            twin.append(separator)
            separator = UInt8(ascii: ",")
            twin.append(copying: names.span.extracting(member.key))
            try keep(member, &scanner, line, depth: depth + 1, in: &twin)
        }
        if separator == UInt8(ascii: "{") { twin.append(separator) }
        twin.append(UInt8(ascii: "}"))
    }

    private func keepElements(
        _ node: Node, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int,
        in twin: inout [UInt8]
    ) throws(Rejection) {
        var separator = UInt8(ascii: "[")
        try scanner.elements(depth: depth) { (scanner) throws(Rejection) in
            twin.append(separator)
            separator = UInt8(ascii: ",")
            try keep(node, &scanner, line, depth: depth + 1, in: &twin)
        }
        if separator == UInt8(ascii: "[") { twin.append(separator) }
        twin.append(UInt8(ascii: "]"))
    }

    /// The member with the name of a key of the line, however that is written; nil when there is
    /// none.
    private func member(
        of node: Node, named key: JSONToken, _ line: Span<UInt8>
    ) -> Node? {
        if key.hasEscapes {
            return member(of: node, named: Array(JSONString.decoded(key, in: line).utf8).span)
        }
        return member(of: node, named: line.extracting(key.range))
    }

    private func member(
        of node: Node, named name: Span<UInt8>
    ) -> Node? {
        let (nodes, names) = (nodes.span, names.span)
        for index in node.children where nodes[index].name.count == name.count {
            if names.extracting(nodes[index].name).isEqual(to: name) { return nodes[index] }
        }
        return nil
    }
}

extension KeptTable.Node {
    /// Whether a value that the walk does not go into is kept as it stands.
    fileprivate func keepsText(of value: JSONToken) -> Bool {
        switch (kind, value.kind) {
        case (_, .null), (_, .true), (_, .false): true
        case (.text, .string), (.text, .number), (.number, .number): true
        default: false
        }
    }
}

extension JSONToken {
    /// Where the value stands, the quotes of a string included.
    fileprivate var written: Range<Int> {
        kind == .string ? range.lowerBound - 1..<range.upperBound + 1 : range
    }

    /// A value of the same kind that says nothing.
    fileprivate var hollow: String {
        switch kind {
        case .string: "\"\""
        case .object: "{}"
        case .array: "[]"
        default: "0"
        }
    }
}

extension Span<UInt8> {
    /// Whether both hold the same bytes, as many of them.
    fileprivate func isEqual(to other: Span<UInt8>) -> Bool {
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
