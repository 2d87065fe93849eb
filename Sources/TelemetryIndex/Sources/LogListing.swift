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
