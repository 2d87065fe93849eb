#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Another program, started without a shell, whose standard output is read here.
///
/// A child that is still running when this goes out of scope is killed, so none is left behind.
package struct Subprocess: ~Copyable {
    /// Where the child's standard input comes from.
    package enum Input: Sendable {
        case nothing, inherited
        /// The content of the file at this path.
        case file(String)
    }

    /// Where the child's standard error goes.
    package enum Errors: Sendable {
        /// Kept, the first 4 KiB of it.
        case captured
        case inherited
    }

    /// How the child ended.
    package enum Exit: Equatable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    /// How the child ended and what it said.
    package struct Outcome: Sendable {
        package var exit: Exit
        /// The beginning of its standard error, when that was captured.
        package var errorText: String
        /// The most memory that it had resident; at least what this process has, from which it is
        /// started.
        package var peakMemoryBytes: Int64
    }

    private static let capturedErrorBytes = 4096

    /// The program as it was called.
    let name: String
    private let process: pid_t
    private let output: FileDescriptor
    private let errors: FileDescriptor
    private var capturesErrors: Bool
    private var errorBytes: [UInt8] = []
    private var isReaped = false

    /// Starts a program, looked up in `PATH` unless its name contains a slash.
    package init(
        _ arguments: [String], input: Input = .nothing, errors: Errors = .captured
    ) throws(FileError) {
        precondition(!arguments.isEmpty, "a subprocess needs a program")
        name = arguments[0]
        let outputPipe = try Pipe(for: arguments[0])
        let errorPipe = try Pipe(for: arguments[0])
        process = try ProcessSpawning.spawn(
            arguments, input: input, output: outputPipe.writing.number,
            errors: errors == .captured ? errorPipe.writing.number : nil)
        output = outputPipe.takeReadingEnd()
        self.errors = errorPipe.takeReadingEnd()
        capturesErrors = errors == .captured
    }

    deinit {
        if !isReaped {
            _ = kill(process, SIGKILL)
            _ = Self.reap(process)
        }
    }

    /// Waits for output and reads as much as there is, at most the array's count; 0 at the end.
    package mutating func read(into bytes: inout [UInt8]) throws(FileError) -> Int {
        try waitUntilReadable()
        let count = try Self.readNow(output, &bytes)
        if count == 0 { try drainErrors() }
        return count
    }

    /// The same into memory that the caller owns.
    package mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        try waitUntilReadable()
        let count = try Self.readNow(output, into: buffer)
        if count == 0 { try drainErrors() }
        return count
    }

    private mutating func waitUntilReadable() throws(FileError) {
        while !(try waitForOutput()) {}
    }

    /// Waits for the end of the child, whose output should have been read to its end.
    package consuming func finish() throws(FileError) -> Outcome {
        guard let (status, usage) = Self.reap(process) else {
            isReaped = true
            throw .current("wait for", name)
        }
        isReaped = true
        // WIFEXITED and its kin are macros that Swift does not see: the low seven bits are the
        // signal, the next byte is the exit code.
        let signal = status & 0x7f
        let exit: Exit = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
        return Outcome(
            exit: exit, errorText: String(decoding: errorBytes, as: UTF8.self),
            peakMemoryBytes: Platform.peakMemoryBytes(usage))
    }

    /// Whether a program of this name is in a directory of `PATH`.
    package static func isInstalled(_ name: String) -> Bool {
        let path = ProcessEnvironment.snapshot()["PATH"] ?? "/bin:/usr/bin"
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Runs a program and hands its output on in blocks until the closure returns false, which
    /// ends the program. More output than `maximumOutputBytes` is an error.
    package static func run(
        _ arguments: [String], input: Input = .nothing, maximumOutputBytes: Int64,
        _ receive: (Span<UInt8>) -> Bool
    ) throws(FileError) -> Outcome? {
        var child = try Subprocess(arguments, input: input)
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var total: Int64 = 0
        while true {
            let count = try child.read(into: &block)
            if count == 0 { return try child.finish() }
            total += Int64(count)
            guard total <= maximumOutputBytes else {
                throw .tooMuch(maximumOutputBytes, from: arguments[0])
            }
            guard receive(block.span.extracting(first: count)) else { return nil }
        }
    }

    /// Waits until there is output or its end; keeps the errors flowing meanwhile, since a child
    /// that cannot complain would wait for ever.
    private mutating func waitForOutput() throws(FileError) -> Bool {
        var requests = [
            pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: capturesErrors ? errors.number : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&requests, nfds_t(requests.count), -1) >= 0 else {
            if errno == EINTR { return false }
            throw .current("read from", name)
        }
        if requests[1].revents != 0 { capturesErrors = try keepErrors() }
        return requests[0].revents != 0
    }

    /// Reads errors once; false at their end.
    private mutating func keepErrors() throws(FileError) -> Bool {
        var block = [UInt8](repeating: 0, count: Self.capturedErrorBytes)
        let count = try Self.readNow(errors, &block)
        let room = Self.capturedErrorBytes - errorBytes.count
        errorBytes += block.prefix(min(count, room))
        return count > 0
    }

    private mutating func drainErrors() throws(FileError) {
        while capturesErrors { capturesErrors = try keepErrors() }
    }

    private static func readNow(
        _ file: borrowing FileDescriptor, _ bytes: inout [UInt8]
    ) throws(FileError) -> Int {
        while true {
            let number = file.number
            let count = bytes.withUnsafeMutableBytes { systemRead(number, $0) }
            if count >= 0 { return count }
            if errno != EINTR { throw .current("read from", file.path) }
        }
    }

    private static func readNow(
        _ file: borrowing FileDescriptor, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        while true {
            let count = systemRead(file.number, buffer)
            if count >= 0 { return count }
            if errno != EINTR { throw .current("read from", file.path) }
        }
    }

    private static func reap(_ process: pid_t) -> (status: Int32, usage: rusage)? {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            if errno != EINTR { return nil }
        }
        return (status, usage)
    }
}

extension FileError {
    /// A program printed more than it may.
    static func tooMuch(_ maximumBytes: Int64, from program: String) -> FileError {
        FileError(
            operation: "run", path: program, errno: EFBIG,
            explanation: "more than \(maximumBytes) bytes of output")
    }
}
