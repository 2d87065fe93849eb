// What Linux and Darwin spell differently, in one place: porting to another libc starts here.

#if canImport(Darwin)
    @preconcurrency import Darwin
#elseif canImport(Musl)
    @preconcurrency import Musl
#else
    @preconcurrency import Glibc
#endif

/// The calls and structure fields whose names depend on the system.
enum Platform {
    /// Time of the last change of content, in nanoseconds since 1970.
    static func modificationTime(_ status: stat) -> Int64 {
        #if canImport(Darwin)
            nanoseconds(status.st_mtimespec)
        #else
            nanoseconds(status.st_mtim)
        #endif
    }

    /// Time of the last change of content or inode, in nanoseconds since 1970.
    static func changeTime(_ status: stat) -> Int64 {
        #if canImport(Darwin)
            nanoseconds(status.st_ctimespec)
        #else
            nanoseconds(status.st_ctim)
        #endif
    }

    /// The monotonic clock that is cheap and lags by some milliseconds.
    static var coarseClock: clockid_t {
        #if canImport(Darwin)
            CLOCK_MONOTONIC_RAW_APPROX
        #else
            CLOCK_MONOTONIC_COARSE
        #endif
    }

    /// A time as nanoseconds; wraps rather than traps, since a file system may report any time.
    static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    /// Nanoseconds since 1970 as a time, whose nanoseconds are never negative.
    static func time(_ nanoseconds: Int64) -> timespec {
        let part = nanoseconds % 1_000_000_000
        let isBefore1970 = part < 0
        var time = timespec()
        time.tv_sec = time_t(nanoseconds / 1_000_000_000 - (isBefore1970 ? 1 : 0))
        time.tv_nsec = Int(isBefore1970 ? part + 1_000_000_000 : part)
        return time
    }

    /// Puts the file's content on disk; on Darwin plain fsync stops at the drive's own cache.
    static func synchronize(_ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
            return fsync(descriptor)
        #else
            return fdatasync(descriptor)
        #endif
    }

    /// Renames within a directory and fails with EEXIST when the new name is taken.
    ///
    /// Linux has renameat2 for it, which Swift's view of its libc lacks. So the new name is claimed
    /// by an empty file, which the rename then replaces; a crash between leaves that empty file.
    static func renameWithoutReplacing(_ directory: Int32, _ old: String, _ new: String) -> Int32 {
        #if canImport(Darwin)
            return renameatx_np(directory, old, directory, new, UInt32(RENAME_EXCL))
        #else
            let claim = openat(directory, new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard claim >= 0 else { return -1 }
            _ = close(claim)
            guard renameat(directory, old, directory, new) != 0 else { return 0 }
            let code = errno
            _ = unlinkat(directory, new, 0)
            errno = code
            return -1
        #endif
    }

    /// A pipe whose ends no child process inherits: reading end, writing end.
    ///
    /// Neither Darwin's nor Swift's view of Linux's libc has pipe2, so a child that another thread
    /// starts between the two calls may inherit it, and delays the pipe's end until it ends.
    static func makePipe(_ ends: inout [Int32]) -> Int32 {
        guard pipe(&ends) == 0 else { return -1 }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return 0
    }

    /// The process's environment as C keeps it.
    static var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        #if canImport(Darwin)
            _NSGetEnviron().pointee
        #else
            environ
        #endif
    }

    /// A text that changes with every boot of the machine; nil when the system does not say.
    static var bootIdentifier: String? {
        #if canImport(Darwin)
            var text = [UInt8](repeating: 0, count: 64)
            var length = text.count
            guard sysctlbyname("kern.bootsessionuuid", &text, &length, nil, 0) == 0 else {
                return nil
            }
            return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        #else
            // Absent in some containers; the caller then treats every open as after a boot.
            let bytes = try? FileContents.read(
                "/proc/sys/kernel/random/boot_id", maximumBytes: 64)
            return bytes.map { String(decoding: $0.prefix { $0 != 10 }, as: UTF8.self) }
        #endif
    }

    /// Fills a part of at most 256 bytes from the system's generator; false when it refuses.
    static func fillRandomly(_ bytes: inout [UInt8], _ part: Range<Int>) -> Bool {
        bytes.withUnsafeMutableBytes { buffer in
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[part])
            #if canImport(Darwin)
                arc4random_buf(part.baseAddress, part.count)
                return true
            #else
                return getentropy(part.baseAddress, part.count) == 0
            #endif
        }
    }

    /// The most memory that a process had resident, which Linux states in KiB.
    static func peakMemoryBytes(_ usage: rusage) -> Int64 {
        #if canImport(Darwin)
            Int64(usage.ru_maxrss)
        #else
            Int64(usage.ru_maxrss) &* 1024
        #endif
    }

    /// Starts a detached thread that runs the boxed closure; the errno, or 0.
    static func startThread(_ body: ThreadBody, stackBytes: Int) -> Int32 {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        let argument = Unmanaged.passRetained(body).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let code = pthread_create(&thread, &attributes, runThread, argument)
        if code != 0 { Unmanaged<ThreadBody>.fromOpaque(argument).release() }
        return code
    }
}

#if canImport(Darwin)
    private func runThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
#else
    private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
#endif
