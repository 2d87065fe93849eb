package import TelemetryFiles

/// How the bytes of a file on disk become the bytes of a log.
package enum Representation: Sendable {
    case plain
    case gzip
    case zstandard
    /// The slim twin of a log that its owner has deleted (`docs/agent-logs.md`): plain text.
    case captured
}

/// A log as its source names it, in whichever representation it is there.
package struct LogFile: Sendable {
    /// The directory under which it was found.
    package var root: String
    /// Its path below the root, without the suffix of a compressed representation.
    package var name: String
    /// The file to open.
    package var path: String
    package var representation: Representation
    package var status: FileStatus
}
