/// The bytes of one row in SQLite's record format (sqlite.org/fileformat2.html, 2.1), used again
/// for row after row.
package struct RecordEncoder: ~Copyable {
    /// The serial type of a column takes at most nine bytes, an integer eight.
    private static let maximumColumns = 64

    private let header = UnsafeMutableRawPointer.allocate(
        byteCount: maximumColumns * 9, alignment: 8)
    private var body = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 8)
    private var bodyCapacity = 4096
    private var headerBytes = 0
    private var bodyBytes = 0

    /// An empty record.
    package init() {}

    deinit {
        header.deallocate()
        body.deallocate()
    }

    /// Begins the next record.
    package mutating func removeAll() {
        headerBytes = 0
        bodyBytes = 0
    }

    /// Appends a column for each of the values, those that equal `null` as NULL.
    package mutating func append(integers: Span<Int64>, null: Int64) {
        reserve(integers.count * 8)
        for index in integers.indices {
            let value = integers[index]
            append(serialType: value == null ? 0 : store(value))
        }
    }

    /// Appends a column for an integer.
    mutating func append(integer value: Int64) {
        reserve(8)
        append(serialType: store(value))
    }

    /// Appends a column of text, given as UTF-8.
    package mutating func append(text: Span<UInt8>) {
        append(serialType: text.count * 2 + 13)
        append(text)
    }

    /// Appends a column of bytes.
    package mutating func append(blob: Span<UInt8>) {
        append(serialType: blob.count * 2 + 12)
        append(blob)
    }

    /// Appends a column without a value.
    package mutating func appendNull() {
        append(serialType: 0)
    }

    /// Stores an integer in as few bytes as SQLite does; answers its serial type.
    @inline(__always)
    private mutating func store(_ value: Int64) -> Int {
        if value == 0 { return 8 }
        if value == 1 { return 9 }
        let bits = 65 - UInt64(bitPattern: value ^ value >> 63).leadingZeroBitCount
        let (type, bytes) =
            switch bits {
            case ...8: (1, 1)
            case ...16: (2, 2)
            case ...24: (3, 3)
            case ...32: (4, 4)
            case ...48: (5, 6)
            default: (6, 8)
            }
        let digits = (UInt64(bitPattern: value) << UInt64(64 - bytes * 8)).bigEndian
        (body + bodyBytes).storeBytes(of: digits, as: UInt64.self)
        bodyBytes += bytes
        return type
    }

    @inline(__always)
    private mutating func append(serialType: Int) {
        precondition(headerBytes <= (Self.maximumColumns - 1) * 9, "too many columns")
        headerBytes += header.storeVarint(UInt64(serialType), at: headerBytes)
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            (body + bodyBytes).copyMemory(from: start, byteCount: source.count)
        }
        bodyBytes += bytes.count
    }

    /// Makes room in the body, with eight bytes to spare.
    private mutating func reserve(_ bytes: Int) {
        let needed = bodyBytes + bytes + 8
        if needed <= bodyCapacity { return }
        let capacity = max(needed, bodyCapacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: body, byteCount: bodyBytes)
        body.deallocate()
        (body, bodyCapacity) = (larger, capacity)
    }
}

extension RecordEncoder {
    /// The length of the header says its own length too.
    private var headerLengthBytes: Int { headerBytes < 127 ? 1 : 2 }

    /// The bytes of the whole record.
    var count: Int { headerLengthBytes + headerBytes + bodyBytes }

    /// Copies bytes of the record from an offset on until the target is full.
    borrowing func copy(from offset: Int, to target: UnsafeMutableRawBufferPointer) {
        guard let start = target.baseAddress else { return }
        var skipped = offset
        var filled = 0
        func copy(_ part: UnsafeRawPointer, _ count: Int) {
            let taken = min(max(0, count - skipped), target.count - filled)
            if taken > 0 { (start + filled).copyMemory(from: part + skipped, byteCount: taken) }
            filled += max(0, taken)
            skipped = max(0, skipped - count)
        }
        withUnsafeTemporaryAllocation(byteCount: 9, alignment: 1) { length in
            guard let lengthStart = length.baseAddress else { return }
            let count = headerLengthBytes
            _ = lengthStart.storeVarint(UInt64(count + headerBytes), at: 0)
            copy(lengthStart, count)
        }
        copy(header, headerBytes)
        copy(body, bodyBytes)
    }
}
