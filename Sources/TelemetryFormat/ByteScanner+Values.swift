extension LineOutcome {
    /// What an agent's line without any text is: nothing when it is white space; NULs are what is
    /// left of a line after the power failed.
    package static func ofBlank(_ line: Span<UInt8>) -> LineOutcome {
        for index in line.indices where line[index] == 0 { return .rejected(.notJSON) }
        return .blank
    }
}

extension ByteScanner {
    /// Moves to the object that is the whole line; false when the line is blank.
    package mutating func enterObject() throws(Rejection) -> Bool {
        skipByteOrderMark()
        if current <= 0x20, isBlank() { return false }
        skipWhitespace()
        if current == UInt8(ascii: "{") { return true }
        _ = try value(depth: 1)
        try expectEnd()
        throw .notAnObject
    }

    /// Demands that nothing but white space is left.
    package mutating func expectEnd() throws(Rejection) {
        skipWhitespace()
        if !isAtEnd { throw .notJSON }
    }

    /// Reads any value, checking all of it; containers are passed over.
    package mutating func value(depth: Int) throws(Rejection) -> JSONToken {
        switch current {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try literal("true", .true)
        case UInt8(ascii: "f"): return try literal("false", .false)
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Rejection) -> JSONToken {
        let start = position
        try members(depth: depth) { (scanner, _) throws(Rejection) in
            _ = try scanner.value(depth: depth + 1)
        }
        return JSONToken(kind: .object, start: Int32(start), end: Int32(position))
    }

    /// Walks the members of the object that starts here; `body` must consume each value.
    @inline(__always)
    package mutating func members(
        depth: Int, _ body: (inout ByteScanner, JSONToken) throws(Rejection) -> Void
    ) throws(Rejection) {
        if depth > RecordLimits.depth { throw .tooDeep }
        advance()
        skipWhitespace()
        if current == UInt8(ascii: "}") {
            advance()
            return
        }
        while true {
            guard current == UInt8(ascii: "\"") else { throw .notJSON }
            let key = try string()
            skipWhitespace()
            guard current == UInt8(ascii: ":") else { throw .notJSON }
            advance()
            skipWhitespace()
            try body(&self, key)
            skipWhitespace()
            let next = current
            advance()
            if next == UInt8(ascii: "}") { return }
            guard next == UInt8(ascii: ",") else { throw .notJSON }
            skipWhitespace()
        }
    }

    private mutating func array(depth: Int) throws(Rejection) -> JSONToken {
        let start = position
        try elements(depth: depth) { (scanner) throws(Rejection) in
            _ = try scanner.value(depth: depth + 1)
        }
        return JSONToken(kind: .array, start: Int32(start), end: Int32(position))
    }

    /// Walks the elements of the array that starts here; `body` must consume each of them.
    @inline(__always)
    package mutating func elements(
        depth: Int, _ body: (inout ByteScanner) throws(Rejection) -> Void
    ) throws(Rejection) {
        if depth > RecordLimits.depth { throw .tooDeep }
        advance()
        skipWhitespace()
        if current == UInt8(ascii: "]") {
            advance()
            return
        }
        while true {
            try body(&self)
            skipWhitespace()
            let next = current
            advance()
            if next == UInt8(ascii: "]") { return }
            guard next == UInt8(ascii: ",") else { throw .notJSON }
            skipWhitespace()
        }
    }
}
