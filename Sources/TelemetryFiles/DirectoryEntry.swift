#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A name in a directory, and what it names.
package struct DirectoryEntry: Hashable, Sendable {
    package var name: String
    /// A link is told as a link, not as what it leads to.
    package var kind: FileStatus.Kind

    package init(name: String, kind: FileStatus.Kind) {
        self.name = name
        self.kind = kind
    }

    /// Reads a directory to its end; takes over the descriptor. Names that are not UTF-8 are left
    /// out: no path to them can be written as text, and this program makes none.
    static func list(owning number: Int32, path: String) throws(FileError) -> [DirectoryEntry] {
        guard let stream = fdopendir(number) else {
            let error = FileError.current("list", path)
            _ = close(number)
            throw error
        }
        defer { closedir(stream) }
        var entries: [DirectoryEntry] = []
        while true {
            errno = 0
            guard let record = readdir(stream) else { break }
            guard let name = entryName(record), name != ".", name != ".." else { continue }
            if let kind = try entryKind(record, name, directory: number, path) {
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
    private static func entryKind(
        _ record: UnsafeMutablePointer<dirent>, _ name: String, directory: Int32, _ path: String
    ) throws(FileError) -> FileStatus.Kind? {
        switch Int(record.pointee.d_type) {
        case Int(DT_REG): return .regular
        case Int(DT_DIR): return .directory
        case Int(DT_LNK): return .symbolicLink
        case Int(DT_UNKNOWN): break  // Some file systems do not say.
        default: return .other
        }
        return try FileStatus.of(
            name, in: directory, links: .refuse, shown: path + "/" + name)?.kind
    }
}
