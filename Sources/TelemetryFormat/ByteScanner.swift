/// The inner loop of every reader: walks one line of JSON byte by byte, accepting exactly RFC 8259.
///
/// The only file of this module with unchecked memory access. Every access is guarded by a
/// comparison with `count`; lines are at most `RecordLimits.lineBytes` long, so offsets fit 32
/// bits.
@safe package struct ByteScanner {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    package private(set) var position = 0

    /// Walks the bytes of a buffer that outlives the scanner.
    @unsafe package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!
        count = bytes.count
    }

    /// Runs `body` with a scanner over the span's bytes.
    @inline(__always)
    package static func scan<Result: ~Copyable, Failure: Error>(
        _ bytes: Span<UInt8>,
        _ body: (inout ByteScanner) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
            var scanner = unsafe ByteScanner(buffer)
            return try body(&scanner)
        }
    }

    package var isAtEnd: Bool { position >= count }

    /// The byte at the current position; 0, which is never valid there, at the end.
    @inline(__always)
    package var current: UInt8 { position < count ? unsafe base[position] : 0 }

    @inline(__always)
    package mutating func advance() { position += 1 }

    /// Moves to a byte of the line.
    package mutating func move(to position: Int) {
        precondition(position >= 0 && position <= count, "position outside the line")
        self.position = position
    }

    /// Skips what RFC 8259 calls white space.
    @inline(__always)
    package mutating func skipWhitespace() {
        while position < count, unsafe base[position] <= 0x20 {
            guard Self.isWhitespace(unsafe base[position]) else { return }
            position += 1
        }
    }

    @inline(__always)
    private static func isWhitespace(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    /// Skips a byte order mark at the very beginning.
    package mutating func skipByteOrderMark() {
        if count >= 3, unsafe base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF { position = 3 }
    }

    /// Whether nothing but white space and NULs is left.
    package func isBlank() -> Bool {
        var index = position
        while index < count {
            switch unsafe base[index] {
            case 0x00, 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return false
            }
        }
        return true
    }

    // MARK: Values

    /// Reads one of the three words.
    mutating func literal(
        _ word: StaticString, _ kind: JSONToken.Kind
    ) throws(Rejection) -> JSONToken {
        let start = position
        let length = word.utf8CodeUnitCount
        guard count - position >= length else { throw .notJSON }
        for index in 0..<length {
            guard unsafe base[position + index] == word.utf8Start[index] else { throw .notJSON }
        }
        position += length
        return JSONToken(kind: kind, start: Int32(start), end: Int32(position))
    }

    /// Reads a number.
    @inline(__always)
    mutating func number() throws(Rejection) -> JSONToken {
        let start = position
        if !skipShortWholeNumber() { try skipNumber() }
        return JSONToken(kind: .number, start: Int32(start), end: Int32(position))
    }

    /// Passes over a whole number of at most seven digits, as most are, without a branch for each
    /// of them; false, without moving, when it is anything else.
    @inline(__always)
    private mutating func skipShortWholeNumber() -> Bool {
        guard position &+ 8 <= count else { return false }
        let word = loadWord(position)
        let others = EightDigits.others(in: word)
        let length = others.trailingZeroBitCount >> 3
        guard others != 0, length > 0 else { return false }
        let next = UInt8(truncatingIfNeeded: word >> UInt64(length &* 8))
        let hasLeadingZero = word & 0xFF == 0x30 && length > 1
        if next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") || hasLeadingZero {
            return false
        }
        position &+= length
        return true
    }

    private mutating func skipNumber() throws(Rejection) {
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    /// Skips one digit or more.
    @inline(__always)
    private mutating func digits() throws(Rejection) {
        let start = position
        while position < count, unsafe base[position] &- 0x30 < 10 { position += 1 }
        if position == start { throw .notJSON }
    }

    // MARK: Strings

    /// Reads the string that starts at this quote, checking escapes, control characters and UTF-8.
    @inline(__always)
    package mutating func string() throws(Rejection) -> JSONToken {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            skipPlainText()
            switch current {
            case UInt8(ascii: "\""):
                let end = position
                position += 1
                return JSONToken(
                    kind: .string, hasEscapes: hasEscapes, start: Int32(start), end: Int32(end))
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case 0x80...:
                try multibyteScalar()
            default:
                throw .notJSON
            }
        }
    }

    /// Moves to the next byte that is a quote, a backslash, a control character or not ASCII,
    /// sixteen bytes at a time. As signed numbers the last two are those below 32.
    @inline(__always)
    private mutating func skipPlainText() {
        let firstPrintable = SIMD16<Int8>(repeating: 0x20)
        let quote = SIMD16<Int8>(repeating: 0x22)
        let backslash = SIMD16<Int8>(repeating: 0x5C)
        while position &+ 16 <= count {
            let block = unsafe unsafeBitCast(loadBlock(position), to: SIMD16<Int8>.self)
            let hits = (block .< firstPrintable) .| (block .== quote) .| (block .== backslash)
            let words = unsafe unsafeBitCast(hits, to: SIMD2<UInt64>.self)
            if words[0] | words[1] != 0 {
                let isInFirst = words[0] != 0
                let bit = (isInFirst ? words[0] : words[1]).trailingZeroBitCount
                position &+= (isInFirst ? 0 : 8) &+ bit >> 3
                return
            }
            position &+= 16
        }
        while position < count {
            let byte = unsafe base[position]
            if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { return }
            position &+= 1
        }
    }

    private mutating func escape() throws(Rejection) {
        position += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard hexadecimalValue(current) != nil else { throw .notJSON }
                position += 1
            }
        default: throw .notJSON
        }
    }

    /// Passes one well-formed UTF-8 sequence of two to four bytes (Unicode, table 3-7).
    private mutating func multibyteScalar() throws(Rejection) {
        let lead = current
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw .invalidUTF8
        }
        guard count - position >= length, second.contains(unsafe base[position + 1]) else {
            throw .invalidUTF8
        }
        for index in 2..<max(length, 2) where unsafe base[position + index] & 0xC0 != 0x80 {
            throw .invalidUTF8
        }
        position += length
    }

    /// Passes over a text when it is what comes next; else false, and nothing has moved. At the
    /// very end of a line short texts are not recognised.
    @inline(__always)
    mutating func pass(_ text: Spelling) -> Bool {
        let end = position &+ text.length
        guard end <= count, position &+ 8 <= count,
            loadWord(position) & text.headMask == text.head
        else { return false }
        if text.length > 8 {
            guard loadWord(end &- 8) == text.tail else { return false }
            if text.length > 16, loadWord(position &+ 8) != text.second { return false }
            if text.length > 24, loadWord(position &+ 16) != text.third { return false }
        }
        position = end
        return true
    }

    // MARK: Searching

    /// From which end of the line a search begins: where the text is more likely to be.
    package enum SearchOrder: Sendable {
        case fromStart, fromEnd
    }

    /// Whether the line, but for white space around it, begins and ends with braces.
    package var isBraced: Bool {
        var scanner = self
        scanner.skipByteOrderMark()
        scanner.skipWhitespace()
        var end = count
        while end > scanner.position, Self.isWhitespace(unsafe base[end - 1]) { end -= 1 }
        guard scanner.current == UInt8(ascii: "{"), end > scanner.position else { return false }
        return unsafe base[end - 1] == UInt8(ascii: "}")
    }

    /// Whether a text of at least three bytes occurs anywhere in the line.
    ///
    /// Sixteen places at a time are compared by the text's second and last byte: all texts that
    /// are looked for begin with a quote, as every third word of JSON does.
    package func contains(_ text: StaticString, searching order: SearchOrder) -> Bool {
        let length = text.utf8CodeUnitCount
        let places = count - length + 1
        let blocks = max(0, places) / 16
        let second = unsafe SIMD16<UInt8>(repeating: text.utf8Start[1])
        let last = unsafe SIMD16<UInt8>(repeating: text.utf8Start[length - 1])
        for index in 0..<blocks {
            let place = order == .fromStart ? index * 16 : places - (index + 1) * 16
            let isSecond = loadBlock(place + 1) .== second
            let isLast = loadBlock(place + length - 1) .== last
            let hits = isSecond .& isLast
            let words = unsafe unsafeBitCast(hits, to: SIMD2<UInt64>.self)
            if words[0] | words[1] != 0, hasText(text, in: place..<place + 16) { return true }
        }
        let rest = max(0, places) % 16
        let start = order == .fromStart ? blocks * 16 : 0
        return hasText(text, in: start..<start + rest)
    }

    /// Whether a text begins at one of these places, which leave room for it.
    private func hasText(_ text: StaticString, in places: Range<Int>) -> Bool {
        places.contains { place in
            for index in 0..<text.utf8CodeUnitCount
            where unsafe base[place + index] != text.utf8Start[index] {
                return false
            }
            return true
        }
    }

    /// Sixteen bytes that the caller knows to be there.
    @inline(__always)
    private func loadBlock(_ offset: Int) -> SIMD16<UInt8> {
        unsafe UnsafeRawPointer(base).loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }

    /// A word where the caller has just checked that the bytes are there.
    @inline(__always)
    private func loadWord(_ offset: Int) -> UInt64 {
        unsafe UInt64(
            littleEndian: UnsafeRawPointer(base).loadUnaligned(
                fromByteOffset: offset, as: UInt64.self))
    }
}

