#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An advisory lock between processes and threads, held until it goes out of scope.
///
/// `flock` on a file that exists for nothing else and is never deleted: the kernel releases it when
/// the process dies, and unlike POSIX locks it survives the closing of other descriptors.
package struct FileLock: ~Copyable, Sendable {
    /// Who else may hold the lock meanwhile.
    package enum Mode: Sendable {
        /// Other holders of `shared` locks.
        case shared
        /// Nobody.
        case exclusive
    }

    /// How often a lock file may be replaced by another one while it is being locked.
    static let maximumReplacements = 10

    private let file: FileDescriptor

    /// Takes the lock if it is free now; nil while somebody else holds it.
    package static func tryAcquire(
        _ path: String, _ mode: Mode = .exclusive
    ) throws(FileError) -> FileLock? {
        // The lock file may be replaced (its directory deleted) while we wait for it; a lock on a
        // file that has no name any more excludes nobody, so look again and start over.
        for _ in 0..<maximumReplacements {
            let file = try FileDescriptor.open(path, for: .append, links: .refuse)
            guard try lockNow(file, mode) else { return nil }
            let lock = FileLock(file: file)
            if try lock.isCurrent() { return lock }
        }
        throw .replacedAgainAndAgain(path)
    }

    /// Takes the lock, trying again with growing, jittered pauses; nil when the time is up.
    package static func acquire(
        _ path: String, _ mode: Mode = .exclusive, timeoutMilliseconds: Int64
    ) throws(FileError) -> FileLock? {
        var pauses = LockPauses(timeoutMilliseconds: timeoutMilliseconds)
        while true {
            if let lock = try tryAcquire(path, mode) { return lock }
            if !pauses.pause() { return nil }
        }
    }

    private init(file: consuming FileDescriptor) {
        self.file = file
    }

    deinit {
        file.unlock()
    }

    /// Whether the path still names the file that this lock is on.
    package borrowing func isCurrent() throws(FileError) -> Bool {
        let own = try file.status()
        guard own.links > 0 else { return false }
        return try FileStatus.of(file.path, links: .refuse)?.isSameFile(as: own) ?? false
    }
}

/// The pauses between attempts at a lock that somebody else holds: growing, and jittered, which
/// keeps processes that were refused together from coming back together.
struct LockPauses {
    private static let first: Int64 = 500_000
    private static let longest: Int64 = 20_000_000

    /// Nanoseconds that may be waited in all; nil = for ever.
    private let limit: Int64?
    private var start: Int64?
    private var pauseNanoseconds = first

    init(timeoutMilliseconds: Int64) {
        let (limit, overflow) = timeoutMilliseconds.multipliedReportingOverflow(by: 1_000_000)
        self.limit = overflow ? nil : limit
    }

    /// Sleeps a while; false when the time is up.
    mutating func pause() -> Bool {
        let now = SystemClock.monotonicNanoseconds()
        let rest = limit.map { $0 - (now - (start ?? now)) } ?? .max
        guard rest > 0 else { return false }
        start = start ?? now
        let pause = Int64.random(in: pauseNanoseconds / 2...pauseNanoseconds)
        SystemClock.sleep(nanoseconds: min(rest, pause))
        pauseNanoseconds = min(pauseNanoseconds * 2, Self.longest)
        return true
    }
}

/// Locks an open file without waiting; false while somebody else holds it.
func lockNow(
    _ file: borrowing FileDescriptor, _ mode: FileLock.Mode
) throws(FileError) -> Bool {
    let kind = mode == .shared ? LOCK_SH : LOCK_EX
    while flock(file.number, kind | LOCK_NB) != 0 {
        if errno == EWOULDBLOCK { return false }
        guard errno == EINTR else { throw .current("lock", file.path) }
    }
    return true
}

extension FileDescriptor {
    /// Locks this very file without waiting, until it is closed; false while somebody else does.
    package borrowing func tryLock(_ mode: FileLock.Mode = .exclusive) throws(FileError) -> Bool {
        try lockNow(self, mode)
    }

    /// Releases the lock. Closing is not enough: a forked child holds a copy of the descriptor, and
    /// with it the lock, until it starts another program or ends.
    package borrowing func unlock() {
        _ = flock(number, LOCK_UN)
    }
}

extension FileError {
    /// Every time a lock file was locked, another one had taken its place.
    static func replacedAgainAndAgain(_ path: String) -> FileError {
        FileError(operation: "lock", path: path, errno: ESTALE)
    }
}
