/// One page of a b-tree while it is being filled with cells in ascending order
/// (sqlite.org/fileformat2.html, 1.6).
struct BTreePage: ~Copyable {
    enum Kind: UInt8 {
        case indexInterior = 2
        case tableInterior = 5
        case indexLeaf = 10
        case tableLeaf = 13

        var isInterior: Bool { self == .indexInterior || self == .tableInterior }
        var headerBytes: Int { isInterior ? 12 : 8 }
    }

    private let kind: Kind
    private let page: UnsafeMutableRawBufferPointer
    /// Cells fill the page from its end, their addresses follow its header.
    private var contentStart: Int
    private(set) var cellCount = 0

    init(_ kind: Kind, pageBytes: Int) {
        self.kind = kind
        page = .allocate(byteCount: pageBytes, alignment: 8)
        page.initializeMemory(as: UInt8.self, repeating: 0)
        contentStart = pageBytes
    }

    deinit {
        page.deallocate()
    }

    /// Whether a cell of so many bytes has room.
    @inline(__always)
    func hasRoom(_ bytes: Int) -> Bool {
        kind.headerBytes + (cellCount + 1) * 2 + bytes <= contentStart
    }

    /// Room for a further cell of so many bytes.
    @inline(__always)
    mutating func addCell(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
        precondition(hasRoom(bytes), "the page is full")
        contentStart -= bytes
        store(UInt16(contentStart), at: kind.headerBytes + cellCount * 2)
        cellCount += 1
        return UnsafeMutableRawBufferPointer(rebasing: page[contentStart..<contentStart + bytes])
    }

    /// Writes the header; gives the page, and begins the next one.
    mutating func finish<Result>(
        rightmostChild: UInt32 = 0, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        page[0] = kind.rawValue
        store(UInt16(cellCount), at: 3)
        // 65,536 does not fit and is written as 0.
        store(UInt16(truncatingIfNeeded: contentStart), at: 5)
        if kind.isInterior {
            page.storeBytes(of: rightmostChild.bigEndian, toByteOffset: 8, as: UInt32.self)
        }
        let result = body(UnsafeRawBufferPointer(page))
        page.initializeMemory(as: UInt8.self, repeating: 0)
        contentStart = page.count
        cellCount = 0
        return result
    }

    private func store(_ value: UInt16, at offset: Int) {
        page.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
    }
}
