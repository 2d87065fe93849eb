/// Packs one column of the calls of an hour: the number of calls; for a column of ids, the ids that
/// occur, in order of appearance; and for each call the place of its id among them, or its
/// duration.
struct DetailPacker {
    private var numbers: [UInt32] = []
    private var book = CodeBook()

    /// The column as bytes.
    mutating func pack(_ column: DetailColumn, of calls: [CallDetail]) -> [UInt8] {
        var bytes: [UInt8] = []
        NumberPacking.append(UInt32(clamping: calls.count), to: &bytes)
        numbers.removeAll(keepingCapacity: true)
        if column == .duration {
            for call in calls { numbers.append(call[column]) }
        } else {
            book.removeAll()
            for call in calls { numbers.append(book.code(of: call[column])) }
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
    private var latest: (value: UInt32, code: UInt32)?

    @inline(__always)
    mutating func code(of value: UInt32) -> UInt32 {
        if let latest, latest.value == value { return latest.code }
        let product = UInt64(value) &* 0x9E37_79B9_7F4A_7C15
        let hash = product ^ product >> 32
        let code = index.find(hash) { values[$0] == value } ?? values.count
        if code == values.count {
            index.insert(hash, code)
            values.append(value)
        }
        latest = (value, UInt32(code))
        return UInt32(code)
    }

    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        index = HashIndex()
        latest = nil
    }
}
