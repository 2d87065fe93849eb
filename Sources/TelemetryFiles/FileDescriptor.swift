#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An open file, closed when it goes out of scope.
///
/// Never inherited by a child process, never a controlling terminal, and never blocking on open: a
/// FIFO where a log should be cannot hang the program.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The number that the kernel gave.
    package let number: Int32
    /// The path it was opened with, for messages.
    package let path: String

    /// Takes over an open descriptor.
    init(owning number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit {
        // close(2): the descriptor is gone whatever it returns, and nothing was promised that
        // an error here could break.
        _ = close(number)
    }

    /// What may be done with a file, and whether it may come into being.
    package enum Access: Sendable {
        /// Read an existing file.
        case read
        /// Read and append; every write goes to the end. Created with 0600 when missing.
        case append
        /// Read and append an existing file.
        case appendExisting
        /// Read and write an existing file at any place.
        case overwrite
        /// Read and append a file that must not exist yet, with 0600.
        case create
    }

    /// Opens a regular file; anything else at the path is an error that says what it is not.
    package static func open(
        _ path: String, for access: Access, links: LinkPolicy = .follow
    ) throws(FileError) -> FileDescriptor {
        try open(path, in: AT_FDCWD, for: access, links: links, shown: path)
    }

    /// Opens a regular file for reading.
    package static func openForReading(
        _ path: String, links: LinkPolicy = .follow
    ) throws(FileError) -> FileDescriptor {
        try open(path, for: .read, links: links)
    }

    static func open(
        _ name: String, in directory: Int32, for access: Access, links: LinkPolicy,
        shown path: String
    ) throws(FileError) -> FileDescriptor {
        let number = try openNumber(name, directory, access.flags, links, access.creation, path)
        let file = FileDescriptor(owning: number, path: path)
        let status = try file.status()
        guard status.kind == .regular else {
            throw FileError(
                operation: "open", path: path, errno: EINVAL, explanation: "not a regular file")
        }
        return file
    }

    /// The file's present status.
    package borrowing func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .current("look at", path) }
        return FileStatus(status)
    }

    /// Where the file ends: what `status` says of its size, for a third of the time. Moves the
    /// position, which nothing here depends on.
    package borrowing func end() throws(FileError) -> Int64 {
        let position = lseek(number, 0, SEEK_END)
        guard position >= 0 else { throw .current("look at", path) }
        return Int64(position)
    }

    /// Puts the content on disk.
    package borrowing func synchronize() throws(FileError) {
        while Platform.synchronize(number) != 0 {
            guard errno == EINTR else { throw .current("sync", path) }
        }
    }

    /// Cuts the file to a length.
    package borrowing func truncate(to length: Int64) throws(FileError) {
        while ftruncate(number, off_t(length)) != 0 {
            guard errno == EINTR else { throw .current("truncate", path) }
        }
    }

    /// Sets the permission bits.
    package borrowing func setPermissions(_ permissions: UInt16) throws(FileError) {
        guard fchmod(number, mode_t(permissions)) == 0 else {
            throw .current("set permissions of", path)
        }
    }

    /// Sets the times of the last change of content and of the last reading, in nanoseconds since
    /// 1970.
    package borrowing func setModificationTime(_ nanoseconds: Int64) throws(FileError) {
        let times = [timespec](repeating: Platform.time(nanoseconds), count: 2)
        guard futimens(number, times) == 0 else { throw .current("set times of", path) }
    }
}

/// How a missing file comes into being.
enum FileCreation {
    case never, ifMissing, exclusively
}

extension FileDescriptor.Access {
    var flags: Int32 {
        switch self {
        case .read: O_RDONLY
        case .overwrite: O_RDWR
        case .append, .appendExisting, .create: O_RDWR | O_APPEND
        }
    }

    var creation: FileCreation {
        switch self {
        case .read, .appendExisting, .overwrite: .never
        case .append: .ifMissing
        case .create: .exclusively
        }
    }
}

/// Opens and, where asked, creates: with 0600 whatever the umask, in a way that knows which of the
/// two happened, so that permissions somebody else chose stay as they are.
func openNumber(
    _ name: String, _ directory: Int32, _ flags: Int32, _ links: LinkPolicy,
    _ creation: FileCreation, _ path: String
) throws(FileError) -> Int32 {
    let common =
        flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (links == .refuse ? O_NOFOLLOW : 0)
    // Another process may create and delete the file between two attempts, but not for ever.
    for _ in 0..<100 {
        if creation != .exclusively {
            let number = openat(directory, name, common)
            if number >= 0 { return number }
            if errno == EINTR { continue }
            guard errno == ENOENT, creation == .ifMissing else { throw .current("open", path) }
        }
        let number = openat(directory, name, common | O_CREAT | O_EXCL, 0o600)
        if number >= 0 {
            if fchmod(number, 0o600) == 0 { return number }
            let error = FileError.current("set permissions of", path)
            _ = close(number)
            throw error
        }
        if errno == EINTR { continue }
        guard errno == EEXIST, creation == .ifMissing else { throw .current("create", path) }
    }
    throw FileError(operation: "open", path: path, errno: EAGAIN)
}
