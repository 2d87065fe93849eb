/// The header of a database file (sqlite.org/fileformat2.html, 1.3).
package struct DatabaseHeader {
    /// Bytes of the header at the beginning of the file.
    package static let byteCount = 100

    /// The header as it is in the file.
    package private(set) var bytes: [UInt8]

    /// A header read from a file; nil when it cannot be one.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, bytes.starts(with: "SQLite format 3\0".utf8) else {
            return nil
        }
        self.bytes = bytes
    }

    /// The pages of the file. A new number tells every connection that the file has changed.
    package var pageCount: Int {
        get { Int(number(at: 28)) }
        set {
            store(UInt32(newValue), at: 28)
            let changes = number(at: 24) &+ 1
            store(changes, at: 24)
            // The number of pages counts only where this is the number of changes.
            store(changes, at: 92)
        }
    }

    private func number(at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private mutating func store(_ value: UInt32, at offset: Int) {
        for index in 0..<4 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - index * 8))
        }
    }
}
