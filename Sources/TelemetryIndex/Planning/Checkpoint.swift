import TelemetryFiles
import TelemetryFormat

/// Where reading of a log stopped, and how to recognise what was read: one row of `file`.
package struct Checkpoint: Sendable {
    /// How much of the beginning and of the end of what was read is hashed.
    static let windowBytes: Int64 = 4096

    /// Row id; 0 for a log that the cache does not know yet.
    var id: Int64 = 0
    var source: SourceKind
    var root: String
    var name: String
    var path: String
    var device: UInt64 = 0
    var inode: UInt64 = 0
    var size: Int64 = 0
    var modified: Int64 = 0
    var changed: Int64 = 0
    /// After the last complete line taken in.
    var offset: Int64 = 0
    var lines: Int64 = 0
    var calls: Int64 = 0
    var others: Int64 = 0
    var rejected: Int64 = 0
    /// Bytes of an unfinished line after `offset`.
    var pending: Int64 = 0
    var headHash: UInt64 = 0
    var tailHash: UInt64 = 0
    /// Over every line up to `offset`, in order.
    var prefixHash = LineHash().value
    /// The log's rows of `call` lie in this range of ids; empty while first > last.
    var firstCall = Int64.max
    var lastCall: Int64 = 0
    var ingestedMilliseconds: Int64 = 0
    /// Ids of texts, 0 = none: what the log says about itself (`LogFacts`).
    var session: Int64 = 0
    var parentSession: Int64 = 0
    var spawnerSession: Int64 = 0
    var projectPath: Int64 = 0
    /// The modification time that the log had when its slim twin was made.
    var captured: Int64 = 0

    /// A checkpoint at the beginning of a log.
    init(source: SourceKind, root: String, name: String, path: String) {
        self.source = source
        self.root = root
        self.name = name
        self.path = path
    }

    /// Takes over what the cache has added to an earlier state: ids and what they stand for.
    mutating func adoptIDs(of earlier: Checkpoint) {
        id = earlier.id
        (firstCall, lastCall) = (earlier.firstCall, earlier.lastCall)
        session = earlier.session
        parentSession = earlier.parentSession
        spawnerSession = earlier.spawnerSession
        projectPath = earlier.projectPath
    }

    /// Forgets everything that was read.
    mutating func rewind() {
        (offset, lines, calls, others, rejected, pending) = (0, 0, 0, 0, 0, 0)
        (firstCall, lastCall) = (.max, 0)
        (session, parentSession, spawnerSession, projectPath) = (0, 0, 0, 0)
        prefixHash = LineHash().value
    }

    /// Notes that rows with these ids are the log's.
    mutating func widen(_ ids: ClosedRange<Int64>) {
        firstCall = min(firstCall, ids.lowerBound)
        lastCall = max(lastCall, ids.upperBound)
    }

    /// Takes over what the file looks like now.
    mutating func note(_ file: LogFile, at milliseconds: Int64) {
        root = file.root
        name = file.name
        path = file.path
        device = file.status.device
        inode = file.status.inode
        size = file.status.size
        modified = file.status.modifiedNanoseconds
        changed = file.status.changedNanoseconds
        ingestedMilliseconds = milliseconds
    }

    /// Whether a file is the one that was read and has not been touched since. Times within two
    /// seconds of the reading prove nothing: a change in the same tick leaves them equal.
    func isUntouched(_ file: LogFile) -> Bool {
        let status = file.status
        let trusted = (ingestedMilliseconds &- 2000) &* 1_000_000
        return path == file.path && device == status.device && inode == status.inode
            && size == status.size && modified == status.modifiedNanoseconds
            && changed == status.changedNanoseconds && modified < trusted && changed < trusted
    }

    /// Whether the log was read as it is named rather than from a compressed form.
    var isOfPlainFile: Bool { path == root + "/" + name }

    /// Whether a file found under another name can be the one that was read.
    func couldBe(_ file: LogFile) -> Bool {
        file.representation == .plain && isOfPlainFile && hasSameInode(as: file)
            && file.status.size >= offset && offset > 0
    }

    /// Whether the numbers are those of the file that was read; they prove nothing by themselves.
    func hasSameInode(as file: LogFile) -> Bool {
        device == file.status.device && inode == file.status.inode
    }
}
