#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

import Synchronization

/// Tells a forked child from its parent without asking the system each time.
package enum ForkCount {
    private static let forks = Atomic<Int>(0)
    private static let isInstalled =
        pthread_atfork(nil, nil, { ForkCount.forks.add(1, ordering: .relaxed) }) == 0

    /// A number that is another one in a forked child than in its parent.
    package static var current: Int {
        // Without room for another handler the process's number does, for a system call.
        isInstalled ? forks.load(ordering: .relaxed) : Int(getpid())
    }
}
