#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Tells with one cheap system call whether open files may have lost their names: renamed,
/// removed, replaced or given to somebody else. Looking names up costs several times as much.
///
/// By inotify(7), which notes an event before the call that caused it returns. It knows what this
/// machine does to a file; so files on a network, and systems without it, cannot be watched. The
/// system grants a user some hundred instances: they are for those who would look all the time.
package final class NameWatch: Sendable {
    private let number: Int32

    /// A watch over a file and what is added later; nil where there is none to be had.
    package init?(over file: borrowing FileDescriptor) {
        #if canImport(Glibc)
            number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            if number < 0 || !add(file) { return nil }
        #else
            return nil
        #endif
    }

    deinit { if number >= 0 { _ = close(number) } }

    /// Watches over the name of a file and how many it has; false when that is not possible.
    package func add(_ file: borrowing FileDescriptor) -> Bool {
        #if canImport(Glibc)
            return add(file.number, UInt32(IN_MOVE_SELF | IN_ATTRIB))
        #else
            return false
        #endif
    }

    /// Watches over the name of a directory; false when that is not possible.
    package func add(_ directory: borrowing Directory) -> Bool {
        #if canImport(Glibc)
            return add(directory.number, UInt32(IN_MOVE_SELF))
        #else
            return false
        #endif
    }

    /// Whether nothing has happened so far to what is watched.
    package var isQuiet: Bool {
        #if canImport(Glibc)
            var waiting: Int32 = 0
            return ioctl(number, UInt(FIONREAD), &waiting) == 0 && waiting == 0
        #else
            return false
        #endif
    }

    #if canImport(Glibc)
        private func add(_ descriptor: Int32, _ events: UInt32) -> Bool {
            var status = stat()
            guard fstat(descriptor, &status) == 0, Self.isLocal(status) else { return false }
            // What is open, whatever has its name by now.
            return inotify_add_watch(number, "/proc/self/fd/\(descriptor)", events) >= 0
        }

        /// Whether the file lies on a disk of this machine. File systems without one, those on a
        /// network among them, have devices of major number 0.
        private static func isLocal(_ status: stat) -> Bool {
            let device = UInt64(status.st_dev)
            return (device >> 8 & 0xFFF | device >> 32 & ~0xFFF) != 0
        }
    #endif
}
