#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where a line lies in its file.
package struct LinePosition: Sendable {
    /// Offset of the line's first byte.
    package var offset: Int64
    /// Bytes of the line, its newline included.
    package var length: Int64
    /// Whether the line is longer than the reader's limit; only its beginning is then given.
    package var isTooLong: Bool

    /// Offset of the next line.
    package var end: Int64 { offset + length }
}

/// Cuts a stream of bytes into lines. Only lines ended by `\n` are given; an unfinished one waits
/// for its writer. Memory stays within the limit however long a line is.
package struct LineReader: ~Copyable {
    /// How much of a line that is too long is given: enough to recognise it.
    package static let excerptBytes = 4096
    private static let firstCapacity = 256 << 10

    private let limit: Int
    private var buffer: UnsafeMutableRawBufferPointer
    /// The bytes of `buffer` that hold what was read and not yet given.
    private var pending: Range<Int> = 0..<0

    /// A reader of lines of at most `limit` bytes without their newline.
    package init(limit: Int) {
        self.limit = limit
        buffer = .allocate(byteCount: min(Self.firstCapacity, limit + 1), alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// Gives every complete line of a stream that starts at `offset`, until `read` answers 0.
    ///
    /// `read` fills a buffer with the bytes at an offset and answers how many there were. Answers
    /// the number of bytes after the last newline.
    package mutating func forEachLine<Failure: Error>(
        from offset: Int64,
        read: (UnsafeMutableRawBufferPointer, Int64) throws(Failure) -> Int,
        body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> Int64 {
        pending = 0..<0
        var lineStart = offset
        while true {
            makeRoom()
            let readOffset = lineStart + Int64(pending.count)
            let free = UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound...])
            let count = try read(free, readOffset)
            if count == 0 { return Int64(pending.count) }
            let searched = pending.upperBound
            pending = pending.lowerBound..<searched + count
            try giveLines(searchFrom: searched, &lineStart, body)
            if pending.count > limit {
                let skipped = try skipLine(from: lineStart, read, body)
                guard let next = skipped.next else { return skipped.bytes }
                lineStart = next
            }
        }
    }

    /// Moves what is pending to the front and grows the buffer when it is full.
    private mutating func makeRoom() {
        if pending.upperBound < buffer.count, pending.lowerBound == 0 { return }
        if pending.count < buffer.count {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[pending])
            buffer.copyMemory(from: rest)
        } else {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: min(buffer.count * 2, limit + 1), alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[pending]))
            buffer.deallocate()
            buffer = larger
        }
        pending = 0..<pending.count
    }

    private mutating func giveLines<Failure: Error>(
        searchFrom: Int, _ lineStart: inout Int64,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) {
        var start = pending.lowerBound
        var search = searchFrom
        while let newline = firstNewline(in: buffer, from: search, to: pending.upperBound) {
            let line = UnsafeRawBufferPointer(rebasing: buffer[start..<newline])
            let position = LinePosition(
                offset: lineStart, length: Int64(newline + 1 - start), isTooLong: false)
            try body(line.bindMemory(to: UInt8.self).span, position)
            lineStart = position.end
            start = newline + 1
            search = start
        }
        pending = start..<pending.upperBound
    }

    /// Passes over a line that does not fit, keeping only its beginning. Answers where the next
    /// line starts (its first bytes may already be pending), or how long the unfinished line is.
    private mutating func skipLine<Failure: Error>(
        from lineStart: Int64,
        _ read: (UnsafeMutableRawBufferPointer, Int64) throws(Failure) -> Int,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> (next: Int64?, bytes: Int64) {
        let excerpt = Array(buffer[pending].prefix(Self.excerptBytes))
        var length = Int64(pending.count)
        while true {
            let count = try read(buffer, lineStart + length)
            if count == 0 { return (nil, length) }
            if let newline = firstNewline(in: buffer, from: 0, to: count) {
                length += Int64(newline + 1)
                pending = newline + 1..<count
                let position = LinePosition(offset: lineStart, length: length, isTooLong: true)
                try body(excerpt.span, position)
                var next = position.end
                try giveLines(searchFrom: pending.lowerBound, &next, body)
                return (next, length)
            }
            length += Int64(count)
        }
    }
}

/// The index of the first `\n` in a part of a buffer.
@inline(__always)
private func firstNewline(in buffer: UnsafeMutableRawBufferPointer, from: Int, to: Int) -> Int? {
    guard let base = buffer.baseAddress, from < to,
        let found = memchr(base + from, 0x0A, to - from)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}
