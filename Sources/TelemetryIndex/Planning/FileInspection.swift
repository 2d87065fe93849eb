import TelemetryFiles
import TelemetryFormat

/// What has to be done about a log that is on disk.
enum FilePlan: Equatable {
    /// Nothing has changed.
    case skip
    /// What was read is still there: read on from the checkpoint.
    case readOn
    /// What was read is not what is there: drop its rows and read it from the beginning.
    case readAnew
}

/// Compares a log with its checkpoint.
struct FileInspection {
    /// A prefix up to this size is compared whole even when the file has only grown.
    static let grownPrefixBytes: Int64 = 1 << 20
    /// A prefix up to this size is compared whole when the file was touched without growing.
    static let touchedPrefixBytes: Int64 = 64 << 20

    var file: LogFile
    var checkpoint: Checkpoint
    var lineLimit: Int
    /// Compare every prefix whole, whatever its size (`cache-sync --verify`).
    var comparesWhole: Bool

    /// Decides what to do about the log.
    func plan() throws(IndexError) -> FilePlan {
        if checkpoint.id == 0 { return .readAnew }
        if !comparesWhole, checkpoint.isUntouched(file) { return .skip }
        return try holdsWhatWasRead() ? .readOn : .readAnew
    }

    /// Whether the log still begins with what was read.
    func holdsWhatWasRead() throws(IndexError) -> Bool {
        if file.representation != .plain { return try hasSamePrefix() }
        guard (0...file.status.size).contains(checkpoint.offset) else { return false }
        // A log that was read in another form has no windows: they are of a file's bytes.
        if !checkpoint.isOfPlainFile { return try hasSamePrefix() }
        guard try hasSameWindows() else { return false }
        let grew = file.status.size > checkpoint.size
        let wholeUpTo = grew ? Self.grownPrefixBytes : Self.touchedPrefixBytes
        guard comparesWhole || checkpoint.offset <= wholeUpTo else { return true }
        return try hasSamePrefix()
    }

    private func hasSamePrefix() throws(IndexError) -> Bool {
        var reader = LogFileReader(file, lineLimit: lineLimit)
        var hash = LineHash()
        var end: Int64 = 0
        let offset = checkpoint.offset
        _ = try reader.forEachLine(from: 0, upTo: offset) { (line, position) throws(IndexError) in
            guard position.end <= offset else { return }
            hash.combine(line, position)
            end = position.end
        }
        return end == offset && hash.value == checkpoint.prefixHash
    }

    private func hasSameWindows() throws(IndexError) -> Bool {
        let windows = try FileWindows(path: file.path, offset: checkpoint.offset)
        return windows.head == checkpoint.headHash && windows.tail == checkpoint.tailHash
    }
}

/// Hashes of the beginning and of the end of what was read of a plain file.
struct FileWindows {
    let head: UInt64
    let tail: UInt64

    /// Hashes the windows of the first `offset` bytes.
    init(path: String, offset: Int64) throws(IndexError) {
        let length = Int(min(Checkpoint.windowBytes, offset))
        (head, tail) = try IndexError.file { () throws(FileError) in
            let file = try FileDescriptor.openForReading(path, links: .refuse)
            return (
                Self.hash(try file.read(count: length, at: 0)),
                Self.hash(try file.read(count: length, at: offset - Int64(length)))
            )
        }
    }

    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash = LineHash()
        hash.combine(bytes.span)
        return hash.value
    }
}

extension LineHash {
    /// Folds in a line of a log: its bytes, or of one that is too long its length and beginning.
    @inline(__always)
    mutating func combine(_ line: Span<UInt8>, _ position: LinePosition) {
        if position.isTooLong { combine(UInt64(bitPattern: position.length)) }
        combine(line)
    }
}
