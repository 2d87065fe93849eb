#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A directory that is being read, in which names can be looked at meanwhile.
struct DirectoryStream: ~Copyable {
    private let stream: OpaquePointer
    /// The path it was opened with, for messages.
    private let path: String

    /// Opens a directory.
    init(_ path: String) throws(FileError) {
        let number = try openNumber(path, AT_FDCWD, O_RDONLY | O_DIRECTORY, .follow, .never, path)
        try self.init(owning: number, path: path)
    }

    /// Takes over an open descriptor.
    init(owning number: Int32, path: String) throws(FileError) {
        guard let stream = fdopendir(number) else {
            let error = FileError.current("list", path)
            _ = close(number)
            throw error
        }
        self.stream = stream
        self.path = path
    }

    deinit { _ = closedir(stream) }

    /// The status of the directory itself.
    borrowing func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard fstat(dirfd(stream), &status) == 0 else { throw .current("look at", path) }
        return FileStatus(status)
    }

    /// The status of a name inside the directory; nil when there is none.
    borrowing func status(of name: String, links: LinkPolicy) throws(FileError) -> FileStatus? {
        try .of(name, in: dirfd(stream), links: links, shown: path + "/" + name)
    }

    /// Reads the directory to its end. Names that are not UTF-8 are left out: no path to them can
    /// be written as text, and this program makes none.
    borrowing func entries() throws(FileError) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        while true {
            errno = 0
            guard let record = readdir(stream) else { break }
            guard let name = Self.entryName(record), name != ".", name != ".." else { continue }
            if let kind = try kind(of: record, name) {
                entries.append(DirectoryEntry(name: name, kind: kind))
            }
        }
        guard errno == 0 else { throw .current("list", path) }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func entryName(_ record: UnsafeMutablePointer<dirent>) -> String? {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
        let start = UnsafeRawPointer(record) + offset
        return String(validatingCString: start.assumingMemoryBound(to: CChar.self))
    }

    /// The kind of an entry; nil when it vanished since it was read.
    private borrowing func kind(
        of record: UnsafeMutablePointer<dirent>, _ name: String
    ) throws(FileError) -> FileStatus.Kind? {
        switch Int(record.pointee.d_type) {
        case Int(DT_REG): return .regular
        case Int(DT_DIR): return .directory
        case Int(DT_LNK): return .symbolicLink
        case Int(DT_UNKNOWN): break  // Some file systems do not say.
        default: return .other
        }
        return try status(of: name, links: .refuse)?.kind
    }
}
