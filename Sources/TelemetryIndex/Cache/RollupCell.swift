package import TelemetryFormat

/// What a rollup is broken down by, beside rate class and time.
package enum Facet: Int, CaseIterable, Sendable {
    /// By rate class alone.
    case whole = 0
    case project, agent, operation, user

    /// The id of the row with the sums of this facet in a UTC hour since 1970.
    package func rowID(hour: Int) -> Int64 { Int64(rawValue) << 32 | Int64(hour) }

    /// The id of the row with the sums of this facet in a UTC day since 1970. The ids of days come
    /// after those of all hours.
    package func rowID(day: Int) -> Int64 { Int64(rawValue | 8) << 32 | Int64(day) }
}

/// The calls of one rate class and one value of a facet in one UTC hour or day, added up.
package struct RollupCell: Equatable, Sendable {
    /// Row id in `rate_class`.
    package var rateClass: Int64
    /// Row id in `text`; 0 for calls without a value and in the facet `whole`.
    package var value: Int64
    package var usage: Usage

    package init(rateClass: Int64, value: Int64, usage: Usage = Usage()) {
        self.rateClass = rateClass
        self.value = value
        self.usage = usage
    }

    /// The cells in their order, those of one rate class and value added up.
    static func merged(_ cells: [RollupCell]) -> [RollupCell] {
        var merged: [RollupCell] = []
        merged.reserveCapacity(cells.count)
        for cell in cells.sorted(by: { $0.precedes($1) }) {
            if let last = merged.last, !last.precedes(cell) {
                merged[merged.count - 1].usage += cell.usage
            } else {
                merged.append(cell)
            }
        }
        return merged
    }

    /// Whether this comes before another cell of the same hour or day.
    func precedes(_ other: RollupCell) -> Bool {
        rateClass == other.rateClass ? value < other.value : rateClass < other.rateClass
    }
}

/// The packed form of cells in a BLOB: one after the other, each a row of variable-length integers
/// (seven bits a byte, least significant first, signs folded in).
package enum RollupPacking {
    /// Appends one cell.
    package static func append(_ cell: RollupCell, to bytes: inout [UInt8]) {
        append(cell.rateClass, to: &bytes)
        append(cell.value, to: &bytes)
        append(cell.usage, to: &bytes)
    }

    /// Appends the measures alone.
    package static func append(_ usage: Usage, to bytes: inout [UInt8]) {
        let tokens = usage.tokens
        for number in [
            usage.calls, usage.failed, tokens.input, tokens.output, tokens.cacheRead,
            tokens.cacheWrite, tokens.cacheWriteOneHour, tokens.reasoning, tokens.unsplit,
            usage.webSearches, usage.recordedCalls,
        ] {
            append(number, to: &bytes)
        }
        append(wide: usage.recordedCost.units, to: &bytes)
        let first = usage.first?.milliseconds ?? 0
        let last = usage.last?.milliseconds ?? first
        for number in [
            usage.timedCalls, usage.durationMilliseconds, usage.timedOutputTokens, first,
            last - first,
        ] {
            append(number, to: &bytes)
        }
    }

    /// Walks the cells of a BLOB that this module wrote; stops at a damaged end.
    package static func forEachCell(in bytes: Span<UInt8>, _ body: (RollupCell) -> Void) {
        var position = PackedPosition()
        while !position.isAtEnd(of: bytes) {
            var cell = RollupCell(rateClass: position.number(bytes), value: position.number(bytes))
            cell.usage = usage(&position, bytes)
            body(cell)
        }
    }

    /// Reads the measures alone.
    package static func usage(from bytes: Span<UInt8>) -> Usage {
        var position = PackedPosition()
        return usage(&position, bytes)
    }

    private static func usage(
        _ position: inout PackedPosition, _ bytes: Span<UInt8>
    ) -> Usage {
        var usage = Usage()
        usage.calls = position.number(bytes)
        usage.failed = position.number(bytes)
        usage.tokens.input = position.number(bytes)
        usage.tokens.output = position.number(bytes)
        usage.tokens.cacheRead = position.number(bytes)
        usage.tokens.cacheWrite = position.number(bytes)
        usage.tokens.cacheWriteOneHour = position.number(bytes)
        usage.tokens.reasoning = position.number(bytes)
        usage.tokens.unsplit = position.number(bytes)
        usage.webSearches = position.number(bytes)
        usage.recordedCalls = position.number(bytes)
        usage.recordedCost = Money(units: position.wideNumber(bytes))
        usage.timedCalls = position.number(bytes)
        usage.durationMilliseconds = position.number(bytes)
        usage.timedOutputTokens = position.number(bytes)
        let first = position.number(bytes)
        usage.first = Timestamp(milliseconds: first)
        usage.last = Timestamp(milliseconds: first &+ position.number(bytes))
        return usage
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(wide number: Int128, to bytes: inout [UInt8]) {
        append(Int64(truncatingIfNeeded: number), to: &bytes)
        append(Int64(truncatingIfNeeded: number >> 64), to: &bytes)
    }
}

/// Where reading of packed bytes has come to; beyond the end every number is 0.
private struct PackedPosition {
    private var index = 0

    func isAtEnd(of bytes: Span<UInt8>) -> Bool { index >= bytes.count }

    @inline(__always)
    mutating func number(_ bytes: Span<UInt8>) -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count, shift < 64 {
            let byte = bytes[index]
            index &+= 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift &+= 7
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func wideNumber(_ bytes: Span<UInt8>) -> Int128 {
        let low = UInt64(bitPattern: number(bytes))
        return Int128(number(bytes)) << 64 | Int128(low)
    }
}
