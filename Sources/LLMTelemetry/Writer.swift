import Synchronization
import TelemetryFiles
import TelemetryFormat

/// One process's writer to one store: the queue, the thread that drains it, and the pen.
///
/// Two locks that are never held together by a caller of `enqueue`: the ledger's, held for
/// moments, and the pen's, held while writing.
final class Writer: Sendable {
    /// What one thread at a time writes with.
    struct Pen: ~Copyable {
        var appender: StoreAppender
        /// Empty between uses; what it keeps is memory.
        var batch = LineBatch()
        var preparation: CallPreparation
        var context: ContextMemory
    }

    let layout: StoreLayout
    let settings: StoreSettings
    private let maintenance: StoreMaintenance
    /// False when the caller does it, a command that ends right after its record.
    private let maintainsInBackground: Bool
    let ledger: Mutex<WriterLedger>
    let pen: Mutex<Pen>
    /// Wakes the thread.
    let work = WakeSignal()
    /// Wakes those who wait for the thread.
    let progress = WakeSignal()

    init(
        layout: StoreLayout, settings: StoreSettings, workingDirectory: String?,
        maintainsInBackground: Bool
    ) {
        self.layout = layout
        self.settings = settings
        self.maintainsInBackground = maintainsInBackground
        maintenance = StoreMaintenance(layout: layout, settings: settings)
        ledger = Mutex(WriterLedger())
        pen = Mutex(
            Pen(
                appender: StoreAppender(layout: layout, settings: settings),
                preparation: CallPreparation(settings: settings),
                context: ContextMemory(directory: workingDirectory)))
    }

    /// The present, unless the settings pin it.
    var now: Timestamp {
        settings.now ?? Timestamp(milliseconds: SystemClock.realtimeMilliseconds())
    }

    var health: TelemetryHealth {
        ledger.withLock { ledger in
            var health = ledger.health
            health.waiting = ledger.queue.count
            return health
        }
    }

    /// Notes a problem that is no record's fault, such as a bad setting.
    func note(problem: String) {
        ledger.withLock { $0.enter(problem: problem) }
        say(problem)
    }

    // MARK: Recording

    /// Hands a call to the background thread; drops it when the queue is full.
    func enqueue(_ call: Call) {
        let item = RecordQueue.Item(call: call, timestamp: now, bytes: call.approximateBytes)
        var mustStart = false
        let mustWake = ledger.withLock { ledger -> Bool in
            let wasEmpty = ledger.queue.isEmpty
            guard !ledger.isStopped, ledger.queue.append(item) else {
                ledger.drop(1, .queueFull)
                return false
            }
            ledger.accepted += 1
            mustStart = !ledger.isThreadRunning
            ledger.isThreadRunning = true
            return wasEmpty || ledger.queue.hasJustFilledABatch
        }
        if mustStart { start() }
        if mustWake { work.raise() }
    }

    private func start() {
        ExitDrain.register(self)
        if BackgroundThread.start({ self.drainUntilClosed() }) { return }
        // Without a thread the records wait for the next attempt, or for the end of the process.
        ledger.withLock { $0.isThreadRunning = false }
    }

    /// Appends a call at once. Throws when it is in no file.
    func append(_ call: Call) throws(TelemetryError) {
        let now = now
        var refusal: DropReason?
        let outcome = pen.withLock { pen -> AppendOutcome in
            refusal = prepare(call, at: now, in: pen.context.current, with: &pen)
            return writePrepared(with: &pen)
        }
        try check(outcome, refusal)
    }

    /// Appends calls at once. Throws when any of them is in no file.
    func append(_ calls: [Call]) throws(TelemetryError) {
        let now = now
        var refusal: DropReason?
        let outcome = pen.withLock { pen -> AppendOutcome in
            let context = pen.context.current
            for call in calls {
                refusal = prepare(call, at: now, in: context, with: &pen) ?? refusal
            }
            return writePrepared(with: &pen)
        }
        try check(outcome, refusal)
    }

    private func writePrepared(with pen: inout Pen) -> AppendOutcome {
        defer { pen.batch.removeAll() }
        return write(pen.batch, with: &pen)
    }

    private func check(
        _ outcome: borrowing AppendOutcome, _ refusal: DropReason?
    ) throws(TelemetryError) {
        if let error = outcome.error { throw TelemetryError(error.description) }
        if let refusal { throw TelemetryError("cannot record the call: \(refusal.rawValue)") }
    }

    /// Adds a call to the batch; counts it and answers why when it cannot be recorded.
    private func prepare(
        _ call: Call, at now: Timestamp, in context: WorkingContext, with pen: inout Pen
    ) -> DropReason? {
        do throws(DropReason) {
            try pen.preparation.add(call, at: now, in: context, to: &pen.batch)
            return nil
        } catch {
            ledger.withLock { $0.drop(1, error) }
            return error
        }
    }

    /// Appends lines that were checked before.
    func append(_ batch: LineBatch) -> AppendOutcome {
        pen.withLock { write(batch, with: &$0) }
    }

    // MARK: Writing

    func write(_ batch: LineBatch, with pen: inout Pen) -> AppendOutcome {
        guard !batch.isEmpty else { return AppendOutcome() }
        let outcome = pen.appender.append(batch)
        let (news, losses) = ledger.withLock { ledger in
            let news = ledger.enter(outcome, at: SystemClock.monotonicNanoseconds())
            return (news, outcome.error == nil ? ledger.unreported : [:])
        }
        if let news { say(news) }
        report(losses, with: &pen)
        maintain(after: outcome)
        return outcome
    }

    private func maintain(after outcome: AppendOutcome) {
        guard outcome.hasRotated || !outcome.createdDays.isEmpty else { return }
        let today = now.day
        guard outcome.hasRotated || outcome.createdDays.contains(today) else { return }
        maintenance.becomeDue()
        guard maintainsInBackground else { return }
        maintenance.startIfDue(today: today) { self.noteProblems(of: $0) }
    }

    /// Removes what is too old or too much, if what was appended gave reason to look.
    func maintainIfDue() {
        if let result = maintenance.runIfDue(today: now.day) { noteProblems(of: result) }
    }

    private func noteProblems(of result: Pruning.Result) {
        if let problem = result.problems.first { note(problem: problem) }
    }

    /// Leaves a note in the log of what was lost.
    private func report(_ losses: [DropReason: Int], with pen: inout Pen) {
        guard !losses.isEmpty else { return }
        let now = now
        var batch = LineBatch()
        for (reason, count) in losses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var json = JSONText()
            json.object {
                $0.member("event", "dropped")
                $0.member("count", count)
                $0.member("reason", reason.rawValue)
                $0.member("timestamp", now)
            }
            batch.append(json.bytes, to: .init(day: now.day, content: .telemetry))
        }
        // What could not be noted is tried again with the next batch.
        guard pen.appender.append(batch).error == nil else { return }
        ledger.withLock { $0.settle(losses) }
    }

    private func say(_ text: String) {
        if settings.isDebugging { StandardError.write("llm-telemetry: \(text)\n") }
    }
}
