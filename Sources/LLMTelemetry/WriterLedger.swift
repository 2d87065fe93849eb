import TelemetryFiles
import TelemetryFormat

/// The books of a writer: what waits, what was written, what was lost and why.
struct WriterLedger {
    var queue = RecordQueue()
    var backoff = Backoff()
    /// Calls accepted and calls finished with, whatever became of them; flush compares the two.
    var accepted = 0
    var finished = 0
    /// Losses since the last flush, which must not call them safe.
    var lossesSinceFlush = 0
    /// Losses that no note in the log tells of yet.
    private(set) var unreported: [DropReason: Int] = [:]
    private(set) var health = TelemetryHealth()

    /// Whether the background thread lives.
    var isThreadRunning = false
    /// Whether somebody waits, so that neither a pause for company nor the back-off applies.
    var isUrgent = false
    /// Whether the thread ends when nothing is left to do.
    var isClosing = false
    /// Whether no append may begin any more, because the process ends.
    var isStopped = false

    mutating func drop(_ count: Int, _ reason: DropReason) {
        guard count > 0 else { return }
        health.dropped[reason.rawValue, default: 0] += count
        unreported[reason, default: 0] += count
        lossesSinceFlush += count
    }

    /// Enters a batch's outcome. Answers what there is to say, once per change of state.
    mutating func enter(
        _ outcome: borrowing AppendOutcome, at now: @autoclosure () -> Int64
    ) -> String? {
        health.written += outcome.writtenRecords
        health.droppedTexts += outcome.droppedTexts
        lossesSinceFlush += outcome.droppedTexts
        let wasFailing = backoff.isFailing
        guard let error = outcome.error else {
            backoff.succeed()
            return wasFailing ? "writing works again" : nil
        }
        drop(outcome.droppedRecords, DropReason(rawValue: error.symbol))
        health.lastError = error.description
        backoff.fail(at: now())
        // Whoever is in a hurry has had an attempt; the rest of the queue waits for the next one.
        isUrgent = false
        return wasFailing ? nil : "\(error); records are dropped until it works again"
    }

    mutating func enter(problem: String) { health.lastError = problem }

    /// Strikes out losses that a note in the log now tells of.
    mutating func settle(_ reported: [DropReason: Int]) {
        for (reason, count) in reported {
            let rest = unreported[reason, default: 0] - count
            unreported[reason] = rest > 0 ? rest : nil
        }
    }
}
