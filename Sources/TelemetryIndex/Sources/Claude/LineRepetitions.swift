/// How often a log has had each of its lines that nothing identifies but what they say.
struct LineRepetitions {
    private var counts: [UInt64: UInt64] = [:]

    /// Takes up what `packed` has given; anything else is nothing.
    init(packed: [UInt8]) {
        var words: [UInt64] = []
        for start in stride(from: 0, to: packed.count - packed.count % 8, by: 8) {
            words.append(packed[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
        }
        for index in stride(from: 0, to: words.count - words.count % 2, by: 2) {
            counts[words[index]] = words[index + 1]
        }
    }

    /// The counts as pairs of a hash and a count, eight bytes each; empty when there are none.
    var packed: [UInt8] {
        counts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    /// How often a line with this hash came before.
    mutating func count(_ hash: UInt64) -> UInt64 {
        let before = counts[hash, default: 0]
        counts[hash] = before + 1
        return before
    }
}
