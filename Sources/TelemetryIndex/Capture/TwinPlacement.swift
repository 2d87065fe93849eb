import TelemetryFiles

/// Puts finished twins in their places under the store's lock, many at a time: the lock is held for
/// a moment only, and the directories go to disk once.
struct TwinPlacement {
    /// A twin that waits for its place.
    struct Waiting {
        var file: LogFile
        var twin: AtomicReplacement.Prepared
        /// The modification time of the log that it is of.
        var modified: Int64
    }

    /// So many that a run that is killed has not worked in vain.
    private static let placedAtOnce = 64
    /// How long others that write to the store are waited for.
    private static let patienceMilliseconds: Int64 = 1000

    private let lockPath: String
    private var waiting: [Waiting] = []
    /// What has a twin now.
    private(set) var placed: [CaptureRun.Candidate] = []
    private(set) var failures: [IndexError] = []

    init(lockPath: String) {
        self.lockPath = lockPath
    }

    /// Takes a twin; false when there is no way to put twins in place at present.
    mutating func add(_ twin: Waiting) -> Bool {
        waiting.append(twin)
        return waiting.count < Self.placedAtOnce || placeAll()
    }

    /// Puts all that wait in place. What cannot be is removed and left to the next run.
    @discardableResult
    mutating func placeAll() -> Bool {
        if waiting.isEmpty { return true }
        defer {
            // Those in their places are not there any more under the names that this removes.
            for log in waiting { log.twin.discard() }
            waiting.removeAll()
        }
        do throws(FileError) {
            let lock = try FileLock.acquire(
                lockPath, timeoutMilliseconds: Self.patienceMilliseconds)
            guard let lock else { return false }
            let renamed = rename()
            _ = consume lock
            for directory in Set(renamed.map(\.twin.directory)) {
                try Directory.open(directory).synchronize()
            }
            placed += renamed.map { CaptureRun.Candidate(file: $0.file, captured: $0.modified) }
            return true
        } catch {
            failures.append(.file(error))
            return false
        }
    }

    /// Renames what can be; answers with it.
    private mutating func rename() -> [Waiting] {
        waiting.filter { log in
            do throws(FileError) {
                try log.twin.putInPlace()
                return true
            } catch {
                failures.append(.file(error))
                return false
            }
        }
    }
}
