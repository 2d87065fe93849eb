import TelemetryFiles

/// A day's active segment, kept open between batches. The store's lock must be held to use it.
///
/// Others may rotate it, and the user may move its day away; so before each batch its name is
/// looked up in the store, and only if that leads to this very file is it still the active one.
final class ActiveSegment {
    let destination: LineBatch.Destination
    let directory: Directory
    private(set) var file: SegmentFile
    /// The path inside the store.
    private let path: String

    /// Opens the segment, made when missing, in the directory of its day.
    init(
        _ destination: LineBatch.Destination, in directory: consuming Directory
    ) throws(FileError) {
        let name = SegmentName(destination.content, .active)
        let file = try SegmentFile.open(name, in: directory)
        path = destination.day.description + "/" + name.text
        self.destination = destination
        self.file = file
        self.directory = directory
    }

    /// Whether this is still the active segment of the store; then its size is that of now.
    func isInPlace(in store: borrowing Directory) throws(FileError) -> Bool {
        guard let status = try store.status(of: path) else { return false }
        return try file.update(status)
    }

    /// Appends lines; as `SegmentFile.append` does.
    func append(
        _ group: LineBatch.Group, _ count: Int, from position: inout Int
    ) throws(FileError) {
        try file.append(group, count, from: &position)
    }
}
