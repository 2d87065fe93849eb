/// Packs one column of the calls of an hour: the number of calls; for a column of ids, the ids that
/// occur, in order of appearance; and for each call the place of its id among them, or its
/// duration.
struct DetailPacker {
    private var book = CodeBook()

    /// The column as bytes.
    mutating func pack(_ column: DetailColumn, of calls: [CallDetail]) -> [UInt8] {
        var bytes: [UInt8] = []
        NumberPacking.append(UInt32(clamping: calls.count), to: &bytes)
        var numbers = Array(repeating: 0 as UInt32, count: calls.count)
        if column == .duration {
            for index in calls.indices { numbers[index] = calls[index][column] }
        } else {
            book.removeAll()
            for index in calls.indices { numbers[index] = book.code(of: calls[index][column]) }
            NumberPacking.append(UInt32(clamping: book.values.count), to: &bytes)
            for value in book.values { NumberPacking.append(value, to: &bytes) }
        }
        NumberPacking.append(numbers, to: &bytes)
        return bytes
    }
}

/// Numbers values in order of appearance.
private struct CodeBook {
    private(set) var values: [UInt32] = []
    private var index = HashIndex()
    /// By the low bits of a value: a value with these and its code, in 32 bits each. Most columns
    /// have few values, so this answers at once.
    private var slots = Array(repeating: UInt64.max, count: slotCount)

    private static let slotCount = 256

    @inline(__always)
    mutating func code(of value: UInt32) -> UInt32 {
        let slot = slots[Int(value) & (Self.slotCount - 1)]
        if slot >> 32 == value { return UInt32(truncatingIfNeeded: slot) }
        return codeByIndex(of: value)
    }

    private mutating func codeByIndex(of value: UInt32) -> UInt32 {
        let product = UInt64(value) &* 0x9E37_79B9_7F4A_7C15
        let hash = product ^ product >> 32
        let code = index.find(hash) { values[$0] == value } ?? values.count
        if code == values.count {
            index.insert(hash, code)
            values.append(value)
        }
        slots[Int(value) & (Self.slotCount - 1)] = UInt64(value) << 32 | UInt64(code)
        return UInt32(code)
    }

    mutating func removeAll() { self = CodeBook() }
}
