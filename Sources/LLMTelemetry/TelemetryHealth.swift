/// What became of the records so far.
public struct TelemetryHealth: Equatable, Sendable {
    /// Records that are in a file.
    public var written = 0
    /// Records that wait for the background thread.
    public var waiting = 0
    /// Records that are in no file and never will be, by reason: `queue-full`, `ENOSPC`, …
    public var dropped: [String: Int] = [:]
    /// Texts of prompts and responses that could not be stored though their records were.
    public var droppedTexts = 0
    /// What went wrong last, also when it works again by now; nil while nothing did.
    public var lastError: String?

    /// The health of a writer that has done nothing yet.
    public init() {}
}
