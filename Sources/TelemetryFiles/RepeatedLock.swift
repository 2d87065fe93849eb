/// A directory and the lock file in it, taken again and again: both stay open in between, so that
/// taking the lock costs two system calls instead of six. Whoever takes it all the time does not
/// even look names up each time, but is told when they change.
///
/// Excludes the holders of a `FileLock` of the same file. Not for use by two threads at once.
package struct RepeatedLock: ~Copyable {
    /// A directory whose lock is held: what is looked up in it is what the lock is about, even when
    /// somebody moves the directory meanwhile.
    package final class Holding {
        package let directory: Directory
        fileprivate let file: FileDescriptor
        fileprivate var watch: NameWatch?
        /// Another number whenever a watched name may no longer lead where it did.
        package fileprivate(set) var epoch = 0

        fileprivate init(_ path: String, _ name: String) throws(FileError) {
            let directory = try Directory.open(path)
            let file = try directory.openFile(name, for: .append)
            self.directory = directory
            self.file = file
        }

        deinit { release() }

        /// Lets go of the lock.
        package func release() { file.unlock() }

        /// Watches from now on over the names of a file and of the directory that it lies in, for
        /// as long as `epoch` stays the same; false when the file must be looked up each time.
        package func watch(
            _ file: borrowing FileDescriptor, in directory: borrowing Directory
        ) -> Bool {
            guard let watch else { return false }
            return watch.add(file) && watch.add(directory)
        }

        /// Whether the lock file was not replaced since it was opened.
        fileprivate func isInPlace() throws(FileError) -> Bool { try file.status().links > 0 }

        /// Whether the path still leads to the directory.
        fileprivate func isDirectory(at path: String) throws(FileError) -> Bool {
            let status = try directory.status()
            return try FileStatus.of(path)?.isSameFile(as: status) ?? false
        }
    }

    /// For so long a directory that was moved away is taken for the one at the path: what is
    /// written into it is as good as written just before. One that is gone is noticed at once.
    private static let trustNanoseconds: Int64 = 10_000_000

    /// Whoever takes the lock so often within that time is better off with a watch.
    private static let usesWorthWatching = 20

    private let path: String
    private let name: String
    private var opened: Holding?
    private var epoch = 0
    private var trustEnds: Int64 = 0
    private var usesInTrust = 0

    /// A lock by the file of this name in the directory at the path; neither is touched before the
    /// lock is asked for.
    package init(_ name: String, in path: String) {
        self.path = path
        self.name = name
    }

    /// Takes the lock, trying again with growing, jittered pauses; nil when the time is up.
    package mutating func acquire(timeoutMilliseconds: Int64) throws(FileError) -> Holding? {
        var pauses = LockPauses(timeoutMilliseconds: timeoutMilliseconds)
        while true {
            if let holding = try acquireNow() { return holding }
            if !pauses.pause() { return nil }
        }
    }

    private mutating func acquireNow() throws(FileError) -> Holding? {
        for _ in 0..<FileLock.maximumReplacements {
            if opened == nil { opened = try Holding(path, name) }
            guard let holding = opened else { continue }
            let isFree = try lockNow(holding.file, .exclusive)
            // A lock on a file that has no name any more excludes nobody.
            if try isCurrent(holding) { return isFree ? holding : nil }
            opened = nil
        }
        throw .replacedAgainAndAgain(path + "/" + name)
    }

    private mutating func isCurrent(_ holding: Holding) throws(FileError) -> Bool {
        let now = SystemClock.coarseMonotonicNanoseconds()
        let isQuiet = holding.watch?.isQuiet ?? false
        usesInTrust += 1
        if now < trustEnds {
            if isQuiet { return true }
            beginEpoch(of: holding, isWatched: false)
            return try holding.isInPlace()
        }
        let isBusy = usesInTrust >= Self.usesWorthWatching
        // Before the looks, so that no change falls between.
        if !isQuiet || !isBusy { beginEpoch(of: holding, isWatched: isBusy) }
        guard try holding.isInPlace(), try holding.isDirectory(at: path) else { return false }
        trustEnds = now + Self.trustNanoseconds
        usesInTrust = 0
        return true
    }

    private mutating func beginEpoch(of holding: Holding, isWatched: Bool) {
        epoch += 1
        holding.epoch = epoch
        holding.watch = isWatched ? NameWatch(over: holding.file) : nil
    }
}
