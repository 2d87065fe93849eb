/// The b-tree of a table with a rowid, built from rows in ascending order without SQLite: what its
/// own statements take a microsecond a row for costs a tenth of that.
package struct TableTree: ~Copyable {
    /// A page and the last rowid below it.
    private struct Child {
        var page: UInt32
        var lastRowID: Int64
    }

    private let pageBytes: Int
    private var leaf: BTreePage
    private var lastRowID: Int64 = 0
    private var leaves: [Child] = []

    /// An empty table in a file with pages of so many bytes.
    package init(pageBytes: Int) {
        self.pageBytes = pageBytes
        leaf = BTreePage(.tableLeaf, pageBytes: pageBytes)
    }

    /// Appends a row; its id is greater than those before.
    package mutating func append(
        rowID: Int64, _ record: borrowing RecordEncoder, to pages: inout PageBuffer
    ) {
        let payload = record.count
        let local = localBytes(of: payload)
        let prefix = Varint.count(UInt64(payload)) + Varint.count(UInt64(bitPattern: rowID))
        let cellBytes = prefix + local + (local < payload ? 4 : 0)
        if !leaf.hasRoom(cellBytes) { finishLeaf(&pages) }
        lastRowID = rowID
        var overflow: UInt32 = 0
        if local < payload { overflow = appendOverflow(of: record, from: local, to: &pages) }
        let cell = leaf.addCell(cellBytes)
        guard let start = cell.baseAddress else { return }
        var position = start.storeVarint(UInt64(payload), at: 0)
        position += start.storeVarint(UInt64(bitPattern: rowID), at: position)
        let target = UnsafeMutableRawBufferPointer(rebasing: cell[position..<position + local])
        record.copy(from: 0, to: target)
        if overflow != 0 {
            start.storeBytes(
                of: overflow.bigEndian, toByteOffset: position + local, as: UInt32.self)
        }
    }

    /// Appends what is left; answers the root page, whose place the table's creation has chosen.
    package consuming func finish(_ pages: inout PageBuffer) -> [UInt8] {
        if leaves.isEmpty { return leaf.finish { Array($0) } }
        if leaf.cellCount > 0 { finishLeaf(&pages) }
        var children = leaves
        while true {
            var parents: [Child] = []
            let groups = evenly(children, maximum: (pageBytes - 12) / 15)
            for group in groups {
                let last = group[group.endIndex - 1]
                var page = interior(group)
                if groups.count == 1 {
                    return page.finish(rightmostChild: last.page) { Array($0) }
                }
                let number = page.finish(rightmostChild: last.page) { pages.append($0) }
                parents.append(Child(page: number, lastRowID: last.lastRowID))
            }
            children = parents
        }
    }

    private mutating func finishLeaf(_ pages: inout PageBuffer) {
        let number = leaf.finish { pages.append($0) }
        leaves.append(Child(page: number, lastRowID: lastRowID))
    }

    /// A page above all these, of which the last is the rightmost child.
    private func interior(_ children: ArraySlice<Child>) -> BTreePage {
        var page = BTreePage(.tableInterior, pageBytes: pageBytes)
        for child in children.dropLast() {
            let rowID = UInt64(bitPattern: child.lastRowID)
            let cell = page.addCell(4 + Varint.count(rowID))
            cell.storeBytes(of: child.page.bigEndian, as: UInt32.self)
            _ = cell.baseAddress?.storeVarint(rowID, at: 4)
        }
        return page
    }

    /// How much of a record stays in its cell; the rest goes to overflow pages.
    private func localBytes(of payload: Int) -> Int {
        if payload <= pageBytes - 35 { return payload }
        let least = (pageBytes - 12) * 32 / 255 - 23
        let wanted = least + (payload - least) % (pageBytes - 4)
        return wanted <= pageBytes - 35 ? wanted : least
    }

    /// Appends the rest of a record as a chain of pages; answers the number of the first.
    private func appendOverflow(
        of record: borrowing RecordEncoder, from start: Int, to pages: inout PageBuffer
    ) -> UInt32 {
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: pageBytes, alignment: 8)
        defer { page.deallocate() }
        let first = pages.upcomingNumber
        var position = start
        while position < record.count {
            page.initializeMemory(as: UInt8.self, repeating: 0)
            let taken = min(record.count - position, pageBytes - 4)
            record.copy(
                from: position, to: UnsafeMutableRawBufferPointer(rebasing: page[4..<4 + taken]))
            position += taken
            if position < record.count {
                page.storeBytes(of: pages.followingNumber.bigEndian, as: UInt32.self)
            }
            _ = pages.append(UnsafeRawBufferPointer(page))
        }
        return first
    }
}

/// Cuts an array into as few parts as the maximum allows, all of about the same length.
func evenly<Element>(_ elements: [Element], maximum: Int) -> [ArraySlice<Element>] {
    let parts = (elements.count + maximum - 1) / maximum
    return (0..<parts).map { part in
        elements[elements.count * part / parts..<elements.count * (part + 1) / parts]
    }
}
