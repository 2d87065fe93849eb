/// Makes the calls of a log out of what its readers remember of it and of its parent.
package protocol CallDerivation: Sendable {
    /// What calls depend on beside the logs; when it changes, all are made again.
    var context: String { get }

    /// Another name by which forks know this session; nil when there is none.
    func otherName(ofSession session: String) -> String?

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
