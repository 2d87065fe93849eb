package import TelemetryFiles
package import TelemetryFormat

/// A kind of log. The raw value stands in the cache.
package enum SourceKind: Int64, CaseIterable, Sendable {
    case telemetry = 0
    case claude = 1
    case codex = 2

    /// The word of `--source`.
    package var name: String { "\(self)" }

    /// The source of this name, else nil.
    package init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

/// How the bytes of a file on disk become the bytes of a log.
package enum Representation: Sendable {
    case plain
    case gzip
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

/// What a source found on disk.
package struct LogListing: Sendable {
    /// A path and why it could not be read.
    package struct Trouble: Sendable {
        package var path: String
        package var reason: String
    }

    package var files: [LogFile] = []
    /// What could not be listed: nothing below it counts as gone.
    package var unreachable: [Trouble] = []

    /// Whether a log that is not listed may be taken for deleted.
    func isGone(_ checkpoint: Checkpoint) -> Bool {
        let path = checkpoint.root + "/" + checkpoint.name
        return !unreachable.contains { path.hasPrefix($0.path) }
    }
}

/// One kind of log: where its files are, and what a line of them means.
package protocol LogSource: Sendable {
    var kind: SourceKind { get }
    /// The directories under which logs are looked for.
    var roots: [String] { get }
    /// The longest line that is looked into.
    var lineLimit: Int { get }

    /// Finds the logs that are there, without opening them.
    func listFiles() -> LogListing

    /// What reads the lines of one log, from its beginning or from a checkpoint.
    func makeInterpreter() -> any LineInterpreter
}

/// Turns the lines of one log into rows.
package protocol LineInterpreter {
    /// Judges a line; a call goes into `row`, its texts into the batch and the dictionary.
    mutating func interpret(
        _ line: Span<UInt8>, _ row: inout CallRow, _ batch: inout CallBatch,
        _ dictionary: inout CallDictionary
    ) throws(IndexError) -> LineOutcome
}
