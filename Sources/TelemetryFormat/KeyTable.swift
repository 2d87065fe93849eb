/// A hash table from the bytes of a name to a key: a handful of instructions per member.
package struct KeyTable: Sendable {
    private struct Slot {
        var head: UInt64 = 0
        /// Bytes 8 to 16 and 16 to 24 of a name that is longer than that.
        var second: UInt64 = 0
        var third: UInt64 = 0
        var tail: UInt64 = 0
        var length = -1
        var key = 0
    }

    private static let slotBits: UInt64 = 8
    /// What four words of eight bytes hold.
    private static let longestName = 32
    private var slots: [Slot]

    /// A table of names of at most 32 bytes; `key` is what `find` answers for the name.
    package init(_ names: [(name: String, key: Int)]) {
        slots = Array(repeating: Slot(), count: 1 << Self.slotBits)
        for (name, key) in names {
            let bytes = Array(name.utf8)
            precondition(bytes.count <= Self.longestName, "\(name) is too long to be compared")
            var slot = ByteScanner.scan(bytes.span) { Self.slot($0, 0..<bytes.count) }
            slot.key = key
            var index = Self.index(slot.head, slot.tail, bytes.count)
            while slots[index].length >= 0 { index = (index + 1) & (slots.count - 1) }
            slots[index] = slot
        }
    }

    /// The key that this member name spells, with or without escapes.
    @inline(__always)
    package func find(
        _ name: JSONToken, _ scanner: ByteScanner, _ line: Span<UInt8>
    ) -> Int? {
        if !name.hasEscapes { return lookup(scanner, name.range) }
        let bytes = Array(JSONString.decoded(name, in: line).utf8)
        return ByteScanner.scan(bytes.span) { lookup($0, 0..<bytes.count) }
    }

    @inline(__always)
    private func lookup(_ scanner: ByteScanner, _ range: Range<Int>) -> Int? {
        let (head, tail) = scanner.fingerprint(range)
        var index = Self.index(head, tail, range.count)
        while slots[index].length >= 0 {
            let slot = slots[index]
            if slot.length == range.count, slot.head == head, slot.tail == tail,
                range.count <= 16 || Self.hasMiddle(of: slot, scanner, range)
            {
                return slot.key
            }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func hasMiddle(
        of slot: Slot, _ scanner: ByteScanner, _ range: Range<Int>
    ) -> Bool {
        let middle = Self.slot(scanner, range)
        return slot.second == middle.second && slot.third == middle.third
    }

    private static func slot(_ scanner: ByteScanner, _ range: Range<Int>) -> Slot {
        let (head, tail) = scanner.fingerprint(range)
        let start = range.lowerBound
        return Slot(
            head: head, second: range.count > 16 ? scanner.word(start + 8) : 0,
            third: range.count > 24 ? scanner.word(start + 16) : 0, tail: tail,
            length: range.count)
    }

    @inline(__always)
    private static func index(_ head: UInt64, _ tail: UInt64, _ length: Int) -> Int {
        let print = head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)
        return Int((print &* 0xD6E8_FEB8_6659_FD93) >> (64 - slotBits))
    }
}
