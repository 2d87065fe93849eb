package import TelemetryFormat

/// Records that come as lines from elsewhere (`llm-telemetry log -`), checked one by one and kept
/// byte for byte; a line without `msg_id` gets one at its front.
package struct RecordLineBatch: Sendable {
    private(set) var lines = LineBatch()
    private var scanner = RecordScanner()
    private var preparation: CallPreparation

    /// An empty batch.
    package init(settings: StoreSettings) {
        preparation = CallPreparation(settings: settings)
    }

    /// Records so far.
    package var count: Int { lines.lineCount }
    /// Bytes so far; a caller appends the batch when it is worth it.
    package var byteCount: Int { lines.byteCount }

    /// Adds a line without its newline. Throws why it is no record; a blank line is none and is
    /// passed over.
    package mutating func add(_ line: Span<UInt8>) throws(Rejection) {
        switch scanner.scan(line) {
        case .call: break
        case .blank: return
        case .other: throw .noCall
        case .rejected(let reason): throw reason
        }
        let destination = LineBatch.Destination(
            day: scanner.timestamp.day, content: .telemetry)
        if line.count > RecordLimits.recordBytes {
            lines.append(try shortened(line), to: destination)
        } else if scanner.token(.messageID) == nil {
            lines.append(withMessageID(line), to: destination)
        } else {
            lines.append(line, to: destination)
        }
    }

    /// Empties the batch after it was appended.
    package mutating func removeAll() { lines.removeAll() }

    /// The line with a `msg_id` as its first member; the scanner has seen that there is another.
    private mutating func withMessageID(_ line: Span<UInt8>) -> [UInt8] {
        var start = 0
        while line[start] != UInt8(ascii: "{") { start += 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count + 50)
        for index in 0...start { bytes.append(line[index]) }
        let identifier = preparation.newMessageID(at: scanner.timestamp)
        bytes += #""msg_id":"\#(identifier)","#.utf8
        for index in start + 1..<line.count { bytes.append(line[index]) }
        return bytes
    }

    /// The line of a record over the limit, its long texts replaced by length and hash.
    private mutating func shortened(_ line: Span<UInt8>) throws(Rejection) -> [UInt8] {
        var call = try Call(line: line)
        call.shortenTexts()
        if call.messageID == nil {
            call.messageID = preparation.newMessageID(at: scanner.timestamp)
        }
        let bytes = call.jsonLine()
        guard bytes.count <= RecordLimits.recordBytes else { throw .tooLong }
        return bytes
    }
}
