import Synchronization
import TelemetryFiles

// The background thread, and those who wait for it.

extension Writer {
    /// Records that come within a moment share one lock and one write, and their callers are
    /// spared the waking of a thread each. A host that records all the time wakes the thread a
    /// hundred times a second, which nobody can measure.
    private static let gatheringMilliseconds: Int64 = 10
    private static let idleMilliseconds: Int64 = 60_000

    /// What the thread does: sleeps, drains the queue, and ends when it is closed and empty.
    func drainUntilClosed() {
        while true {
            _ = work.wait(milliseconds: Self.idleMilliseconds)
            if !ledger.withLock({ $0.isUrgent }) {
                _ = work.wait(milliseconds: Self.gatheringMilliseconds)
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
}
