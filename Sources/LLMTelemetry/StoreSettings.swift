package import TelemetryFormat

/// Everything about the store that the environment decides, validated.
package struct StoreSettings: Equatable, Sendable {
    /// Whether written records must be on disk before an append returns.
    package enum Synchronization: String, Sendable {
        /// In the file, where they survive the death of the process.
        case none
        /// On disk, where they survive a power loss.
        case always
    }

    /// The store as the user wrote it, with `~` expanded.
    package var directory = ".llm-telemetry"
    /// Whether anything is written at all.
    package var isEnabled = true
    /// Whether the texts of prompts are kept beside their hashes.
    package var storesPrompts = false
    /// Whether the texts of responses are kept beside their hashes.
    package var storesResponses = false
    /// Days of raw records kept; 0 = for ever.
    package var retentionDays = 30
    /// Bytes that the day directories may take; 0 = no limit.
    package var maximumBytes: Int64 = 100 << 20
    /// The rotation size as it was asked for; `segmentBytes` is what counts.
    package var rotationBytes: Int64 = 16 << 20
    package var synchronization = Synchronization.none
    /// How long an append waits for the lock before it takes a segment of its own.
    package var lockTimeoutMilliseconds: Int64 = 50
    /// The sources that queries read; nil = the command decides.
    package var sources: [String]?
    /// Whether slim twins of agents' logs are kept, before their owners delete them.
    package var captures = true
    /// The instant at which the clock is pinned; nil = the real clock.
    package var now: Timestamp?
    /// The project of calls that name none; nil = the working directory's name.
    package var projectName: String?
    /// The session of calls that name none.
    package var sessionID: String?
    /// The user of calls that name none.
    package var userID: String?
    /// Whether the fire-and-forget paths say on standard error what goes wrong.
    package var isDebugging = false

    /// The defaults.
    package init() {}

    /// A segment that would grow beyond this is rotated: an eighth of the cap at most, so that the
    /// cap can be kept by removing whole segments, and large enough for rotation to be rare.
    package var segmentBytes: Int64 {
        let eighth = maximumBytes > 0 ? maximumBytes / 8 : .max
        return max(min(rotationBytes, eighth), 64 << 10)
    }
}
