/// The b-tree of an index on one integer column, built from entries in ascending order without
/// SQLite.
package struct IndexTree: ~Copyable {
    /// An entry: what is indexed, and the row it belongs to.
    private struct Entry {
        var key: Int64
        var rowID: Int64
    }

    /// Bytes of a record of two integers at most, its header included.
    private static let recordBytes = 19

    private let pageBytes: Int
    private var leaf: BTreePage
    private var record = RecordEncoder()
    /// How many entries each leaf takes.
    private var leafSizes: EvenParts
    private var leaves: [UInt32] = []
    /// The entries between the leaves, which are in no leaf.
    private var separators: [Entry] = []
    private var leafSize: Int

    /// An empty index that so many entries will be appended to.
    package init(entries: Int, pageBytes: Int) {
        self.pageBytes = pageBytes
        leaf = BTreePage(.indexLeaf, pageBytes: pageBytes)
        let maximum = (pageBytes - 8) / (1 + Self.recordBytes + 2)
        let leafCount = max(1, (entries + 1 + maximum) / (maximum + 1))
        leafSizes = EvenParts(of: entries - (leafCount - 1), parts: leafCount)
        leafSize = leafSizes.next()
    }

    /// Appends an entry; it is greater than those before.
    package mutating func append(key: Int64, rowID: Int64, to pages: inout PageBuffer) {
        if leaf.cellCount < leafSize { return Self.add(key, rowID, to: &leaf, &record) }
        leaves.append(leaf.finish { pages.append($0) })
        separators.append(Entry(key: key, rowID: rowID))
        leafSize = leafSizes.next()
    }

    /// Appends what is left; answers the root page, whose place the index' creation has chosen.
    package consuming func finish(_ pages: inout PageBuffer) -> [UInt8] {
        if leaves.isEmpty { return leaf.finish { Array($0) } }
        leaves.append(leaf.finish { pages.append($0) })
        var (children, separators) = (leaves, separators)
        let maximum = (pageBytes - 12) / (4 + 1 + Self.recordBytes + 2) + 1
        while true {
            var (parents, between): ([UInt32], [Entry]) = ([], [])
            let groups = evenly(children, maximum: maximum)
            for group in groups {
                let last = group.endIndex - 1
                var page = BTreePage(.indexInterior, pageBytes: pageBytes)
                for child in group.startIndex..<last {
                    Self.add(
                        separators[child].key, separators[child].rowID, leftOf: children[child],
                        to: &page, &record)
                }
                if groups.count == 1 {
                    return page.finish(rightmostChild: children[last]) { Array($0) }
                }
                parents.append(page.finish(rightmostChild: children[last]) { pages.append($0) })
                if last < separators.count { between.append(separators[last]) }
            }
            (children, separators) = (parents, between)
        }
    }

    /// Adds an entry to a page, in an interior one with the child to its left.
    private static func add(
        _ key: Int64, _ rowID: Int64, leftOf child: UInt32? = nil, to page: inout BTreePage,
        _ record: inout RecordEncoder
    ) {
        record.removeAll()
        record.append(integer: key)
        record.append(integer: rowID)
        let childBytes = child == nil ? 0 : 4
        let cell = page.addCell(childBytes + 1 + record.count)
        if let child { cell.storeBytes(of: child.bigEndian, as: UInt32.self) }
        cell[childBytes] = UInt8(record.count)
        record.copy(from: 0, to: UnsafeMutableRawBufferPointer(rebasing: cell[(childBytes + 1)...]))
    }
}

/// Deals a number out in parts that differ by one at most.
private struct EvenParts {
    private let total: Int
    private let parts: Int
    private var dealt = 0

    init(of total: Int, parts: Int) {
        self.total = total
        self.parts = parts
    }

    mutating func next() -> Int {
        dealt += 1
        return total * dealt / parts - total * (dealt - 1) / parts
    }
}
