import TelemetryFormat

/// One line that is a call, ready to become a row: numbers as they are, texts as ids of the `text`
/// table (0 = none) or as slices of the batch's bytes.
package struct CallRow: Sendable {
    /// A slice of the batch's bytes; empty = none.
    struct Text: Sendable {
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
    /// Of the latest line that this row stands for; nil = its own.
    var latestTimestamp: Timestamp?
    var rateClass: Int64 = 0
    var hasOnlyTotal = false
    var agent: Int64 = 0
    var operation: Int64 = 0
    var session: Int64 = 0
    var user: Int64 = 0
    var project: Int64 = 0
    var gitBranch: Int64 = 0
    var commandLineTool: Int64 = 0
    var persona: Int64 = 0
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

    /// The latest line that this row stands for.
    var latest: Timestamp { latestTimestamp ?? timestamp }

    /// What the row enters the contest with against another of its log and session.
    fileprivate var candidate: DedupCandidate {
        DedupCandidate(
            outputTokens: tokens.output, totalTokens: tokens.total, details: details,
            isSidechain: isSidechain, timestamp: timestamp, sessionLast: timestamp, sessionID: "",
            path: "", offset: lineOffset)
    }

    /// The call as one summand of a sum.
    var usage: Usage {
        Usage(
            at: timestamp, success: success, tokens: tokens,
            webSearches: webSearches < 0 ? nil : webSearches,
            cost: cost < 0 ? nil : Money(units: Int128(cost)),
            durationMilliseconds: duration < 0 ? nil : duration)
    }
}

/// Rows on their way into the cache, with the bytes of their texts.
package struct CallBatch: Sendable {
    /// Enough rows to make a transaction worth its cost, few enough to stay in the processor's
    /// cache.
    static let capacity = 4096
    /// How far back copies of a call are looked for.
    private static let recentRows = 8
    /// Several batches are under way at once, and most have a hundredth of this.
    private static let byteCapacity = 2 << 20

    private(set) var rows: [CallRow] = []
    private(set) var bytes: [UInt8] = []
    /// Offset of the line whose calls are appended.
    var lineOffset: Int64 = 0
    /// Calls appended since the beginning.
    private(set) var added: Int64 = 0

    init() {
        rows.reserveCapacity(Self.capacity)
    }

    var isFull: Bool { rows.count >= Self.capacity || bytes.count >= Self.byteCapacity }

    /// Adds a call of the present line.
    @inline(__always)
    mutating func append(_ row: CallRow) {
        added += 1
        rows.append(row)
        rows[rows.count - 1].lineOffset = lineOffset
    }

    /// Adds the only call of the present line, unless a line shortly before it logged the same call
    /// of the same session: of those two only the one that dedup prefers can ever count, as long
    /// as the log is what it is. Agents log an answer several times while it grows.
    mutating func appendOnce(_ row: CallRow) {
        var row = row
        row.lineOffset = lineOffset
        guard row.key != 0, let index = recentCopy(of: row) else { return append(row) }
        added += 1
        let latest = max(rows[index].latest, row.latest)
        if row.candidate.wins(over: rows[index].candidate) { rows[index] = row }
        rows[index].latestTimestamp = latest
    }

    /// The position of a recent row of the same call.
    private func recentCopy(of row: CallRow) -> Int? {
        for index in rows.indices.suffix(Self.recentRows).reversed()
        where rows[index].key == row.key {
            let other = rows[index]
            let isCopy =
                other.session == row.session && other.isSidechain == row.isSidechain
                && isSameText(other.messageID, row.messageID)
                && isSameText(other.requestID, row.requestID)
                // A line that is several calls is kept or lost as a whole, which dedup sees to.
                && rows.indices.suffix(from: index).dropFirst().first
                    .map { rows[$0].lineOffset != other.lineOffset } ?? true
                && (index == 0 || rows[index - 1].lineOffset != other.lineOffset)
            return isCopy ? index : nil
        }
        return nil
    }

    private func isSameText(_ left: CallRow.Text, _ right: CallRow.Text) -> Bool {
        left.count == right.count
            && (0..<left.count).allSatisfy {
                bytes[Int(left.start + $0)] == bytes[Int(right.start + $0)]
            }
    }

    /// Drops the first rows.
    mutating func dropFirst(_ count: Int) {
        rows.removeFirst(count)
    }

    /// Says of which log the calls are, and puts the cache's ids in place of a reader's numbers.
    mutating func settle(file: Int64, _ ids: NameIDs) {
        for index in rows.indices {
            rows[index].file = file
            ids.apply(to: &rows[index])
        }
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

    /// Copies a hash: as 32 bytes when it is a plain `sha256:` and 64 lower-case digits, else as
    /// text.
    mutating func hash(_ token: JSONToken?, in line: Span<UInt8>) -> CallRow.Text {
        guard let token else { return CallRow.Text() }
        guard !token.hasEscapes,
            let hash = BinaryHash(line.extracting(token.range))
        else { return text(token, in: line) }
        let start = bytes.count
        hash.append(to: &bytes)
        return CallRow.Text(start: Int32(start), count: 32, isBinary: true)
    }
}

/// The value of a plain `sha256:` and 64 lower-case digits: half the size of its text.
private struct BinaryHash {
    private static let prefix = Array("sha256:".utf8)
    /// The value of each byte as a digit; 16 and more for what is none.
    private static let digits: [UInt8] = (0...255).map { byte in
        UInt8("0123456789abcdef".utf8.enumerated().first { $0.element == byte }?.offset ?? 16)
    }

    private var words = SIMD4<UInt64>()

    /// The hash that a text spells in exactly the usual way, else nil.
    init?(_ text: Span<UInt8>) {
        guard text.count == 71 else { return nil }
        for index in Self.prefix.indices where text[index] != Self.prefix[index] { return nil }
        let digits = Self.digits
        var seen: UInt8 = 0
        for word in 0..<4 {
            var value: UInt64 = 0
            for index in 7 + word * 16..<23 + word * 16 {
                let digit = digits[Int(text[index])]
                seen |= digit
                value = value << 4 | UInt64(digit & 15)
            }
            words[word] = value
        }
        if seen > 15 { return nil }
    }

    /// Appends the 32 bytes.
    func append(to bytes: inout [UInt8]) {
        for word in 0..<4 {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: words[word] >> UInt64(shift)))
            }
        }
    }
}
