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
    @inline(__always)
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

    // MARK: Containers

    private mutating func object(depth: Int) throws(Rejection) -> JSONToken {
        let start = position
        if try open(depth: depth, closedBy: UInt8(ascii: "}")) {
            repeat {
                _ = try name()
                _ = try value(depth: depth + 1)
            } while try goesOn(closedBy: UInt8(ascii: "}"))
        }
        return JSONToken(kind: .object, start: Int32(start), end: Int32(position))
    }

    private mutating func array(depth: Int) throws(Rejection) -> JSONToken {
        let start = position
        if try open(depth: depth, closedBy: UInt8(ascii: "]")) {
            repeat {
                _ = try value(depth: depth + 1)
            } while try goesOn(closedBy: UInt8(ascii: "]"))
        }
        return JSONToken(kind: .array, start: Int32(start), end: Int32(position))
    }

    /// Moves to the first member or element of the container that starts here; false, and behind
    /// it, when it is empty.
    @inline(__always)
    mutating func open(depth: Int, closedBy end: UInt8) throws(Rejection) -> Bool {
        if depth > RecordLimits.depth { throw .tooDeep }
        advance()
        skipWhitespace()
        guard current == end else { return true }
        advance()
        return false
    }

    /// Moves from behind a member or element to the next one; false, and behind the container,
    /// when it was the last one.
    @inline(__always)
    mutating func goesOn(closedBy end: UInt8) throws(Rejection) -> Bool {
        skipWhitespace()
        let next = current
        advance()
        if next == UInt8(ascii: ",") {
            skipWhitespace()
            return true
        }
        if next == end { return false }
        throw .notJSON
    }

    /// Reads a member's name and moves to its value.
    @inline(__always)
    mutating func name() throws(Rejection) -> JSONToken {
        guard current == UInt8(ascii: "\"") else { throw .notJSON }
        let name = try string()
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { throw .notJSON }
        advance()
        skipWhitespace()
        return name
    }

    /// Walks the members of the object that starts here; `body` must consume each value.
    @inline(__always)
    package mutating func members(
        depth: Int, _ body: (inout ByteScanner, JSONToken) throws(Rejection) -> Void
    ) throws(Rejection) {
        guard try open(depth: depth, closedBy: UInt8(ascii: "}")) else { return }
        repeat {
            try body(&self, name())
        } while try goesOn(closedBy: UInt8(ascii: "}"))
    }

    /// Walks the elements of the array that starts here; `body` must consume each of them.
    @inline(__always)
    package mutating func elements(
        depth: Int, _ body: (inout ByteScanner) throws(Rejection) -> Void
    ) throws(Rejection) {
        guard try open(depth: depth, closedBy: UInt8(ascii: "]")) else { return }
        repeat {
            try body(&self)
        } while try goesOn(closedBy: UInt8(ascii: "]"))
    }
}
