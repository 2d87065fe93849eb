#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Moments in a process's life that others want to know of.
package enum ProcessLife {
    /// Runs a function when the process ends normally (`exit`, return from main), also in forked
    /// children that do so. False when the system has no room for it.
    package static func atExit(_ function: @escaping @convention(c) () -> Void) -> Bool {
        atexit(function) == 0
    }
}
