import TelemetryFiles

/// A segment open for appending, by whoever is its one writer now.
struct SegmentFile: ~Copyable {
    let file: FileDescriptor
    /// What the file was when it was opened.
    private let opened: FileStatus
    /// Bytes in the file when it was last measured, and those that were appended here since.
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
        try checkOwner(of: status, file.path)
        var segment = SegmentFile(file: file, opened: status)
        try segment.measure(status)
        return segment
    }

    private init(file: consuming FileDescriptor, opened: FileStatus) {
        self.file = file
        self.opened = opened
        size = 0
        endsInMidLine = false
    }

    /// Takes note of what others appended since; false when the status is that of another file.
    mutating func update(_ status: FileStatus) throws(FileError) -> Bool {
        guard status.isSameFile(as: opened), status.owner == opened.owner else { return false }
        try measure(status)
        return true
    }

    /// Takes note of what others appended since, where nothing else can have changed.
    mutating func updateSize() throws(FileError) { try measure(file.end()) }

    private mutating func measure(_ status: FileStatus) throws(FileError) {
        guard status.links == 1 else {
            throw .refused("append to", file.path, because: "the file has \(status.links) names")
        }
        try measure(status.size)
    }

    private mutating func measure(_ present: Int64) throws(FileError) {
        // What was appended here ends with a newline.
        if present == size { return }
        let last = present > 0 ? try file.read(count: 1, at: present - 1) : [newline]
        endsInMidLine = last != [newline]
        size = present
    }

    /// Anything but our own plain file could lead the records elsewhere.
    private static func checkOwner(of status: FileStatus, _ path: String) throws(FileError) {
        if status.owner == ProcessIdentity.userID { return }
        throw .refused("append to", path, because: "it belongs to another user")
    }

    /// How many of the group's lines from `start` on fit below the limit; at least one while the
    /// file is empty, so that a line longer than a segment gets one of its own.
    func fittingLines(of group: LineBatch.Group, from start: Int, _ limit: Int64) -> Int {
        let begin = start == 0 ? 0 : group.ends[start - 1]
        let room = limit - size - (endsInMidLine ? 1 : 0)
        if Int64(group.bytes.count - begin) <= room { return group.ends.count - start }
        let count = group.ends[start...].prefix { Int64($0 - begin) <= room }.count
        return size == 0 ? max(count, 1) : count
    }

    /// Appends lines with one write, and moves `position` past those whose last byte was taken.
    ///
    /// After an error nothing is written again: the file is cut back to its last complete line.
    mutating func append(
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
        guard let error = outcome.error else {
            position += count
            size += Int64(outcome.written)
            endsInMidLine = false
            return
        }
        let taken = outcome.written - lead
        position += group.ends[start..<start + count].prefix { $0 - begin <= taken }.count
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
}