extension Span<UInt8> {
    /// Eight bytes as a little-endian number.
    @inline(__always)
    func word(_ offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset &+ 8 <= count, "word outside the bytes")
        return unsafe UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    /// Four bytes as a little-endian number.
    @inline(__always)
    func halfWord(_ offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset &+ 4 <= count, "word outside the bytes")
        return unsafe UInt64(
            UInt32(
                littleEndian: bytes.unsafeLoadUnaligned(
                    fromUncheckedByteOffset: offset, as: UInt32.self)))
    }

    /// Eight words in a row.
    @inline(__always)
    func eightWords(_ offset: Int) -> SIMD8<UInt64> {
        precondition(offset >= 0 && offset &+ 64 <= count, "words outside the bytes")
        return unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: offset, as: SIMD8<UInt64>.self)
    }
}

extension Array<UInt8> {
    /// A copy of the span's bytes.
    package init(_ span: Span<UInt8>) {
        self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
    }
}

extension [UInt8] {
    /// Appends a copy of the span's bytes.
    @inline(__always)
    package mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
    /// Appends 32 bytes, as they follow one another in memory.
    @inline(__always)
    mutating func append(words: SIMD4<UInt64>) {
        unsafe Swift.withUnsafeBytes(of: words) { unsafe append(contentsOf: $0) }
    }
}
