import Foundation

/// What to start: the program's arguments, its whole environment, where, and its streams.
struct Invocation {
    var executable = Program.path
    var arguments: [String]
    var environment: [String: String]
    var directory: String
    var input: [UInt8] = []
    /// A descriptor to use as standard output instead of a captured file.
    var output: Int32?
}

/// How a process ended and what it wrote.
struct Outcome {
    enum End: Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    let end: End
    let output: [UInt8]
    let errorOutput: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
    var succeeded: Bool { end == .exited(0) }
}

/// The system refused to start a process or to open a file of the tests.
struct SystemError: Error {
    let operation: String
    let code: Int32
}

/// A running process whose output goes to unnamed files, so that nobody ever waits for a pipe.
final class ChildProcess {
    let identifier: pid_t
    private let output: Int32
    private let errorOutput: Int32
    private let ownsOutput: Bool
    private var outcome: Outcome?

    /// Starts the process, with every signal at its default.
    init(_ invocation: Invocation) throws {
        let input = try Self.unnamedFile(holding: invocation.input)
        defer { close(input) }
        output = try invocation.output ?? Self.unnamedFile()
        ownsOutput = invocation.output == nil
        errorOutput = try Self.unnamedFile()
        identifier = try Self.spawn(invocation, streams: [input, output, errorOutput])
    }

    deinit {
        if outcome == nil {
            kill(identifier, SIGKILL)
            waitpid(identifier, nil, 0)
        }
        if ownsOutput { close(output) }
        close(errorOutput)
    }

    func send(_ signal: Int32) { kill(identifier, signal) }

    /// The outcome if the process has ended.
    func poll() -> Outcome? {
        if let outcome { return outcome }
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        let signal = status & 0x7f
        outcome = Outcome(
            end: signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal),
            output: ownsOutput ? Self.contents(of: output) : [],
            errorOutput: Self.contents(of: errorOutput))
        return outcome
    }

    /// Waits for the end; a process that takes longer than two minutes hangs and is killed.
    func wait() -> Outcome {
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            if let outcome = poll() { return outcome }
            if ContinuousClock.now > deadline { send(SIGKILL) }
            usleep(300)
        }
    }

    private static func spawn(_ invocation: Invocation, streams: [Int32]) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        for (target, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(target))
        }
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        // Swift does not see the call that would change the directory, so a shell does it.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", invocation.directory]
        let words = shell + [invocation.executable] + invocation.arguments
        let arguments = words.map { strdup($0) } + [nil]
        let variables = invocation.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var identifier: pid_t = 0
        let code = posix_spawn(
            &identifier, shell[0], &actions, &attributes, arguments, variables)
        guard code == 0 else { throw SystemError(operation: "posix_spawn", code: code) }
        return identifier
    }

    private static func unnamedFile(holding bytes: [UInt8] = []) throws -> Int32 {
        let path = "\(NSTemporaryDirectory())/stream-\(UUID().uuidString)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError(operation: "open", code: errno) }
        unlink(path)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw SystemError(operation: "write", code: errno) }
            written += count
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
