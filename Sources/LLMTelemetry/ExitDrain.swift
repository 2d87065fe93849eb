import Synchronization
import TelemetryFiles

/// Sees to it that what is queued when the process ends normally still gets into its files.
enum ExitDrain {
    /// The bound on how long the end of the process may take.
    private static let timeoutMilliseconds: Int64 = 250

    private final class Registry: Sendable {
        let writers = Mutex<[ObjectIdentifier: Writer]>([:])
    }

    private static let registries = PerProcess { Registry() }
    /// Registered once; a forked child inherits the registration, and finds its own registry.
    private static let isInstalled = ProcessLife.atExit { ExitDrain.run() }

    /// Remembers a writer whose thread begins.
    static func register(_ writer: Writer) {
        // Without room for another exit handler only an explicit flush drains the queue.
        _ = isInstalled
        registries.current.writers.withLock { $0[ObjectIdentifier(writer)] = writer }
    }

    /// Forgets a writer whose thread has ended.
    static func forget(_ writer: Writer) {
        registries.current.writers.withLock { $0[ObjectIdentifier(writer)] = nil }
    }

    private static func run() {
        let writers = registries.current.writers.withLock { Array($0.values) }
        let end = SystemClock.monotonicNanoseconds() + timeoutMilliseconds * 1_000_000
        for writer in writers {
            let rest = (end - SystemClock.monotonicNanoseconds()) / 1_000_000
            _ = writer.flush(timeoutMilliseconds: max(rest, 0))
        }
        for writer in writers { writer.stop(timeoutMilliseconds: 50) }
    }
}
