#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Whether and how wide a terminal is attached.
package enum Terminal {
    /// A standard stream.
    package enum Stream: Int32, Sendable {
        case input = 0
        case output = 1
        case error = 2
    }

    /// Whether the stream is a terminal.
    package static func isAttached(to stream: Stream) -> Bool {
        isatty(stream.rawValue) == 1
    }

    /// The width in columns: what the terminal says, else `COLUMNS`, else 80.
    ///
    /// A pseudo-terminal may say 0, which means that it does not know.
    package static func columns(of stream: Stream, environment: [String: String]) -> Int {
        var size = winsize()
        if ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
            return columns
        }
        return 80
    }
}
