import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// What has to be done about one source: which logs to read from where, and which are gone.
struct SourcePlan {
    /// A log to read, with what the cache knows of it.
    struct Step {
        var file: LogFile
        var checkpoint: Checkpoint
        var plan: FilePlan
        /// What the last reader of the log left to be remembered.
        var memory: [UInt8] = []
        /// Whether the log is known under another name.
        var isRenamed = false

        /// Bytes on disk that reading will go through.
        var bytesToRead: Int64 {
            plan == .readOn ? max(0, file.status.size - checkpoint.offset) : file.status.size
        }
    }

    let source: any LogSource
    let derivation: (any CallDerivation)?
    private(set) var steps: [Step] = []
    private(set) var gone: [Checkpoint] = []
    /// Logs that are there and could not be looked into, with the reason.
    private(set) var unread: [LogListing.Trouble] = []
    /// Names of all logs that are there.
    let names: [String]
    /// Logs, and when their twins were made: what a run of captures looks at.
    private(set) var capturable: [CaptureRun.Candidate] = []
    let twins: CapturedLogs?
    /// Whether what the source's calls depend on beside its logs has changed.
    private(set) var hasNewContext = false
    private var skipped = 0
    /// Logs among those skipped that end in an unfinished line.
    private var pending = 0

    private let depth: CacheSync.Depth

    /// Compares what is on disk with the checkpoints that the cache has.
    init(
        _ source: any LogSource, known: [Checkpoint], _ depth: CacheSync.Depth
    ) throws(IndexError) {
        self.source = source
        derivation = source.derivation
        self.depth = depth
        let listing = source.listFiles()
        names = listing.files.map(\.name)
        twins = listing.twins
        unread = listing.unreachable
        for root in listing.missingRoots where known.contains(where: { $0.root == root }) {
            unread.append(
                LogListing.Trouble(
                    path: root, reason: "it is not there; what was read of it still counts"))
        }
        var remaining = KnownLogs(known)
        let strangers = listing.files.compactMap { file in
            plan(file, remaining.take(file), listing)
        }
        // Logs below a root that is none any more are gone as well: a rebuild would not read them.
        gone = remaining.rest.filter { listing.isGone($0) }
        add(strangers)
    }

    /// Plans what to do about a log that is known under its name; answers with one that is not the
    /// file last read there.
    private mutating func plan(
        _ file: LogFile, _ checkpoint: Checkpoint?, _ listing: LogListing
    ) -> Stranger? {
        let isUntouched = checkpoint?.isUntouched(file) ?? false
        if twins != nil {
            // Of a log that was touched the twin may be out of date, whatever time it has.
            let captured = isUntouched ? checkpoint?.captured : nil
            capturable.append(CaptureRun.Candidate(file: file, captured: captured ?? 0))
        }
        guard let checkpoint else { return Stranger(file: file) }
        if isUntouched, depth == .incremental {
            skip(checkpoint)
        } else if isAway(checkpoint, behind: file, listing) {
            // What was read of it counts, of which a twin may know less.
            skipped += 1
        } else if checkpoint.hasSameInode(as: file) {
            add(file, checkpoint)
        } else {
            return Stranger(file: file, predecessor: checkpoint)
        }
        return nil
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool { steps.isEmpty && gone.isEmpty && !hasNewContext }

    var bytesToRead: Int64 { steps.reduce(0) { $0 + $1.bytesToRead } }

    /// Looks up what earlier runs have left: the memories of logs that are read on, and what calls
    /// depended on.
    mutating func recall(_ connection: borrowing Connection) throws(SQLiteError) {
        if let derivation {
            hasNewContext = try connection.context(of: source.kind) != derivation.context
        }
        for index in steps.indices where steps[index].plan == .readOn {
            steps[index].memory = try connection.memory(of: steps[index].checkpoint.id)
        }
    }

    /// Adds this plan's files to a summary.
    func count(in summary: inout CacheSyncSummary) {
        summary.files.seen += Int64(names.count)
        summary.files.skipped += Int64(skipped)
        summary.files.removed += Int64(gone.count)
        summary.files.unread += Int64(unread.count)
        summary.lines.pending += Int64(pending)
        for trouble in unread {
            summary.notes.append("not read: \(trouble.path): \(trouble.reason)")
        }
    }

    private mutating func skip(_ checkpoint: Checkpoint) {
        skipped += 1
        if checkpoint.pending > 0 { pending += 1 }
    }

    /// Whether a twin speaks for a log only because the log's directory is away.
    private func isAway(
        _ checkpoint: Checkpoint, behind file: LogFile, _ listing: LogListing
    ) -> Bool {
        file.representation == .captured && checkpoint.path != file.path
            && !listing.isGone(checkpoint)
    }

    private mutating func add(_ file: LogFile, _ checkpoint: Checkpoint) {
        if depth == .rebuild {
            steps.append(Step(file: file, checkpoint: checkpoint, plan: .readAnew))
            return
        }
        let inspection = FileInspection(
            file: file, checkpoint: checkpoint, lineLimit: source.lineLimit,
            comparesWhole: depth == .verify)
        do throws(IndexError) {
            let plan = try inspection.plan()
            if plan == .skip {
                skip(checkpoint)
            } else {
                steps.append(Step(file: file, checkpoint: checkpoint, plan: plan))
            }
        } catch .damaged {
            // Reading it takes its rows out and says what is wrong with it.
            steps.append(Step(file: file, checkpoint: checkpoint, plan: .readAnew))
        } catch {
            unread.append(LogListing.Trouble(path: file.path, reason: "\(error)"))
        }
    }

    /// Adds logs that are not the files last read under their names: each is a renamed one, or the
    /// same in another form, or new. A rotation is both at once, a rename and a new log.
    private mutating func add(_ strangers: [Stranger]) {
        gone += strangers.compactMap(\.predecessor)
        let others = strangers.filter { !addRenamed($0.file) }
        for stranger in others {
            let index = gone.firstIndex { $0.id == stranger.predecessor?.id }
            if let index {
                add(stranger.file, gone.remove(at: index))
            } else {
                addNew(stranger.file)
            }
        }
    }

    /// Adds a log that was read under another name; false when there was none.
    private mutating func addRenamed(_ file: LogFile) -> Bool {
        guard let index = gone.firstIndex(where: { isSameLog($0, file) }) else { return false }
        var checkpoint = gone.remove(at: index)
        // Its slim twin has the old name.
        checkpoint.captured = 0
        let sessions = (source.session(ofName: checkpoint.name), source.session(ofName: file.name))
        let plan: FilePlan = sessions.0 == sessions.1 ? .readOn : .readAnew
        steps.append(Step(file: file, checkpoint: checkpoint, plan: plan, isRenamed: true))
        return true
    }

    private mutating func addNew(_ file: LogFile) {
        let checkpoint = Checkpoint(
            source: source.kind, root: file.root, name: file.name, path: file.path)
        steps.append(Step(file: file, checkpoint: checkpoint, plan: .readAnew))
    }

    private func isSameLog(_ checkpoint: Checkpoint, _ file: LogFile) -> Bool {
        guard checkpoint.couldBe(file) else { return false }
        let inspection = FileInspection(
            file: file, checkpoint: checkpoint, lineLimit: source.lineLimit, comparesWhole: true)
        do throws(IndexError) {
            return try inspection.holdsWhatWasRead()
        } catch {
            // Whatever is wrong with the file will show again, and be reported, when it is read.
            return false
        }
    }
}

/// A log that is not the file last read under its name, if any was.
private struct Stranger {
    var file: LogFile
    /// What was read under this name.
    var predecessor: Checkpoint?
}
