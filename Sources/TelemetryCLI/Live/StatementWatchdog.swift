import Synchronization
import TelemetryFiles
import TelemetryQuery

/// Ends the program when a statement outlasts its time limit: one call of a function inside SQLite
/// can take minutes, and nothing but the end stops it.
final class StatementWatchdog: Sendable {
    /// How long after the limit a statement counts as stuck.
    private static let grace: Duration = .milliseconds(250)

    private let isWatching = Mutex(false)

    /// Begins to watch a statement that starts now.
    func watch() {
        isWatching.withLock { $0 = true }
        let limit = (QueryEngine.statementTimeLimit + Self.grace) / .nanoseconds(1)
        // Without a thread there is only the statement's own limit, which stops all but one call.
        _ = BackgroundThread.start { [self] in
            SystemClock.sleep(nanoseconds: Int64(limit))
            if isWatching.withLock({ $0 }) { Self.end() }
        }
    }

    /// The statement has ended.
    func rest() {
        isWatching.withLock { $0 = false }
    }

    private static func end() -> Never {
        StandardError.write("llm-telemetry: error: the statement took too long\n")
        ProcessLife.endAtOnce(withCode: ExitCode.failure.rawValue)
    }
}
