/// A record could not be written: `cannot write /x/telemetry.jsonl: No space left on device`.
public struct TelemetryError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, lower-case and without a full stop.
    public let description: String

    /// An error with this text.
    init(_ description: String) {
        self.description = description
    }
}
