import TelemetryFormat

/// Why a record is in no file. The raw values appear in `health` and in `dropped` notes; a storage
/// failure is named by its symbol, such as `ENOSPC`.
package struct DropReason: RawRepresentable, Hashable, Error, Sendable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// More records came than the queue holds.
    package static let queueFull = DropReason(rawValue: "queue-full")
    /// The record is too long even without its texts.
    package static let tooLong = DropReason(rawValue: Rejection.tooLong.rawValue)
    /// The record has neither model nor tokens nor cost.
    package static let noCall = DropReason(rawValue: Rejection.noCall.rawValue)
    /// The timestamp is outside the years that a record may have.
    package static let badTimestamp = DropReason(rawValue: Rejection.badTimestamp.rawValue)
}
