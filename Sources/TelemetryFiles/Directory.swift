#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An open directory: names given to it are looked up in this very directory, even when somebody
/// swaps a part of its path for a link meanwhile.
package struct Directory: ~Copyable, Sendable {
    let number: Int32
    /// The path it was opened with, for messages.
    package let path: String

    /// Opens a directory.
    package static func open(
        _ path: String, links: LinkPolicy = .follow
    ) throws(FileError) -> Directory {
        let number = try openNumber(path, AT_FDCWD, O_RDONLY | O_DIRECTORY, links, .never, path)
        return Directory(number: number, path: path)
    }

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { _ = close(number) }

    /// Opens a directory inside this one.
    package borrowing func openDirectory(
        _ name: String, links: LinkPolicy = .refuse
    ) throws(FileError) -> Directory {
        let path = shown(name)
        let flags = O_RDONLY | O_DIRECTORY
        return Directory(
            number: try openNumber(name, number, flags, links, .never, path), path: path)
    }

    /// Opens a regular file inside this directory.
    package borrowing func openFile(
        _ name: String, for access: FileDescriptor.Access, links: LinkPolicy = .refuse
    ) throws(FileError) -> FileDescriptor {
        try .open(name, in: number, for: access, links: links, shown: shown(name))
    }

    /// The status of a name inside this directory; nil when there is none.
    package borrowing func status(
        of name: String, links: LinkPolicy = .refuse
    ) throws(FileError) -> FileStatus? {
        try .of(name, in: number, links: links, shown: shown(name))
    }

    /// The status of the directory itself.
    package borrowing func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .current("look at", path) }
        return FileStatus(status)
    }

    /// Names and kinds in this directory, by name.
    package borrowing func entries() throws(FileError) -> [DirectoryEntry] {
        // A duplicate, since closedir closes the descriptor that fdopendir took over.
        let copy = try openNumber(".", number, O_RDONLY | O_DIRECTORY, .follow, .never, path)
        return try DirectoryStream(owning: copy, path: path).entries()
    }

    /// Makes a directory with 0700 inside this one, unless one of that name is there.
    package borrowing func createDirectory(_ name: String) throws(FileError) {
        try FileTree.createDirectory(name, in: number, shown: shown(name))
    }

    /// Renames within this directory, replacing what has the new name.
    package borrowing func rename(_ old: String, to new: String) throws(FileError) {
        guard renameat(number, old, number, new) == 0 else { throw .current("rename", shown(old)) }
    }

    /// Renames within this directory; an error that `isExisting` when the new name is taken.
    package borrowing func renameWithoutReplacing(
        _ old: String, to new: String
    ) throws(FileError) {
        guard Platform.renameWithoutReplacing(number, old, new) == 0 else {
            throw .current("rename", shown(old))
        }
    }

    /// Removes a name of a file.
    package borrowing func unlink(_ name: String) throws(FileError) {
        guard unlinkat(number, name, 0) == 0 else { throw .current("remove", shown(name)) }
    }

    /// Removes an empty directory inside this one.
    package borrowing func removeDirectory(_ name: String) throws(FileError) {
        guard unlinkat(number, name, AT_REMOVEDIR) == 0 else {
            throw .current("remove", shown(name))
        }
    }

    /// Puts names made, changed and removed here on disk.
    package borrowing func synchronize() throws(FileError) {
        // EINVAL: a file system that cannot sync directories has nothing to lose there.
        guard fsync(number) == 0 || errno == EINVAL else { throw .current("sync", path) }
    }

    private borrowing func shown(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : path + "/" + name
    }
}
