#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A flag that one thread raises and others sleep on.
package final class WakeSignal: Sendable {
    // Unsafe only for the compiler: the pointers never change, and what they lead to is made for
    // use by several threads.
    private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private nonisolated(unsafe) let condition: UnsafeMutablePointer<pthread_cond_t>
    private nonisolated(unsafe) let isRaised: UnsafeMutablePointer<Bool>

    package init() {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        isRaised = .allocate(capacity: 1)
        isRaised.initialize(to: false)
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
        isRaised.deallocate()
    }

    /// Wakes all that sleep, or the next one that is about to.
    package func raise() {
        pthread_mutex_lock(mutex)
        isRaised.pointee = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Sleeps until the flag is raised, and lowers it; false when the time was up before.
    package func wait(milliseconds: Int64) -> Bool {
        // The system waits by the real clock; when that is set back meanwhile, the sleep is
        // longer, which a raise still ends.
        let end = SystemClock.realtimeNanoseconds() &+ milliseconds &* 1_000_000
        var deadline = timespec()
        deadline.tv_sec = time_t(end / 1_000_000_000)
        deadline.tv_nsec = Int(end % 1_000_000_000)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isRaised.pointee {
            guard pthread_cond_timedwait(condition, mutex, &deadline) == 0 else { return false }
        }
        isRaised.pointee = false
        return true
    }
}
