import TelemetryFiles

/// A segment open for appending, by whoever is its one writer now.
struct SegmentFile: ~Copyable {
    let file: FileDescriptor
    /// Bytes in the file when it was opened or last measured.
    private(set) var size: Int64
    /// Whether a killed process left half a line, which must not be glued to the next one.
    private var endsInMidLine: Bool

    /// Opens a segment, made when missing: a regular file of this user that has no other name.
    static func open(
        _ name: SegmentName, in directory: borrowing Directory
    ) throws(FileError) -> SegmentFile {
        try take(directory.openFile(name.text, for: .append))
    }

    /// Takes an open segment.
    static func take(_ file: consuming FileDescriptor) throws(FileError) -> SegmentFile {
        let status = try file.status()
        try check(status, file.path)
        let last = status.size > 0 ? try file.read(count: 1, at: status.size - 1) : [newline]
        return SegmentFile(file: file, size: status.size, endsInMidLine: last != [newline])
    }

    private init(file: consuming FileDescriptor, size: Int64, endsInMidLine: Bool) {
        self.file = file
        self.size = size
        self.endsInMidLine = endsInMidLine
    }

    /// Anything but our own plain file could lead the records elsewhere.
    private static func check(_ status: FileStatus, _ path: String) throws(FileError) {
        let explanation: String
        if status.owner != ProcessIdentity.userID {
            explanation = "it belongs to another user"
        } else if status.links != 1 {
            explanation = "the file has \(status.links) names"
        } else {
            return
        }
        throw .refused("append to", path, because: explanation)
    }

    /// How many of the group's lines from `start` on fit below the limit; at least one while the
    /// file is empty, so that a line longer than a segment gets one of its own.
    func fittingLines(of group: LineBatch.Group, from start: Int, _ limit: Int64) -> Int {
        let begin = start == 0 ? 0 : group.ends[start - 1]
        let room = limit - size - (endsInMidLine ? 1 : 0)
        let count = group.ends[start...].prefix { Int64($0 - begin) <= room }.count
        return size == 0 ? max(count, 1) : count
    }

    /// Appends lines with one write, and moves `position` past those whose last byte was taken.
    ///
    /// After an error nothing is written again: the file is cut back to its last complete line.
    func append(
        _ group: LineBatch.Group, _ count: Int, from position: inout Int
    ) throws(FileError) {
        let start = position
        let begin = start == 0 ? 0 : group.ends[start - 1]
        let end = group.ends[start + count - 1]
        let lead = endsInMidLine ? 1 : 0
        let outcome: FileDescriptor.WriteOutcome
        if endsInMidLine {
            let bytes = [newline] + group.bytes[begin..<end]
            outcome = file.write(bytes.span)
        } else {
            outcome = file.write(group.bytes.span.extracting(begin..<end))
        }
        let taken = outcome.written - lead
        position += group.ends[start..<start + count].prefix { $0 - begin <= taken }.count
        guard let error = outcome.error else { return }
        let kept = position == start ? 0 : Int64(group.ends[position - 1] - begin + lead)
        cutBack(to: size + kept, from: size + Int64(outcome.written))
        throw error
    }

    /// Removes a torn line, if it is still the last thing in the file.
    private func cutBack(to length: Int64, from present: Int64) {
        guard length < present else { return }
        // When this fails too, the torn line stays and the next writer begins with a newline.
        if let status = try? file.status(), status.size == present {
            try? file.truncate(to: length)
        }
    }

    /// Measures again what the file holds.
    mutating func refresh() throws(FileError) {
        size = try file.status().size
        endsInMidLine = false
    }
}
