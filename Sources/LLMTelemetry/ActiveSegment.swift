import TelemetryFiles

/// A day's active segment, kept open between batches. The store's lock must be held to use it.
///
/// Others may rotate it, and the user may move its day away; so before each batch its name is
/// looked up in the store, unless a watch says that nothing happened to it, and only if that leads
/// to this very file is it still the active one.
final class ActiveSegment {
    let destination: LineBatch.Destination
    let directory: Directory
    private(set) var file: SegmentFile
    /// The path inside the store.
    private let path: String
    /// The epoch in which the segment was found in its place, if it is watched since.
    private var watchedIn: Int?

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
    func isInPlace(in store: RepeatedLock.Holding) throws(FileError) -> Bool {
        if watchedIn == store.epoch {
            try file.updateSize()
            return true
        }
        // Before the look, so that no change falls between.
        let isWatched = store.watch(file.file, in: directory)
        guard let status = try store.directory.status(of: path), try file.update(status) else {
            return false
        }
        watchedIn = isWatched ? store.epoch : nil
        return true
    }

    /// Appends lines; as `SegmentFile.append` does.
    func append(
        _ group: LineBatch.Group, _ count: Int, from position: inout Int
    ) throws(FileError) {
        try file.append(group, count, from: &position)
    }
}
