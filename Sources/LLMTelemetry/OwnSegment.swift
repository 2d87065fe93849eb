import TelemetryFiles

/// A segment that only this writer appends to, used while the store's lock is late.
///
/// Its own lock is held for as long as it is open, so that nobody else rotates, archives or prunes
/// it meanwhile.
final class OwnSegment {
    private(set) var file: SegmentFile
    private let name: SegmentName

    /// Makes a new segment.
    init(_ content: SegmentName.Content, in directory: borrowing Directory) throws(FileError) {
        // Between making and locking the file somebody may take it for abandoned and remove it.
        for _ in 0..<10 {
            let mark = Hexadecimal.text(RandomBytes.make(4))
            let name = SegmentName(
                content, .own(process: ProcessIdentity.processID, mark: mark))
            let file = try directory.openFile(name.text, for: .create)
            guard try file.tryLock(), try file.status().links == 1 else { continue }
            self.name = name
            self.file = try SegmentFile.take(file)
            return
        }
        throw .refused("append to", directory.path, because: "every new segment vanishes")
    }

    deinit { file.file.unlock() }

    /// Whether the segment still has its name in this directory: the user may have moved the day.
    func isInPlace(in directory: borrowing Directory) throws(FileError) -> Bool {
        let own = try file.file.status()
        return try directory.status(of: name.text)?.isSameFile(as: own) ?? false
    }

    /// Appends lines; as `SegmentFile.append` does.
    func append(
        _ group: LineBatch.Group, _ count: Int, from position: inout Int
    ) throws(FileError) {
        try file.append(group, count, from: &position)
    }
}
