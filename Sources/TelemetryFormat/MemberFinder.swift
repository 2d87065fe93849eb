/// Finds the members that somebody asks for, in one line after the other.
///
/// Lines of a log have the same members in the same order for long stretches. So what came after
/// a name the last time is expected after it again, and most names are neither parsed nor looked
/// up but compared with their expectation. This is a matter of speed only: a name that differs is
/// read like any other JSON.
package struct MemberFinder: Sendable {
    /// A member that is asked for.
    package struct Member: Sendable {
        let name: String
        /// What its value is found under: 0 to 63.
        let key: Int
        /// In which kind of object it stands, counted from 0.
        let place: Int
        /// In which kind of object its own members are asked for, if it is one.
        let opens: Int?

        package init(name: String, key: Int, place: Int, opens: Int? = nil) {
            precondition((0..<64).contains(key), "key \(key) does not fit a set of 64")
            self.name = name
            self.key = key
            self.place = place
            self.opens = opens
        }
    }

    /// The keys that have a value, as a set of bits.
    package private(set) var stated: UInt64 = 0
    /// The keys whose value is neither a text nor null.
    package private(set) var otherThanText: UInt64 = 0
    /// By key; valid only of those that are stated, so that nothing needs to be cleared.
    private var found: [JSONToken]
    private var names: MemberNames
    /// By key.
    private let opens: [Int?]

    /// A finder of these members.
    package init(_ members: [Member]) {
        var opens: [Int?] = Array(repeating: nil, count: (members.map(\.key).max() ?? 0) + 1)
        for member in members { opens[member.key] = member.opens }
        self.opens = opens
        found = Array(repeating: JSONToken(), count: opens.count)
        names = MemberNames(members)
    }

    /// The value of a key; absent when there is none.
    @inline(__always)
    package subscript(key: Int) -> JSONToken {
        stated & (1 &<< UInt64(key)) == 0 ? JSONToken() : found[key]
    }

    /// Forgets the values found so far.
    package mutating func clear() {
        stated = 0
        otherThanText = 0
    }

    /// Takes in the object that starts here, and those inside it in which members are asked for;
    /// any other value is passed over.
    package mutating func take(
        _ place: Int, _ scanner: inout ByteScanner, _ line: Span<UInt8>, depth: Int
    ) throws(Rejection) -> JSONToken {
        guard scanner.current == UInt8(ascii: "{") else { return try scanner.value(depth: depth) }
        let start = scanner.position
        guard try scanner.open(depth: depth, closedBy: UInt8(ascii: "}")) else {
            return JSONToken(kind: .object, start: Int32(start), end: Int32(scanner.position))
        }
        var entry = place
        repeat {
            let key: Int?
            let expected = names.entries[entry].next
            if scanner.pass(names.entries[expected].spelling) {
                scanner.skipWhitespace()
                key = names.entries[expected].key
                entry = expected
            } else {
                key = try readName(in: place, after: &entry, &scanner, line)
            }
            guard let key else {
                _ = try scanner.value(depth: depth + 1)
                continue
            }
            let value =
                if let inner = opens[key] {
                    try take(inner, &scanner, line, depth: depth + 1)
                } else {
                    try scanner.value(depth: depth + 1)
                }
            try keep(value, key, line)
        } while try scanner.goesOn(closedBy: UInt8(ascii: "}"))
        return JSONToken(kind: .object, start: Int32(start), end: Int32(scanner.position))
    }

    /// Reads a name that was not expected, and what follows it up to its value.
    private mutating func readName(
        in place: Int, after entry: inout Int, _ scanner: inout ByteScanner, _ line: Span<UInt8>
    ) throws(Rejection) -> Int? {
        let name = try scanner.name()
        guard let found = self.entry(of: name, in: place, line) else { return nil }
        names.note(found, after: entry)
        entry = found
        return names.entries[found].key
    }

    /// The entry of a name, with or without escapes and with or without white space before its
    /// colon; nil when it is none that is known, and too long or one too many to be learned.
    private mutating func entry(
        of name: JSONToken, in place: Int, _ line: Span<UInt8>
    ) -> Int? {
        if name.hasEscapes {
            // What escapes stand for could look like the end of a name, so it is not learned.
            let usual = "\"\(JSONString.decoded(name, in: line))\":"
            return usual.utf8.count > Spelling.longest
                ? nil : names.find(Spelling(usual), in: place)
        }
        let text = Int(name.start) - 1..<Int(name.end) + 2
        guard text.count <= Spelling.longest else { return nil }
        let hasColon = line[text.upperBound - 1] == UInt8(ascii: ":")
        let spelling =
            hasColon
            ? Spelling(line.extracting(text))
            : Spelling("\"\(JSONString.decoded(name, in: line))\":")
        return names.find(spelling, in: place) ?? names.insert(spelling, place)
    }

    /// Remembers a value; the same key again must say the same thing.
    @inline(__always)
    private mutating func keep(
        _ value: JSONToken, _ key: Int, _ line: Span<UInt8>
    ) throws(Rejection) {
        let bit: UInt64 = 1 &<< UInt64(key)
        if stated & bit == 0 {
            stated |= bit
            found[key] = value
            if value.kind != .string, value.kind != .null { otherThanText |= bit }
        } else if !found[key].saysTheSame(as: value, in: line) {
            throw .duplicateKey
        }
    }
}
