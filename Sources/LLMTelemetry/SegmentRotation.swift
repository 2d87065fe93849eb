import TelemetryFiles
import TelemetryFormat

/// Sets a full active segment aside under the next number. The store's lock must be held.
struct SegmentRotation {
    let layout: StoreLayout
    let day: Day

    /// Renames the active segment; the next append makes a new one.
    func rotate(
        _ content: SegmentName.Content, in directory: borrowing Directory
    ) throws(FileError) {
        var number = try highestNumber(content, in: directory)
        while true {
            number += 1
            do throws(FileError) {
                return try directory.renameWithoutReplacing(
                    SegmentName(content, .active).text,
                    to: SegmentName(content, .rotated(number)).text)
            } catch {
                guard error.isExisting else { throw error }
            }
        }
    }

    /// The highest number ever used that day: that of a file, or of one that was removed. Numbers
    /// are not used again, so that a segment that comes back meets no namesake.
    private func highestNumber(
        _ content: SegmentName.Content, in directory: borrowing Directory
    ) throws(FileError) -> Int {
        let present = try directory.entries().compactMap { SegmentName($0.name) }
        let removed = SummaryFile(layout: layout).segments(removedFrom: day)
            .compactMap { SegmentName($0.name) }
        return (present + removed).filter { $0.content == content }.compactMap(\.number).max() ?? 0
    }
}
