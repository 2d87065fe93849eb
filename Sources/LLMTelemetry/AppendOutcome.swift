package import TelemetryFiles
package import TelemetryFormat

/// What became of a batch.
package struct AppendOutcome: Sendable {
    /// Records whose last byte is in a file.
    package var writtenRecords = 0
    /// Records that are in no file.
    package var droppedRecords = 0
    /// Texts that are in no file.
    package var droppedTexts = 0
    /// The first thing that went wrong.
    package var error: FileError?
    /// Days whose directory this batch made.
    package var createdDays: Set<Day> = []
    /// Whether a full segment was set aside.
    package var hasRotated = false

    package init() {}

    mutating func count(_ content: SegmentName.Content, written: Int, dropped: Int) {
        if content == .telemetry {
            writtenRecords += written
            droppedRecords += dropped
        } else {
            droppedTexts += dropped
        }
    }

    mutating func keepFirst(_ error: FileError?) {
        if self.error == nil { self.error = error }
    }
}
