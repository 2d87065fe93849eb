#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The one way in which results leave the program: every write is checked.
package enum StandardOutput {
    /// What became of the bytes.
    package enum Outcome: Sendable {
        /// All of them are out.
        case written
        /// The reader went away (`| head`): nobody wants more, which is success.
        case closed
    }

    /// Writes all bytes to standard output; a full disk is an error.
    package static func write(_ bytes: Span<UInt8>) throws(FileError) -> Outcome {
        try StandardStream.write(bytes, to: STDOUT_FILENO, name: "standard output")
    }

    /// Lets a closed pipe, and a file that reached the limit on its size (`ulimit -f`), show as an
    /// error of the write instead of ending the process.
    package static func ignoreWriteSignals() {
        _ = signal(SIGPIPE, SIG_IGN)
        _ = signal(SIGXFSZ, SIG_IGN)
    }
}

/// Where everything goes that is no result.
package enum StandardError {
    /// Writes a text as far as it goes: there is nowhere to complain when it does not.
    package static func write(_ text: String) {
        _ = try? StandardStream.write(
            Array(text.utf8).span, to: STDERR_FILENO, name: "standard error")
    }
}

/// What is piped into the program.
package enum StandardInput {
    /// Waits for bytes and reads as many as there are, at most the array's count; 0 at the end.
    package static func read(into bytes: inout [UInt8]) throws(FileError) -> Int {
        while true {
            let count = bytes.withUnsafeMutableBytes { systemRead(STDIN_FILENO, $0) }
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: StandardStream.wait(for: STDIN_FILENO, events: POLLIN)
            default: throw .current("read", "standard input")
            }
        }
    }
}

enum StandardStream {
    static func write(
        _ bytes: Span<UInt8>, to number: Int32, name: String
    ) throws(FileError) -> StandardOutput.Outcome {
        try bytes.withUnsafeBytes { (buffer) throws(FileError) in
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = systemWrite(number, part)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                    continue
                }
                switch errno {
                case EINTR: continue
                case EPIPE: return .closed
                case EAGAIN: wait(for: number, events: POLLOUT)
                default: throw .current("write to", name)
                }
            }
            return .written
        }
    }

    /// Waits until a descriptor that somebody else made non-blocking is ready.
    static func wait<Flags: BinaryInteger>(for number: Int32, events: Flags) {
        var request = pollfd(
            fd: number, events: Int16(truncatingIfNeeded: events), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
