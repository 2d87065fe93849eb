import TelemetryFormat

/// One line that is a call, ready to become a row: numbers as they are, texts as ids of the `text`
/// table (0 = none) or as slices of the batch's bytes.
package struct CallRow {
    /// A slice of the batch's bytes; empty = none.
    struct Text {
        var start: Int32 = 0
        var count: Int32 = 0
        /// Whether the bytes are a binary hash rather than text.
        var isBinary = false
    }

    /// What `Int64` columns hold for an absent value; it becomes NULL.
    static let absent: Int64 = -1

    var file: Int64 = 0
    var lineOffset: Int64 = 0
    /// Hash of what identifies the call; 0 = nothing does.
    var key: UInt64 = 0
    var timestamp = Timestamp(milliseconds: 0)
    var rateClass: Int64 = 0
    var hasOnlyTotal = false
    var agent: Int64 = 0
    var operation: Int64 = 0
    var session: Int64 = 0
    var user: Int64 = 0
    var project: Int64 = 0
    var gitBranch: Int64 = 0
    var duration = absent
    var timeToFirstToken = absent
    var tokens = TokenCounts()
    var webSearches = absent
    /// Recorded cost in 10⁻¹³ dollar.
    var cost = absent
    var success = true
    var isSidechain = false
    var isLocal = false
    var details: Int64 = 0
    var messageID = Text()
    var requestID = Text()
    var error = Text()
    var promptHash = Text()
    var responseHash = Text()

    /// The call as one summand of a sum.
    var usage: Usage {
        var usage = Usage()
        usage.calls = 1
        usage.failed = success ? 0 : 1
        usage.tokens = tokens
        usage.webSearches = max(webSearches, 0)
        if cost >= 0 {
            usage.recordedCalls = 1
            usage.recordedCost = Money(units: Int128(cost))
        }
        if duration >= 0 {
            usage.timedCalls = 1
            usage.durationMilliseconds = duration
            usage.timedOutputTokens = tokens.output
        }
        usage.first = timestamp
        usage.last = timestamp
        return usage
    }
}

/// Rows on their way into the cache, with the bytes of their texts.
package struct CallBatch {
    /// Enough rows to make a transaction worth its cost, few enough to stay in the processor's cache.
    static let capacity = 4096

    private(set) var rows: [CallRow] = []
    private(set) var bytes: [UInt8] = []

    init() {
        rows.reserveCapacity(Self.capacity)
    }

    var isFull: Bool { rows.count >= Self.capacity || bytes.count >= 8 << 20 }

    mutating func append(_ row: CallRow) {
        rows.append(row)
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Copies the text of a token into the batch.
    mutating func text(_ token: JSONToken?, in line: Span<UInt8>) -> CallRow.Text {
        guard let token else { return CallRow.Text() }
        let start = bytes.count
        if token.hasEscapes {
            JSONString.decode(token, in: line, into: &bytes)
        } else {
            bytes.append(copying: line.extracting(token.range))
        }
        return CallRow.Text(start: Int32(start), count: Int32(bytes.count - start))
    }

    /// Copies a text into the batch.
    mutating func text(_ string: String?) -> CallRow.Text {
        guard let string, !string.isEmpty else { return CallRow.Text() }
        let start = bytes.count
        bytes.append(contentsOf: string.utf8)
        return CallRow.Text(start: Int32(start), count: Int32(bytes.count - start))
    }

    /// Copies a hash: as 32 bytes when it is a plain `sha256:` and 64 lower-case digits, else as text.
    mutating func hash(_ token: JSONToken?, in line: Span<UInt8>) -> CallRow.Text {
        guard let token else { return CallRow.Text() }
        let start = bytes.count
        if !token.hasEscapes, Self.appendBinaryHash(line.extracting(token.range), to: &bytes) {
            return CallRow.Text(start: Int32(start), count: 32, isBinary: true)
        }
        bytes.removeSubrange(start...)
        return text(token, in: line)
    }

    private static let hashPrefix = Array("sha256:".utf8)

    private static func appendBinaryHash(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
        guard text.count == 71 else { return false }
        for index in hashPrefix.indices where text[index] != hashPrefix[index] { return false }
        for index in stride(from: hashPrefix.count, to: 71, by: 2) {
            guard let high = lowerHexadecimal(text[index]),
                let low = lowerHexadecimal(text[index + 1])
            else { return false }
            bytes.append(high << 4 | low)
        }
        return true
    }

    @inline(__always)
    private static func lowerHexadecimal(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        return byte &- 0x61 < 6 ? byte &- 0x61 &+ 10 : nil
    }
}
