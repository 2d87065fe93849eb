import TelemetryFiles

/// Makes the slim twin of one log after the other, each up to the point where it only has to be
/// put in its place.
struct TwinWriter: Sendable {
    /// What became of a log.
    enum Result: Sendable {
        /// Its twin is complete and waits.
        case prepared(AtomicReplacement.Prepared, modified: Int64)
        /// It has a twin of what it is.
        case current(modified: Int64)
        /// Somebody writes to it again, or it is gone.
        case busy
        case failed(IndexError)
    }

    /// Slim lines are collected up to this size: few writes, little memory.
    private static let writtenAtOnce = 64 << 10

    let logs: CapturedLogs
    let source: any LogSource
    /// Logs changed later than this are still being written to.
    let latestRest: Int64

    /// Writes the twin of a log, if it needs one.
    func prepare(_ file: LogFile) -> Result {
        do throws(IndexError) { return try prepareTwin(of: file) } catch { return .failed(error) }
    }

    private func prepareTwin(of file: LogFile) throws(IndexError) -> Result {
        guard let path = logs.path(ofTwin: file), let before = try status(file.path) else {
            return .busy
        }
        let modified = before.modifiedNanoseconds
        guard modified <= latestRest else { return .busy }
        if logs.holdsTwin(of: file), let twin = try status(path), twin.isTwin(of: before) {
            return .current(modified: modified)
        }
        let replacement = try IndexError.file { () throws(FileError) in
            try FileTree.createDirectories(FileTree.parent(of: path))
            return try AtomicReplacement(of: path)
        }
        try write(file, to: replacement)
        guard let after = try status(file.path), after.isSameContent(as: before) else {
            return .busy
        }
        do throws(FileError) {
            try replacement.setModificationTime(modified)
            return .prepared(try replacement.prepare(), modified: modified)
        } catch {
            throw .file(error)
        }
    }

    private func status(_ path: String) throws(IndexError) -> FileStatus? {
        try IndexError.file { () throws(FileError) in try FileStatus.of(path, links: .refuse) }
    }

    /// Writes the slim lines of a log.
    private func write(
        _ file: LogFile, to replacement: borrowing AtomicReplacement
    ) throws(IndexError) {
        var reader = LogFileReader(file, lineLimit: source.lineLimit)
        var lines: [UInt8] = []
        _ = try reader.forEachLine(from: 0) { (line, position) throws(IndexError) in
            guard !position.isTooLong, let slim = source.slimmed(line) else { return }
            lines += slim
            lines.append(UInt8(ascii: "\n"))
            if lines.count >= Self.writtenAtOnce {
                try append(lines, to: replacement)
                lines.removeAll(keepingCapacity: true)
            }
        }
        try append(lines, to: replacement)
    }

    private func append(
        _ bytes: [UInt8], to replacement: borrowing AtomicReplacement
    ) throws(IndexError) {
        do throws(FileError) { try replacement.append(bytes.span) } catch { throw .file(error) }
    }
}

extension FileStatus {
    /// Whether a twin was made of the log as it is: the twin has the log's time of modification,
    /// and what anybody did to the log since shows in the time of change.
    fileprivate func isTwin(of log: FileStatus) -> Bool {
        modifiedNanoseconds == log.modifiedNanoseconds
            && changedNanoseconds >= log.changedNanoseconds
    }

    /// Whether nothing was written between the two.
    fileprivate func isSameContent(as earlier: FileStatus) -> Bool {
        isSameFile(as: earlier) && size == earlier.size
            && modifiedNanoseconds == earlier.modifiedNanoseconds
    }
}
