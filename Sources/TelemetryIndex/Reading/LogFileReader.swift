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
        var process = try start(command)
        let path = file.path
        let pending = try lines.forEachLine(
            of: &process, maximumBytes: maximumBytes,
            failure: { Self.failure($0, of: path) }
        ) { (line, position) throws(IndexError) in
            if position.offset >= offset { try body(line, position) }
        }
        let outcome: Subprocess.Outcome
        do throws(FileError) { outcome = try process.finish() } catch { throw .file(error) }
        guard outcome.exit == .code(0) else {
            throw .damaged(path: file.path, reason: reason(in: outcome.errorText))
        }
        return pending
    }

    /// Starts a decompressor. That it is not there says nothing about the log.
    private func start(_ command: [String]) throws(IndexError) -> Subprocess {
        do throws(FileError) {
            return try Subprocess(command)
        } catch {
            throw error.isMissing
                ? .noDecompressor(program: command[0], path: file.path) : .file(error)
        }
    }

    private static func failure(_ error: FileError, of path: String) -> IndexError {
        error.symbol == "EFBIG" ? .damaged(path: path, reason: error.reason) : .file(error)
    }

    /// A file that unpacks to more is not a log but a trap: logs shrink to a tenth, and none is
    /// known to shrink to less than a hundredth; small ones may hold the same line throughout.
    private var maximumBytes: Int64 {
        let (bytes, overflow) = file.status.size.multipliedReportingOverflow(by: 256)
        return overflow ? .max : max(bytes, 1 << 30)
    }

    /// What a decompressor complains of, `gzip: PATH: unexpected end of file`, less what is known;
    /// zstd shortens a long path to its end, without its own name before it.
    private func reason(in complaint: String) -> String {
        var line = complaint.split(whereSeparator: \.isNewline).first ?? ""
        for opening in ["gzip: ", "zstd: "] where line.hasPrefix(opening) {
            line.removeFirst(opening.count)
        }
        for separator in [" : ", ": "] {
            guard let range = line.firstRange(of: separator),
                file.path.hasSuffix(line[..<range.lowerBound])
            else { continue }
            line = line[range.upperBound...]
            break
        }
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
