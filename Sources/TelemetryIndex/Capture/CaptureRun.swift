import TelemetryFiles
package import TelemetryFormat

/// Makes the slim twins of agent logs that have rested for a day, before their owner deletes them.
///
/// Logs are only read; what is written is below `history/captured` of the store. A log that cannot
/// be captured is noted and tried again by the next sync.
package struct CaptureRun {
    /// A log that was taken in whole, and what the cache knows of its twin.
    package struct Candidate {
        package var file: LogFile
        /// The modification time that the log had when its twin was made; 0 = unknown.
        package var captured: Int64

        package init(file: LogFile, captured: Int64) {
            self.file = file
            self.captured = captured
        }
    }

    /// What a run has done.
    package struct Outcome {
        /// Logs with a twin, and the modification times of the logs that those are of.
        package var captured: [Candidate] = []
        /// How many twins were written.
        package var written = 0
        /// What a person should know.
        package var notes: [String] = []
    }

    /// A log that was not written to for this long is not being written to.
    package static let restNanoseconds: Int64 = 24 * 3600 * 1_000_000_000
    /// How long a run waits in all for others that write to the store.
    private static let patienceMilliseconds: Int64 = 1000
    /// Slim lines are collected up to this size: few writes, little memory.
    private static let writtenAtOnce = 64 << 10

    private let logs: CapturedLogs
    private let lockPath: String
    /// Logs changed later than this are still being written to.
    private let latestRest: Int64

    /// A run in a store, as of now or, where the clock is pinned ahead, as of then.
    package init(_ logs: CapturedLogs, store: String, now: Timestamp) {
        self.logs = logs
        lockPath = store + "/.lock"
        let pinned = now.milliseconds.multipliedReportingOverflow(by: 1_000_000)
        let clock = SystemClock.realtimeNanoseconds()
        latestRest =
            (pinned.overflow ? clock : max(pinned.partialValue, clock)) - Self.restNanoseconds
    }

    /// Writes twins of candidates that are due; to be called while holding the cache's lock.
    package func run(_ source: any LogSource, _ candidates: [Candidate]) -> Outcome {
        var outcome = Outcome()
        var failures: [IndexError] = []
        for leftover in logs.leftovers {
            // Whoever holds the cache's lock is the only one who writes twins: this one is dead.
            try? FileTree.unlink(leftover)
        }
        for candidate in candidates {
            do throws(IndexError) {
                guard let modified = try twin(of: candidate.file, source, &outcome) else {
                    continue
                }
                outcome.captured.append(Candidate(file: candidate.file, captured: modified))
            } catch .locked {
                break
            } catch {
                failures.append(error)
                if error.saysUnwritable { break }
            }
        }
        if let first = failures.first {
            let others = failures.count > 1 ? ", and \(failures.count - 1) more" : ""
            outcome.notes.append("not captured: \(first)\(others)")
        }
        return outcome
    }

    /// Whether the log rests and the cache knows no twin of what it is now.
    func isDue(_ candidate: Candidate) -> Bool {
        let file = candidate.file
        guard file.representation == .plain || file.representation == .zstandard else {
            return false
        }
        guard file.status.modifiedNanoseconds <= latestRest else { return false }
        return candidate.captured < file.status.modifiedNanoseconds || !logs.holdsTwin(of: file)
    }

    // MARK: One log

    /// Sees to it that a log has a twin; its modification time, or nil when it is written to again.
    private func twin(
        of file: LogFile, _ source: any LogSource, _ outcome: inout Outcome
    ) throws(IndexError) -> Int64? {
        guard let path = logs.path(ofTwin: file), let before = try status(file.path) else {
            return nil
        }
        let modified = before.modifiedNanoseconds
        guard modified <= latestRest else { return nil }
        if logs.holdsTwin(of: file), let twin = try status(path), twin.isTwin(of: before) {
            return modified
        }
        let replacement = try IndexError.file { () throws(FileError) in
            try FileTree.createDirectories(FileTree.parent(of: path))
            return try AtomicReplacement(of: path)
        }
        try write(file, source, to: replacement)
        guard let after = try status(file.path), after.isSameContent(as: before) else {
            return nil
        }
        try put(replacement, modified: modified)
        outcome.written += 1
        return modified
    }

    private func status(_ path: String) throws(IndexError) -> FileStatus? {
        try IndexError.file { () throws(FileError) in try FileStatus.of(path, links: .refuse) }
    }

    /// Writes the slim lines of a log.
    private func write(
        _ file: LogFile, _ source: any LogSource, to replacement: borrowing AtomicReplacement
    ) throws(IndexError) {
        var reader = LogFileReader(file, lineLimit: source.lineLimit)
        var lines: [UInt8] = []
        _ = try reader.forEachLine(from: 0) { (line, position) throws(IndexError) in
            guard !position.isTooLong, let slim = source.slimmed(line) else { return }
            lines += slim
            lines.append(UInt8(ascii: "\n"))
            if lines.count >= Self.writtenAtOnce {
                try append(lines, to: replacement)
                lines.removeAll(keepingCapacity: true)
            }
        }
        try append(lines, to: replacement)
    }

    private func append(
        _ bytes: [UInt8], to replacement: borrowing AtomicReplacement
    ) throws(IndexError) {
        do throws(FileError) { try replacement.append(bytes.span) } catch { throw .file(error) }
    }

    /// Puts a finished twin in place, which others that write to the store must not see half done.
    private func put(
        _ replacement: consuming AtomicReplacement, modified: Int64
    ) throws(IndexError) {
        let lock: FileLock?
        do throws(FileError) {
            try replacement.setModificationTime(modified)
            lock = try FileLock.acquire(
                lockPath, timeoutMilliseconds: Self.patienceMilliseconds)
        } catch {
            throw .file(error)
        }
        guard let lock else { throw .locked(path: lockPath) }
        do throws(FileError) { try replacement.commit() } catch { throw .file(error) }
        _ = consume lock
    }
}

extension FileStatus {
    /// Whether a twin was made of the log as it is, or of a later state: the twin has the log's
    /// time of modification, and what anybody did to the log since shows in the time of change.
    fileprivate func isTwin(of log: FileStatus) -> Bool {
        modifiedNanoseconds > log.modifiedNanoseconds
            || modifiedNanoseconds == log.modifiedNanoseconds
                && changedNanoseconds >= log.changedNanoseconds
    }

    /// Whether nothing was written between the two.
    fileprivate func isSameContent(as earlier: FileStatus) -> Bool {
        isSameFile(as: earlier) && size == earlier.size
            && modifiedNanoseconds == earlier.modifiedNanoseconds
    }
}
