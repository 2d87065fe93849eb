import TelemetryFiles

/// How long a piece of work may wait for the store's lock in all, however often it takes it.
struct LockPatience {
    private var remainingMilliseconds: Int64

    init(milliseconds: Int64) {
        remainingMilliseconds = milliseconds
    }

    /// Whether all the time has been waited away; the lock is then taken only if it is free.
    var isExhausted: Bool { remainingMilliseconds <= 0 }

    /// Takes the lock; an error when somebody holds it for longer than there is patience left.
    mutating func acquire(_ path: String) throws(FileError) -> FileLock {
        let start = SystemClock.monotonicNanoseconds()
        let lock = try FileLock.acquire(path, timeoutMilliseconds: max(remainingMilliseconds, 0))
        remainingMilliseconds -= (SystemClock.monotonicNanoseconds() - start) / 1_000_000
        if let lock { return lock }
        remainingMilliseconds = 0
        throw .refused("lock", path, because: "another program holds it")
    }
}
