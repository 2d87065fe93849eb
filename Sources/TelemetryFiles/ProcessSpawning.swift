#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// `posix_spawn`, which starts a program in under a millisecond where `fork` would copy the host.
enum ProcessSpawning {
    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
    #endif

    /// Starts a program with its output on a descriptor, and its errors too when one is given.
    static func spawn(
        _ arguments: [String], input: Subprocess.Input, output: Int32, errors: Int32?
    ) throws(FileError) -> pid_t {
        var actions = Actions()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let path = input.path {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }

        var attributes = Attributes()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setSignals(&attributes)

        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(
            &process, arguments[0], &actions, &attributes, &words, Platform.environmentBlock)
        guard code == 0 else {
            throw FileError(operation: "run", path: arguments[0], errno: code)
        }
        return process
    }

    /// The child gets no signal blocked and those of refused writes at their defaults, whatever
    /// this process has: it must end when nobody reads its output any more.
    private static func setSignals(_ attributes: inout Attributes) {
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        sigaddset(&defaults, SIGXFSZ)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    }
}

extension Subprocess.Input {
    /// What is to be opened; nil when standard input stays what it is here.
    fileprivate var path: String? {
        switch self {
        case .nothing: "/dev/null"
        case .inherited: nil
        case .file(let path): path
        }
    }
}
