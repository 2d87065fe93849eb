#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Operations on names of files, by path.
package enum FileTree {
    /// Makes a directory with 0700 whatever the umask, unless one is there; not its parents.
    package static func createDirectory(_ path: String) throws(FileError) {
        try createDirectory(path, in: AT_FDCWD, shown: path)
    }

    static func createDirectory(
        _ name: String, in directory: Int32, shown path: String
    ) throws(FileError) {
        if mkdirat(directory, name, 0o700) == 0 {
            // The umask can only have taken permissions away; only then is a repair needed.
            let made = try FileStatus.of(name, in: directory, links: .refuse, shown: path)
            guard let made, made.kind == .directory, made.permissions & 0o777 != 0o700 else {
                return
            }
            guard fchmodat(directory, name, 0o700, 0) == 0 else {
                throw .current("set permissions of", path)
            }
            return
        }
        let error = FileError.current("create", path)
        guard error.isExisting else { throw error }
        let there = try FileStatus.of(name, in: directory, links: .follow, shown: path)
        guard there?.kind == .directory else {
            throw FileError(operation: "create", path: path, errno: ENOTDIR)
        }
    }

    /// Makes a directory and all its missing parents, each with 0700.
    package static func createDirectories(_ path: String) throws(FileError) {
        do throws(FileError) {
            try createDirectory(path)
        } catch {
            let parent = parent(of: path)
            guard error.errno == ENOENT, parent != path else { throw error }
            try createDirectories(parent)
            try createDirectory(path)
        }
    }

    /// Renames, replacing what has the new name.
    package static func rename(_ old: String, to new: String) throws(FileError) {
        guard renameat(AT_FDCWD, old, AT_FDCWD, new) == 0 else { throw .current("rename", old) }
    }

    /// Renames; an error that `isExisting` when the new name is taken.
    package static func renameWithoutReplacing(_ old: String, to new: String) throws(FileError) {
        guard Platform.renameWithoutReplacing(AT_FDCWD, old, new) == 0 else {
            throw .current("rename", old)
        }
    }

    /// Removes a name of a file.
    package static func unlink(_ path: String) throws(FileError) {
        guard unlinkat(AT_FDCWD, path, 0) == 0 else { throw .current("remove", path) }
    }

    /// Removes an empty directory.
    package static func removeDirectory(_ path: String) throws(FileError) {
        guard unlinkat(AT_FDCWD, path, AT_REMOVEDIR) == 0 else { throw .current("remove", path) }
    }

    /// Removes a directory with all it holds; links in it are removed, not followed.
    package static func removeTree(_ path: String) throws(FileError) {
        for entry in try DirectoryListing.entries(of: path) {
            let child = path + "/" + entry.name
            if entry.kind == .directory {
                try removeTree(child)
            } else {
                try unlink(child)
            }
        }
        try removeDirectory(path)
    }

    /// Bytes that may still be written where the path is.
    package static func availableBytes(at path: String) throws(FileError) -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw .current("look at", path) }
        return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    }

    /// The path without links and dots.
    package static func canonicalPath(_ path: String) throws(FileError) -> String {
        guard let resolved = realpath(path, nil) else { throw .current("resolve", path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The path without links and dots; of one that leads nowhere, that of the longest part of it
    /// that leads somewhere, and the rest as it stands.
    package static func canonicalPathAsFarAsThere(_ path: String) -> String {
        // Whatever the reason is that the whole cannot be resolved, its parent may be.
        if let resolved = try? canonicalPath(path) { return resolved }
        let parent = parent(of: path)
        guard parent != path, path != "." else { return path }
        let start = canonicalPathAsFarAsThere(parent)
        return (start == "/" ? "" : start) + "/" + name(of: path)
    }

    /// The directory part of a path: `/` for `/x`, `.` for `x`.
    package static func parent(of path: String) -> String {
        var rest = Substring(path)
        while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/") else { return "." }
        rest = rest[..<slash]
        while rest.hasSuffix("/") { rest.removeLast() }
        return rest.isEmpty ? "/" : String(rest)
    }

    /// The last component of a path.
    package static func name(of path: String) -> String {
        var rest = Substring(path)
        while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/"), rest != "/" else { return String(rest) }
        return String(rest[rest.index(after: slash)...])
    }
}
