import TelemetryFormat

/// Distinct texts in the order in which they came, each found again by its contents.
struct TextPool {
    private var index = HashIndex(capacity: 1024)
    private var ends: [Int] = []
    private var bytes: [UInt8] = []

    var count: Int { ends.count }

    /// The position of a text, which is added when it is not there.
    mutating func position(of text: Span<UInt8>) -> (Int, isNew: Bool) {
        var hash = LineHash()
        hash.combine(text)
        if let found = index.find(hash.value, where: { isText($0, text) }) { return (found, false) }
        index.insert(hash.value, ends.count)
        bytes.append(copying: text)
        ends.append(bytes.count)
        return (ends.count - 1, true)
    }

    /// Whether the text at a position is this one.
    @inline(__always)
    func isText(_ position: Int, _ text: Span<UInt8>) -> Bool {
        let start = position == 0 ? 0 : ends[position - 1]
        return bytes.span.extracting(start..<ends[position]).isEqual(to: text)
    }

    mutating func removeAll() {
        index.removeAll()
        ends.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}
