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
