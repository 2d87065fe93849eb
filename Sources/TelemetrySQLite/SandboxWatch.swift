import CTelemetrySQLite

/// Stops a statement when its time is over or somebody asks for it.
final class SandboxWatch {
    /// Why a statement was stopped.
    enum Stop {
        case deadline, cancelled
    }

    /// How many instructions SQLite runs between two looks at the clock. One instruction can be a
    /// call that takes 30 ms (`hex` of 8 MB); a look takes less than ten plain instructions.
    private static let instructions: Int32 = 100

    private let isCancelled: @Sendable () -> Bool
    private let deadline: ContinuousClock.Instant
    private(set) var stop: Stop?

    /// Begins to count the time.
    init(_ sandbox: Sandbox) {
        isCancelled = sandbox.isCancelled
        deadline = .now + sandbox.limits.time
    }

    /// Has SQLite ask this watch.
    func install(on connection: borrowing Connection) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            connection.database, Self.instructions,
            { context in
                guard let context else { return 1 }
                let watch = Unmanaged<SandboxWatch>.fromOpaque(context).takeUnretainedValue()
                return watch.shouldStop() ? 1 : 0
            }, context)
    }

    /// Undoes `install`. Whoever installed the watch must call it: SQLite's pointer keeps nothing
    /// alive, only this call does.
    func remove(from connection: borrowing Connection) {
        withExtendedLifetime(self) {
            sqlite3_progress_handler(connection.database, 0, nil, nil)
        }
    }

    private func shouldStop() -> Bool {
        if isCancelled() {
            stop = .cancelled
        } else if ContinuousClock.now >= deadline {
            stop = .deadline
        }
        return stop != nil
    }
}
