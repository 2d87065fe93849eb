import TelemetryFiles
import Testing

@Suite struct RepeatedLockTests {
    private let directory: TemporaryDirectory
    private var path: String { directory("store/.lock") }

    init() throws {
        directory = try TemporaryDirectory()
        try FileTree.createDirectory(directory("store"))
    }

    private func isFree() throws -> Bool {
        let lock = try FileLock.tryAcquire(path)
        return lock != nil
    }

    private func repeatedLock() -> RepeatedLock { RepeatedLock(".lock", in: directory("store")) }

    @Test func excludesOthersUntilItIsReleased() throws {
        var lock = repeatedLock()
        for _ in 0..<3 {
            let holding = try #require(try lock.acquire(timeoutMilliseconds: 0))
            #expect(try !isFree())
            holding.release()
            #expect(try isFree())
        }
    }

    @Test func isNotThereWhileSomebodyElseHoldsIt() throws {
        var lock = repeatedLock()
        try lock.acquire(timeoutMilliseconds: 0)?.release()
        let other = try FileLock.tryAcquire(path)
        #expect(try lock.acquire(timeoutMilliseconds: 5) == nil)
        _ = consume other
        #expect(try lock.acquire(timeoutMilliseconds: 5) != nil)
    }

    @Test func isReleasedWhenItGoesAway() throws {
        var lock: RepeatedLock? = repeatedLock()
        _ = try lock?.acquire(timeoutMilliseconds: 0)
        #expect(try !isFree())
        lock = nil
        #expect(try isFree())
    }

    @Test func noticesThatItsFileWasReplaced() throws {
        var lock = repeatedLock()
        try lock.acquire(timeoutMilliseconds: 0)?.release()
        try FileTree.unlink(path)
        let other = try FileLock.tryAcquire(path)
        #expect(try lock.acquire(timeoutMilliseconds: 0) == nil)
        _ = consume other
    }

    @Test func noticesThatItsDirectoryIsGone() throws {
        var lock = repeatedLock()
        try lock.acquire(timeoutMilliseconds: 0)?.release()
        try FileTree.removeTree(directory("store"))
        let error = fileError { () throws(FileError) in
            _ = try lock.acquire(timeoutMilliseconds: 0)
        }
        #expect(error?.isMissing == true)
    }

    @Test func noticesSoonThatItsDirectoryWasMovedAway() throws {
        var lock = repeatedLock()
        try lock.acquire(timeoutMilliseconds: 0)?.release()
        try FileTree.rename(directory("store"), to: directory("moved"))
        try FileTree.createDirectory(directory("store"))
        SystemClock.sleep(nanoseconds: 20_000_000)
        let holding = try #require(try lock.acquire(timeoutMilliseconds: 0))
        #expect(try !isFree())
        let present = try FileStatus.of(directory("store"))
        #expect(try present?.isSameFile(as: holding.directory.status()) == true)
    }

    /// So often that names are watched, where that is possible, for longer than they are trusted.
    private func takeAllTheTime(_ lock: inout RepeatedLock) throws {
        let end = SystemClock.monotonicNanoseconds() + 50_000_000
        while SystemClock.monotonicNanoseconds() < end {
            try lock.acquire(timeoutMilliseconds: 0)?.release()
        }
    }

    @Test func noticesThatItsFileWasReplacedWhenItIsTakenAllTheTime() throws {
        var lock = repeatedLock()
        try takeAllTheTime(&lock)
        try FileTree.unlink(path)
        let other = try FileLock.tryAcquire(path)
        #expect(try lock.acquire(timeoutMilliseconds: 0) == nil)
        _ = consume other
    }

    @Test func noticesThatItsDirectoryIsGoneWhenItIsTakenAllTheTime() throws {
        var lock = repeatedLock()
        try takeAllTheTime(&lock)
        try FileTree.removeTree(directory("store"))
        let error = fileError { () throws(FileError) in
            _ = try lock.acquire(timeoutMilliseconds: 0)
        }
        #expect(error?.isMissing == true)
    }

    @Test func everyUseIsAnEpochOfItsOwnUnlessItIsTakenAllTheTime() throws {
        var lock = repeatedLock()
        var epochs: Set<Int> = []
        for _ in 0..<5 {
            let holding = try #require(try lock.acquire(timeoutMilliseconds: 0))
            epochs.insert(holding.epoch)
            holding.release()
        }
        #expect(epochs.count == 5)
    }
}
