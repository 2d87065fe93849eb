/// An open-addressing table from 64-bit hashes to positions in an array that its owner keeps: what
/// ingestion looks up several times a line, where a `Dictionary` would cost more than the parsing.
struct HashIndex {
    private var positions: [Int32]
    private var hashes: [UInt64]
    private(set) var count = 0

    /// An empty table; `capacity` is a power of two.
    init(capacity: Int = 64) {
        positions = Array(repeating: -1, count: capacity)
        hashes = Array(repeating: 0, count: capacity)
    }

    /// The position stored under a hash for which `isEqual` holds, else nil.
    @inline(__always)
    func find(_ hash: UInt64, where isEqual: (Int) -> Bool) -> Int? {
        let mask = positions.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while positions[slot] >= 0 {
            if hashes[slot] == hash, isEqual(Int(positions[slot])) { return Int(positions[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Stores a position under a hash that `find` has not found.
    mutating func insert(_ hash: UInt64, _ position: Int) {
        if (count + 1) * 2 > positions.count { grow() }
        place(hash, Int32(position))
        count += 1
    }

    mutating func removeAll() {
        self = HashIndex(capacity: positions.count)
    }

    private mutating func place(_ hash: UInt64, _ position: Int32) {
        let mask = positions.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while positions[slot] >= 0 { slot = (slot + 1) & mask }
        positions[slot] = position
        hashes[slot] = hash
    }

    private mutating func grow() {
        let old = self
        self = HashIndex(capacity: old.positions.count * 2)
        count = old.count
        for slot in old.positions.indices where old.positions[slot] >= 0 {
            place(old.hashes[slot], old.positions[slot])
        }
    }
}
