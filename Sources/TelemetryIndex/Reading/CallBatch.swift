import TelemetryFormat

/// Rows on their way into the cache, with the bytes of their texts.
package struct CallBatch: Sendable {
    /// Enough rows to make a transaction worth its cost, few enough to stay in the processor's
    /// cache.
    static let capacity = 2048
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

    /// Makes room for as many bytes as the batch before had: growing to it copies them twice.
    mutating func expectAsMuchText(as earlier: CallBatch) {
        bytes.reserveCapacity(earlier.bytes.count + earlier.bytes.count / 16)
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
