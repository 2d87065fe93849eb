#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What `stat` says about a file.
package struct FileStatus: Hashable, Sendable {
    /// What kind of thing the file is.
    package enum Kind: Sendable {
        case regular, directory, symbolicLink, other
    }

    package var kind: Kind
    package var device: UInt64
    package var inode: UInt64
    /// Bytes of content.
    package var size: Int64
    /// Bytes that the content takes on disk.
    package var allocatedSize: Int64
    /// Last change of content, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64
    /// Last change of content or inode, in nanoseconds since 1970.
    package var changedNanoseconds: Int64
    /// The owner's user id.
    package var owner: UInt32
    /// Permission bits, such as 0o600.
    package var permissions: UInt16
    /// Names that this file has.
    package var links: UInt64

    init(_ status: stat) {
        kind = Kind(mode: status.st_mode)
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        allocatedSize = Int64(status.st_blocks) &* 512
        modifiedNanoseconds = Platform.modificationTime(status)
        changedNanoseconds = Platform.changeTime(status)
        owner = status.st_uid
        permissions = UInt16(truncatingIfNeeded: status.st_mode & 0o7777)
        links = UInt64(truncatingIfNeeded: status.st_nlink)
    }

    /// The status of what the path leads to, or of a link itself; nil when nothing is there.
    package static func of(
        _ path: String, links: LinkPolicy = .follow
    ) throws(FileError) -> FileStatus? {
        try of(path, in: AT_FDCWD, links: links, shown: path)
    }

    /// The status of a name inside an open directory; the path is made only for an error.
    static func of(
        _ name: String, in directory: Int32, links: LinkPolicy,
        shown path: @autoclosure () -> String
    ) throws(FileError) -> FileStatus? {
        var status = stat()
        let flags = links == .follow ? 0 : AT_SYMLINK_NOFOLLOW
        if fstatat(directory, name, &status, flags) == 0 { return FileStatus(status) }
        let code = systemErrorNumber()
        if code == ENOENT || code == ENOTDIR { return nil }
        throw FileError(operation: "look at", path: path(), errno: code)
    }

    /// Whether both are the same file, as far as device and inode number can say.
    package func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}

extension FileStatus.Kind {
    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        default: self = .other
        }
    }
}

/// What to do with a symbolic link at the end of a path.
package enum LinkPolicy: Sendable {
    /// Use what it leads to.
    case follow
    /// Treat it as what it is: it cannot be opened, and its own status is told.
    case refuse
}
