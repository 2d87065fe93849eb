import Synchronization
import TelemetryFiles
import TelemetryFormat

/// One process's writer to one store: the queue, the thread that drains it, and the pen.
///
/// Two locks that are never held together by a caller of `enqueue`: the ledger's, held for
/// moments, and the pen's, held while writing.
final class Writer: Sendable {
    /// Who looks after age and size of the store.
    enum Maintenance: Sendable {
        /// A background thread, soon after it became due.
        case inBackground
        /// Whoever calls `maintainIfDue`: a command that ends right after its record.
        case byCaller
    }

    /// What one thread at a time writes with.
    struct Pen {
        var appender: StoreAppender
        var preparation: CallPreparation
        var context: ContextMemory
    }

    let layout: StoreLayout
    let settings: StoreSettings
    private let maintenance: Maintenance
    private let ledger: Mutex<WriterLedger>
    private let pen: Mutex<Pen>
    /// Wakes the thread.
    private let work = WakeSignal()
    /// Wakes those who wait for the thread.
    private let progress = WakeSignal()

    init(
        layout: StoreLayout, settings: StoreSettings, workingDirectory: String?,
        maintenance: Maintenance
    ) {
        self.layout = layout
        self.settings = settings
        self.maintenance = maintenance
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
            return wasEmpty
        }
        if mustStart { start() }
        if mustWake { work.raise() }
    }

    private func start() {
        ExitDrain.register(self)
        if BackgroundThread.start({ self.run() }) { return }
        // Without a thread the records wait for the next attempt, or for the end of the process.
        ledger.withLock { $0.isThreadRunning = false }
    }

    /// Appends calls at once. Throws when any of them is in no file.
    func append(_ calls: [Call]) throws(TelemetryError) {
        let now = now
        var refusal: DropReason?
        let outcome = pen.withLock { pen -> AppendOutcome in
            let context = pen.context.current
            var batch = LineBatch()
            for call in calls {
                do throws(DropReason) {
                    try pen.preparation.add(call, at: now, in: context, to: &batch)
                } catch {
                    refusal = error
                    ledger.withLock { $0.drop(1, error) }
                }
            }
            return write(batch, with: &pen)
        }
        if let error = outcome.error { throw TelemetryError(error.description) }
        if let refusal { throw TelemetryError("cannot record the call: \(refusal.rawValue)") }
    }

    /// Appends lines that were checked before.
    func append(_ batch: LineBatch) -> AppendOutcome {
        pen.withLock { write(batch, with: &$0) }
    }

    // MARK: Writing

    private func write(_ batch: LineBatch, with pen: inout Pen) -> AppendOutcome {
        guard !batch.isEmpty else { return AppendOutcome() }
        let outcome = pen.appender.append(batch)
        let today = now.day
        let (news, losses) = ledger.withLock { ledger in
            let news = ledger.enter(outcome, at: SystemClock.monotonicNanoseconds())
            let isDue = outcome.hasRotated || outcome.createdDays.contains(today)
            ledger.isMaintenanceDue = ledger.isMaintenanceDue || isDue
            return (news, outcome.error == nil ? ledger.unreported : [:])
        }
        if let news { say(news) }
        report(losses, with: &pen)
        if maintenance == .inBackground { startMaintenanceIfDue() }
        return outcome
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

    // MARK: The thread

    /// Records that come within a moment share one lock and one write, and their callers are
    /// spared the waking of a thread each.
    private static let gatheringNanoseconds: Int64 = 1_000_000
    private static let idleMilliseconds: Int64 = 60_000

    private func run() {
        while true {
            _ = work.wait(milliseconds: Self.idleMilliseconds)
            if !ledger.withLock({ $0.isUrgent }) {
                SystemClock.sleep(nanoseconds: Self.gatheringNanoseconds)
            }
            drain()
            let hasEnded = ledger.withLock { ledger -> Bool in
                guard ledger.isClosing || ledger.isStopped, ledger.queue.isEmpty else {
                    return false
                }
                ledger.isThreadRunning = false
                return true
            }
            if hasEnded { return ExitDrain.forget(self) }
        }
    }

    private func drain() {
        while true {
            let wait = ledger.withLock { ledger in
                ledger.isUrgent || ledger.isClosing
                    ? 0 : ledger.backoff.remaining(at: SystemClock.monotonicNanoseconds())
            }
            if wait > 0 {
                _ = work.wait(milliseconds: wait / 1_000_000 + 1)
                continue
            }
            let isDone = pen.withLock { pen -> Bool in
                let items = ledger.withLock { $0.isStopped ? [] : $0.queue.take() }
                if items.isEmpty { return true }
                write(items, with: &pen)
                ledger.withLock { ledger in
                    ledger.queue.finish()
                    ledger.finished += items.count
                    if ledger.finished == ledger.accepted { ledger.isUrgent = false }
                }
                return false
            }
            progress.raise()
            if isDone { return }
        }
    }

    private func write(_ items: ArraySlice<RecordQueue.Item>, with pen: inout Pen) {
        let context = pen.context.current
        var batch = LineBatch()
        for item in items {
            do throws(DropReason) {
                try pen.preparation.add(item.call, at: item.timestamp, in: context, to: &batch)
            } catch {
                ledger.withLock { $0.drop(1, error) }
            }
        }
        _ = write(batch, with: &pen)
    }

    // MARK: Waiting and ending

    /// Waits until everything recorded before is dealt with, at most for so long. True when all
    /// records since the last flush are in their files.
    func flush(timeoutMilliseconds: Int64) -> Bool {
        let end = SystemClock.monotonicNanoseconds() &+ timeoutMilliseconds &* 1_000_000
        let target = ledger.withLock { ledger in
            if ledger.finished < ledger.accepted { ledger.isUrgent = true }
            return ledger.accepted
        }
        while true {
            let isDone = ledger.withLock { $0.finished >= target }
            let rest = end &- SystemClock.monotonicNanoseconds()
            if isDone || rest <= 0 {
                return ledger.withLock { ledger in
                    defer { ledger.lossesSinceFlush = 0 }
                    return isDone && ledger.lossesSinceFlush == 0
                }
            }
            work.raise()
            // Short sleeps, since several may wait and one raise wakes them once only.
            _ = progress.wait(milliseconds: min(rest / 1_000_000 + 1, 5))
        }
    }

    /// Lets the thread finish what is queued and end.
    func close() {
        ledger.withLock { $0.isClosing = true }
        work.raise()
    }

    /// Lets no append begin any more and waits a moment for the one that runs, so that the end of
    /// the process does not tear its last record.
    func stop(timeoutMilliseconds: Int64) {
        ledger.withLock { $0.isStopped = true }
        for _ in 0..<max(timeoutMilliseconds, 1) {
            if pen.withLockIfAvailable({ _ in }) != nil { return }
            SystemClock.sleep(nanoseconds: 1_000_000)
        }
    }

    private func say(_ text: String) {
        if settings.isDebugging { StandardError.write("llm-telemetry: \(text)\n") }
    }

    // MARK: Age and size of the store

    /// An hour in nanoseconds: how often at most the store is looked through.
    private static let maintenanceInterval: Int64 = 3_600_000_000_000

    /// Removes what is too old or too much, if a new day or a full segment gave reason to look.
    func maintainIfDue() {
        guard beginMaintenance() else { return }
        maintain()
    }

    private func startMaintenanceIfDue() {
        guard beginMaintenance() else { return }
        if !BackgroundThread.start({ self.maintain() }) {
            ledger.withLock { $0.isMaintenanceRunning = false }
        }
    }

    private func beginMaintenance() -> Bool {
        ledger.withLock { ledger in
            let now = SystemClock.monotonicNanoseconds()
            let isRecent = ledger.lastMaintenance.map { now - $0 < Self.maintenanceInterval }
            guard ledger.isMaintenanceDue, !ledger.isMaintenanceRunning, isRecent != true else {
                return false
            }
            ledger.isMaintenanceDue = false
            ledger.isMaintenanceRunning = true
            ledger.lastMaintenance = now
            return true
        }
    }

    private func maintain() {
        let pruning = Pruning(layout: layout, settings: settings, today: now.day)
        let result = pruning.run(.fromWriter)
        ledger.withLock { $0.isMaintenanceRunning = false }
        if let problem = result.problems.first { note(problem: problem) }
    }
}
