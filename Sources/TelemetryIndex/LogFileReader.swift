import TelemetryFiles

/// Reads the lines of a log, whichever representation of it is there.
struct LogFileReader: ~Copyable {
    private let file: LogFile
    private var lines: LineReader

    init(_ file: LogFile, lineLimit: Int) {
        self.file = file
        lines = LineReader(limit: lineLimit)
    }

    /// Gives every complete line from `offset` on, which is the beginning of a line; offsets count
    /// the log's own bytes, not those of a compressed file; of a plain one only the bytes before
    /// `end` are looked at. Answers the bytes after the last
    /// newline.
    mutating func forEachLine(
        from offset: Int64, upTo end: Int64 = .max,
        _ body: (Span<UInt8>, LinePosition) throws(IndexError) -> Void
    ) throws(IndexError) -> Int64 {
        switch file.representation {
        case .plain, .captured: try forEachPlainLine(from: offset, upTo: end, body)
        case .gzip: try forEachLine(of: ["gzip", "-dc", "--", file.path], from: offset, body)
        case .zstandard: try forEachLine(of: ["zstd", "-dcq", "--", file.path], from: offset, body)
        }
    }

    private mutating func forEachPlainLine(
        from offset: Int64, upTo end: Int64,
        _ body: (Span<UInt8>, LinePosition) throws(IndexError) -> Void
    ) throws(IndexError) -> Int64 {
        let descriptor = try IndexError.file { () throws(FileError) in
            try FileDescriptor.openForReading(file.path, links: .refuse)
        }
        return try lines.forEachLine(
            of: descriptor, from: offset, upTo: end, failure: IndexError.file, body)
    }

    /// Reads what a decompressor prints; lines before `offset` are passed over.
    private mutating func forEachLine(
        of command: [String], from offset: Int64,
        _ body: (Span<UInt8>, LinePosition) throws(IndexError) -> Void
    ) throws(IndexError) -> Int64 {
        var process = try IndexError.file { () throws(FileError) in try Subprocess(command) }
        let pending = try lines.forEachLine(of: &process, failure: IndexError.file) {
            (line, position) throws(IndexError) in
            if position.offset >= offset { try body(line, position) }
        }
        let outcome: Subprocess.Outcome
        do throws(FileError) { outcome = try process.finish() } catch { throw .file(error) }
        guard outcome.exit == .code(0) else {
            throw .damaged(path: file.path, reason: reason(in: outcome.errorText))
        }
        return pending
    }

    /// What a decompressor complains of, `gzip: PATH: unexpected end of file`, less what is known.
    private func reason(in complaint: String) -> String {
        let line = complaint.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let opening = "gzip: \(file.path): "
        return line.hasPrefix(opening) ? String(line.dropFirst(opening.count)) : line
    }
}
