#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A thread of one's own, outside Swift's concurrency pool, where blocking starves nobody.
package enum BackgroundThread {
    /// Deep enough for the widest record, and small beside the host program's own threads.
    private static let stackBytes = 1 << 20

    /// How many threads the machine runs at once.
    package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Runs a closure on a new thread on which all signals are blocked, so that the host's handlers
    /// never run there and SIGXFSZ becomes the error EFBIG. False when no thread can be made.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        // A new thread inherits the mask of its maker: blocked first, so that there is no gap.
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return Platform.startThread(ThreadBody(body), stackBytes: stackBytes) == 0
    }
}

/// Carries a closure through C's `void *`.
final class ThreadBody: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    func run() { body() }
}
