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

    private let file: FileDescriptor

    /// Takes the lock if it is free now; nil while somebody else holds it.
    package static func tryAcquire(
        _ path: String, _ mode: Mode = .exclusive
    ) throws(FileError) -> FileLock? {
        // The lock file may be replaced (its directory deleted) while we wait for it; a lock on a
        // file that has no name any more excludes nobody, so look again and start over.
        for _ in 0..<10 {
            let file = try FileDescriptor.open(path, for: .append, links: .refuse)
            guard try lockNow(file, mode) else { return nil }
            let lock = FileLock(file: file)
            if try lock.isCurrent() { return lock }
        }
        throw FileError(operation: "lock", path: path, errno: ESTALE)
    }

    /// Takes the lock, trying again with growing, jittered pauses; nil when the time is up.
    package static func acquire(
        _ path: String, _ mode: Mode = .exclusive, timeoutMilliseconds: Int64
    ) throws(FileError) -> FileLock? {
        let (limit, overflow) = timeoutMilliseconds.multipliedReportingOverflow(by: 1_000_000)
        let start = SystemClock.monotonicNanoseconds()
        var pause: Int64 = 500_000
        while true {
            if let lock = try tryAcquire(path, mode) { return lock }
            let waited = SystemClock.monotonicNanoseconds() - start
            guard overflow || waited < limit else { return nil }
            let rest = overflow ? pause : limit - waited
            // Jitter keeps processes that were refused together from coming back together.
            SystemClock.sleep(nanoseconds: min(rest, .random(in: pause / 2...pause)))
            pause = min(pause * 2, 20_000_000)
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
