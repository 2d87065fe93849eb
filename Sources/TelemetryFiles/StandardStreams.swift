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
    /// Waits for bytes and reads as many as there are, at most the buffer's count; 0 at the end.
    fileprivate static func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        while true {
            let count = systemRead(STDIN_FILENO, buffer)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: StandardStream.wait(for: STDIN_FILENO, events: POLLIN)
            default: throw .current("read", "standard input")
            }
        }
    }
}

extension StandardInput {
    /// Gives every line without its newline, the last one even when it has none; of a line over the
    /// limit only the beginning, and says so. Calls `pause` when nothing more is there yet.
    /// `failure` turns an error of reading into one of the caller's.
    package static func forEachLine<Failure: Error>(
        limit: Int, failure: (FileError) -> Failure, pause: () throws(Failure) -> Void,
        _ body: (Span<UInt8>, _ isTooLong: Bool) throws(Failure) -> Void
    ) throws(Failure) {
        var reader = LineReader(limit: limit)
        var isInMidLine = false
        _ = try reader.forEachLine(
            from: 0,
            read: { (buffer, _) throws(Failure) in
                if !StandardStream.isReadable(STDIN_FILENO) { try pause() }
                let count: Int
                do throws(FileError) {
                    count = try read(into: buffer)
                } catch {
                    throw failure(error)
                }
                if count > 0 {
                    isInMidLine = buffer[count - 1] != 0x0A
                    return count
                }
                guard isInMidLine else { return 0 }
                // The end of the input ends its last line, too.
                isInMidLine = false
                buffer[0] = 0x0A
                return 1
            },
            body: { (line, position) throws(Failure) in try body(line, position.isTooLong) })
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

    /// Whether reading would not wait, be it because the end was reached.
    static func isReadable(_ number: Int32) -> Bool {
        var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) != 0
    }

    /// Waits until a descriptor that somebody else made non-blocking is ready.
    static func wait<Flags: BinaryInteger>(for number: Int32, events: Flags) {
        var request = pollfd(
            fd: number, events: Int16(truncatingIfNeeded: events), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
