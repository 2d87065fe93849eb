import Synchronization
import TelemetryFiles
import TelemetryFormat

/// Looks after age and size of the store when a new day or a full segment gives reason to, at most
/// once an hour.
final class StoreMaintenance: Sendable {
    private struct State {
        var isDue = false
        var isRunning = false
        /// When it was last done, by the monotonic clock.
        var last: Int64?
    }

    /// An hour in nanoseconds.
    private static let interval: Int64 = 3_600_000_000_000

    private let layout: StoreLayout
    private let settings: StoreSettings
    private let state = Mutex(State())

    init(layout: StoreLayout, settings: StoreSettings) {
        self.layout = layout
        self.settings = settings
    }

    /// Remembers that there is reason to look.
    func becomeDue() {
        state.withLock { $0.isDue = true }
    }

    /// Does what is due on a thread that ends with it, so that no record waits for it.
    func startIfDue(today: Day, _ report: @escaping @Sendable (Pruning.Result) -> Void) {
        guard begin() else { return }
        let hasStarted = BackgroundThread.start { report(self.run(today: today)) }
        if !hasStarted { state.withLock { $0.isRunning = false } }
    }

    /// Does what is due here and now; nil when nothing is.
    func runIfDue(today: Day) -> Pruning.Result? {
        begin() ? run(today: today) : nil
    }

    private func begin() -> Bool {
        state.withLock { state in
            let now = SystemClock.monotonicNanoseconds()
            let isRecent = state.last.map { now - $0 < Self.interval } ?? false
            guard state.isDue, !state.isRunning, !isRecent else { return false }
            state.isDue = false
            state.isRunning = true
            state.last = now
            return true
        }
    }

    private func run(today: Day) -> Pruning.Result {
        defer { state.withLock { $0.isRunning = false } }
        return Pruning(layout: layout, settings: settings, today: today).run(.fromWriter)
    }
}
