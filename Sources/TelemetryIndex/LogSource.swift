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
    /// Roots that are not there: nothing below them counts as gone either.
    package var missingRoots: [String] = []
    /// The slim twins of the source's logs, where a store keeps them.
    var twins: CapturedLogs?

    /// Whether a log that is not listed may be taken for deleted.
    func isGone(_ checkpoint: Checkpoint) -> Bool {
        let path = checkpoint.root + "/" + checkpoint.name
        return !missingRoots.contains(checkpoint.root)
            && !unreachable.contains { path == $0.path || path.hasPrefix($0.path + "/") }
    }
}

/// One kind of log: where its files are, and what a line of them means.
package protocol LogSource: Sendable {
    var kind: SourceKind { get }
    /// The directories under which logs are looked for.
    var roots: [String] { get }
    /// The longest line that is looked into.
    var lineLimit: Int { get }

    /// The file with the totals of what was taken out of the logs, where the source keeps one.
    var removalSummaryPath: String? { get }

    /// Finds the logs that are there, without opening them.
    func listFiles() -> LogListing

    /// The session that a log's own name stands for, to which lines without one belong; empty when
    /// names say nothing. A renamed log of which this differs is read again.
    func session(ofName name: String) -> String

    /// What reads the lines of one log, from its beginning or from a checkpoint. `memory` is what
    /// an earlier interpreter of the log left there; empty at the beginning.
    func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter

    /// What the slim twin of a log keeps of a line; nil = nothing.
    func slimmed(_ line: Span<UInt8>) -> [UInt8]?

    /// After how many days without a change the owner of the logs below a root deletes them; nil =
    /// never, or nobody knows.
    func daysUntilDeletion(below root: String) -> Int64?

    /// Makes the calls of a log whose lines are calls only in the light of others; nil where a line
    /// tells for itself.
    var derivation: (any CallDerivation)? { get }
}

extension LogSource {
    package var removalSummaryPath: String? { nil }

    package func session(ofName name: String) -> String { "" }

    package func slimmed(_ line: Span<UInt8>) -> [UInt8]? { nil }

    package func daysUntilDeletion(below root: String) -> Int64? { nil }

    package var derivation: (any CallDerivation)? { nil }
}

/// Makes the calls of a log out of what its readers remember of it and of its parent.
package protocol CallDerivation: Sendable {
    /// What calls depend on beside the logs; when it changes, all are made again.
    var context: String { get }

    /// Appends the calls of the log of this name below this root, in its order. `parents` are the
    /// memories of the logs of its parent session; none when those are missing.
    func derive(
        _ log: DerivedLog, parents: [[UInt8]], _ batch: inout CallBatch,
        _ dictionary: inout CallDictionary)
}

/// A log of which the calls are to be made.
package struct DerivedLog: Sendable {
    package var root: String
    package var name: String
    package var memory: [UInt8]

    package init(root: String, name: String, memory: [UInt8]) {
        self.root = root
        self.name = name
        self.memory = memory
    }
}

/// Turns the lines of one log into rows.
package protocol LineInterpreter {
    /// Judges a line, which the batch knows the place of; its calls are appended to the batch.
    mutating func interpret(
        _ line: Span<UInt8>, _ batch: inout CallBatch, _ dictionary: inout CallDictionary
    ) -> LineOutcome

    /// What the lines so far say about the log itself.
    var facts: LogFacts { get }

    /// What has to be remembered to read on later; empty = nothing.
    var memory: [UInt8] { get }
}

extension LineInterpreter {
    package var facts: LogFacts { LogFacts() }

    package var memory: [UInt8] { [] }
}

/// What a log says about itself; nil = not stated.
package struct LogFacts: Sendable {
    /// This and what follows as first stated.
    package var session: String?
    /// The session that this one was forked from.
    package var parentSession: String?
    /// The working directory, whole.
    package var projectPath: String?
    /// This and what follows as last stated.
    package var model: String?
    /// Tokens of the session so far.
    package var totalTokens: Int64?

    package init(
        session: String? = nil, parentSession: String? = nil, projectPath: String? = nil,
        model: String? = nil, totalTokens: Int64? = nil
    ) {
        self.session = session
        self.parentSession = parentSession
        self.projectPath = projectPath
        self.model = model
        self.totalTokens = totalTokens
    }
}
