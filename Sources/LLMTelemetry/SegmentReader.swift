package import TelemetryFiles
import TelemetryFormat

/// Reads the lines of a stored segment, plain or compressed.
package struct SegmentReader: Sendable {
    /// More than any day can hold: a small file that claims to unpack to more is no log.
    private static let maximumUnpackedBytes: Int64 = 1 << 40

    private let path: String
    private let isCompressed: Bool
    private let lineLimit: Int

    /// A reader of the file at this path; one that ends in `.gz` goes through `gzip -dc`.
    package init(path: String) {
        self.path = path
        isCompressed = path.hasSuffix(".gz")
        let holdsTexts = SegmentName(FileTree.name(of: path))?.content.isText ?? false
        lineLimit = holdsTexts ? RecordLimits.textLineBytes : RecordLimits.lineBytes
    }

    /// Gives every complete line, without its newline. Answers the bytes of an unfinished last one.
    ///
    /// Damage of a compressed file shows only at its end, so what was given before an error is not
    /// to be trusted.
    package func forEachLine(
        _ body: (Span<UInt8>, LinePosition) -> Void
    ) throws(FileError) -> Int64 {
        var reader = LineReader(limit: lineLimit)
        if !isCompressed {
            let file = try FileDescriptor.openForReading(path, links: .refuse)
            return try reader.forEachLine(of: file, from: 0, failure: { $0 }) {
                (line, position) throws(FileError) in body(line, position)
            }
        }
        var process = try startUnpacking()
        let rest = try reader.forEachLine(of: &process, failure: { $0 }) {
            (line, position) throws(FileError) in body(line, position)
        }
        try check(process.finish())
        return rest
    }

    /// Gives all bytes, unpacked, in blocks.
    package func forEachBlock(_ body: (Span<UInt8>) -> Void) throws(FileError) {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        if !isCompressed {
            let file = try FileDescriptor.openForReading(path, links: .refuse)
            var offset: Int64 = 0
            while true {
                let count = try file.read(into: &block, range: 0..<block.count, at: offset)
                if count == 0 { return }
                body(block.span.extracting(first: count))
                offset += Int64(count)
            }
        }
        var process = try startUnpacking()
        var total: Int64 = 0
        while total <= Self.maximumUnpackedBytes {
            let count = try process.read(into: &block)
            if count == 0 { return try check(process.finish()) }
            body(block.span.extracting(first: count))
            total += Int64(count)
        }
        throw .refused("read", path, because: "it unpacks to more than any log holds")
    }

    /// The path is handed over after `--`, and an open of our own has refused links before.
    private func startUnpacking() throws(FileError) -> Subprocess {
        _ = try FileDescriptor.openForReading(path, links: .refuse)
        return try Subprocess(["gzip", "-dc", "--", path])
    }

    private func check(_ outcome: Subprocess.Outcome) throws(FileError) {
        guard outcome.exit != .code(0) else { return }
        let complaint = outcome.errorText.split(separator: "\n").last.map(String.init)
        throw .refused("read", path, because: complaint ?? "gzip ended with \(outcome.exit)")
    }
}
