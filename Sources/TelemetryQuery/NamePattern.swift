/// A name as a filter gives it: exact, or with `*` for any run of characters. Upper and lower case
/// are the same. Matching takes time in proportion to the name and the pattern together.
struct NamePattern: Sendable {
    /// What stands before, between and after the stars; one part when there is none.
    private let parts: [Part]

    init(_ text: String) {
        parts = text.lowercased().utf8
            .split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
            .map { Part(Array($0)) }
    }

    /// Whether a name is of this pattern.
    func matches(_ name: String) -> Bool {
        let name = Array(name.lowercased().utf8)
        let first = parts[0].bytes
        guard parts.count > 1 else { return name == first }
        let last = parts[parts.count - 1].bytes
        guard name.count >= first.count + last.count, name.starts(with: first),
            name.reversed().starts(with: last.reversed())
        else { return false }
        // The leftmost place of each part leaves most room for those after it.
        var rest = name[first.count..<name.count - last.count]
        for part in parts.dropFirst().dropLast() {
            guard let end = part.endOfFirstOccurrence(in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// A literal part, prepared for the search of Knuth, Morris and Pratt.
    private struct Part: Sendable {
        let bytes: [UInt8]
        /// For each prefix, how long its longest proper border is.
        private var borders: [Int]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            borders = Array(repeating: 0, count: bytes.count)
            var length = 0
            for index in bytes.indices.dropFirst() {
                while length > 0, bytes[index] != bytes[length] { length = borders[length - 1] }
                if bytes[index] == bytes[length] { length += 1 }
                borders[index] = length
            }
        }

        func endOfFirstOccurrence(in text: ArraySlice<UInt8>) -> Int? {
            guard !bytes.isEmpty else { return text.startIndex }
            var length = 0
            for index in text.indices {
                while length > 0, text[index] != bytes[length] { length = borders[length - 1] }
                if text[index] == bytes[length] { length += 1 }
                if length == bytes.count { return index + 1 }
            }
            return nil
        }
    }
}
