#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The machine's clocks.
package enum SystemClock {
    /// Milliseconds since 1970-01-01T00:00:00Z; may jump when somebody sets the clock.
    package static func realtimeMilliseconds() -> Int64 {
        realtimeNanoseconds() / 1_000_000
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z; may jump when somebody sets the clock.
    package static func realtimeNanoseconds() -> Int64 { read(CLOCK_REALTIME) }

    /// Nanoseconds since some moment; never goes back, so it measures durations.
    package static func monotonicNanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }

    /// The same as the system noted it some milliseconds ago, which is quicker to ask.
    package static func coarseMonotonicNanoseconds() -> Int64 { read(Platform.coarseClock) }

    /// Lets the calling thread sleep; may wake early when a signal arrives.
    package static func sleep(nanoseconds: Int64) {
        var time = timespec()
        time.tv_sec = time_t(max(nanoseconds, 0) / 1_000_000_000)
        time.tv_nsec = Int(max(nanoseconds, 0) % 1_000_000_000)
        _ = nanosleep(&time, nil)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = clock_gettime(clock, &time)
        return Platform.nanoseconds(time)
    }
}
