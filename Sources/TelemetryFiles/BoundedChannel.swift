#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Hands values from several threads to one, holding only so many at a time: whoever is faster
/// waits for the other.
package final class BoundedChannel<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var senders: Int
        var isClosed = false
    }

    private let capacity: Int
    // Unsafe only for the compiler: the pointers never change; the mutex guards the state.
    private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private nonisolated(unsafe) let changed: UnsafeMutablePointer<pthread_cond_t>
    private nonisolated(unsafe) let state: UnsafeMutablePointer<State>

    /// A channel that holds at most `capacity` values of `senders` threads.
    package init(capacity: Int, senders: Int) {
        self.capacity = capacity
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        state = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        state.initialize(to: State(senders: senders))
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        state.deinitialize(count: 1)
        state.deallocate()
        changed.deallocate()
        mutex.deallocate()
    }

    /// Waits for room and hands a value over; false when nobody receives any more.
    package func send(_ element: consuming Element) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while state.pointee.elements.count >= capacity, !state.pointee.isClosed {
            pthread_cond_wait(changed, mutex)
        }
        if state.pointee.isClosed { return false }
        state.pointee.elements.append(element)
        pthread_cond_broadcast(changed)
        return true
    }

    /// Says that one of the senders has nothing more to send.
    package func finish() {
        pthread_mutex_lock(mutex)
        state.pointee.senders -= 1
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits for a value; nil when all senders have finished and everything was received.
    package func receive() -> Element? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while state.pointee.elements.isEmpty {
            if state.pointee.senders <= 0 { return nil }
            pthread_cond_wait(changed, mutex)
        }
        pthread_cond_broadcast(changed)
        return state.pointee.elements.removeFirst()
    }

    /// Lets the senders know that nobody receives any more.
    package func close() {
        pthread_mutex_lock(mutex)
        state.pointee.isClosed = true
        state.pointee.elements.removeAll()
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }
}
