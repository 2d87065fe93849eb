import Synchronization
import TelemetryFiles
import Testing

@Suite struct FileLockTests {
    /// Whether the lock could be taken at this moment.
    private func isFree(_ path: String, _ mode: FileLock.Mode = .exclusive) throws -> Bool {
        let lock = try FileLock.tryAcquire(path, mode)
        return lock != nil
    }

    @Test func excludesASecondHolder() throws {
        let directory = try TemporaryDirectory()
        let path = directory(".lock")
        let first = try FileLock.tryAcquire(path)
        #expect(try !isFree(path))
        #expect(try !isFree(path, .shared))
        _ = consume first
        #expect(try isFree(path))
    }

    @Test func sharedHoldersTolerateEachOther() throws {
        let directory = try TemporaryDirectory()
        let path = directory(".lock")
        let first = try FileLock.tryAcquire(path, .shared)
        #expect(try isFree(path, .shared))
        #expect(try !isFree(path, .exclusive))
        _ = consume first
    }

    @Test func givesUpWhenTheTimeIsUp() throws {
        let directory = try TemporaryDirectory()
        let first = try FileLock.tryAcquire(directory(".lock"))
        let start = SystemClock.monotonicNanoseconds()
        let second = try FileLock.acquire(directory(".lock"), timeoutMilliseconds: 50)
        let waited = SystemClock.monotonicNanoseconds() - start
        let isHeld = second != nil
        #expect(!isHeld)
        #expect(waited >= 50_000_000)
        #expect(waited < 2_000_000_000)
        _ = consume first
    }

    @Test func noticesThatItsFileWasDeleted() throws {
        let directory = try TemporaryDirectory()
        guard let first = try FileLock.tryAcquire(directory(".lock")) else {
            Issue.record("the lock was free")
            return
        }
        let before = try first.isCurrent()
        try FileTree.unlink(directory(".lock"))
        let after = try first.isCurrent()
        #expect([before, after] == [true, false])
        #expect(try isFree(directory(".lock")))
    }

    @Test func onlyOneThreadIsInsideAtATime() throws {
        let directory = try TemporaryDirectory()
        let inside = Atomic<Int>(0)
        let violations = Atomic<Int>(0)
        let rounds = Atomic<Int>(0)
        let finished = Atomic<Int>(0)
        let path = directory(".lock")
        let state = SharedCounters(inside, violations, rounds, finished)
        for _ in 0..<4 {
            let started = BackgroundThread.start {
                for _ in 0..<250 { state.enter(path) }
                state.finished.add(1, ordering: .sequentiallyConsistent)
            }
            #expect(started)
        }
        while state.finished.load(ordering: .sequentiallyConsistent) < 4 {
            SystemClock.sleep(nanoseconds: 1_000_000)
        }
        #expect(state.violations.load(ordering: .sequentiallyConsistent) == 0)
        #expect(state.rounds.load(ordering: .sequentiallyConsistent) == 1000)
    }
}

/// What several threads count together.
final class SharedCounters: Sendable {
    let inside: Atomic<Int>
    let violations: Atomic<Int>
    let rounds: Atomic<Int>
    let finished: Atomic<Int>

    init(
        _ inside: consuming Atomic<Int>, _ violations: consuming Atomic<Int>,
        _ rounds: consuming Atomic<Int>, _ finished: consuming Atomic<Int>
    ) {
        self.inside = inside
        self.violations = violations
        self.rounds = rounds
        self.finished = finished
    }

    func enter(_ path: String) {
        // An error counts as a violation, so that it shows.
        guard let lock = try? FileLock.acquire(path, timeoutMilliseconds: 30_000) else {
            violations.add(1, ordering: .sequentiallyConsistent)
            return
        }
        let others = inside.add(1, ordering: .sequentiallyConsistent).oldValue
        if others != 0 { violations.add(1, ordering: .sequentiallyConsistent) }
        rounds.add(1, ordering: .sequentiallyConsistent)
        inside.subtract(1, ordering: .sequentiallyConsistent)
        _ = consume lock
    }
}
