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

    /// Whether the log rests and the cache knows no twin of what it is now.
    func isDue(_ candidate: Candidate) -> Bool {
        let file = candidate.file
        guard file.representation == .plain || file.representation == .zstandard else {
            return false
        }
        guard file.status.modifiedNanoseconds <= latestRest else { return false }
        return candidate.captured != file.status.modifiedNanoseconds || !logs.holdsTwin(of: file)
    }

    /// Writes twins of candidates that are due; to be called while holding the cache's lock.
    package func run(_ source: any LogSource, _ candidates: [Candidate]) -> Outcome {
        for leftover in logs.leftovers {
            // Whoever holds the cache's lock is the only one who writes twins: this one is dead.
            try? FileTree.unlink(leftover)
        }
        let writer = TwinWriter(logs: logs, source: source, latestRest: latestRest)
        var placement = TwinPlacement(lockPath: lockPath)
        var outcome = Outcome()
        var failures: [IndexError] = []
        TwinWriterPool(writer: writer, files: candidates.map(\.file)).write { report in
            let file = candidates[report.position].file
            switch report.result {
            case .prepared(let twin, let modified):
                return placement.add(.init(file: file, twin: twin, modified: modified))
            case .current(let modified):
                outcome.captured.append(Candidate(file: file, captured: modified))
            case .busy: break
            case .failed(let error):
                failures.append(error)
                return !error.saysUnwritable
            }
            return true
        }
        placement.placeAll()
        outcome.captured += placement.placed
        outcome.written = placement.placed.count
        outcome.note(failures + placement.failures)
        return outcome
    }
}

extension CaptureRun.Outcome {
    /// Says what went wrong, with one example.
    fileprivate mutating func note(_ failures: [IndexError]) {
        let reasons = failures.map(\.description).sorted()
        guard let first = reasons.first else { return }
        let others = reasons.count > 1 ? ", and \(reasons.count - 1) more" : ""
        notes.append("not captured: \(first)\(others)")
    }
}
