#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension ProcessLife {
    /// Ends the process, running what was registered with `atExit`.
    package static func end(withCode code: Int32) -> Never {
        exit(code)
    }

    /// Ends the process at once, running nothing: for when another thread cannot be stopped.
    package static func endAtOnce(withCode code: Int32) -> Never {
        _exit(code)
    }

    /// Makes sure that 0, 1 and 2 are taken: a program started with one of them closed would
    /// otherwise give that number to the next file it opens, and write its messages into it.
    /// What stands in is open the wrong way round, so that using it fails as the closed one would.
    package static func occupyStandardStreams() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
            // The lowest free number is the one that is missing.
            _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
        }
    }
}
