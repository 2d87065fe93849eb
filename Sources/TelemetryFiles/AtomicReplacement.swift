#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that takes another's place at once and completely: readers see the old or the new one.
///
/// Written under a temporary name in the same directory with 0600, put on disk, renamed. Without
/// `commit` the temporary file is removed and the old one stays.
package struct AtomicReplacement: ~Copyable {
    private let directory: Directory
    private let file: FileDescriptor
    private let name: String
    private let temporaryName: String
    /// Whether the temporary file is somebody else's business by now.
    private var isCommitted = false

    /// Begins to write the file that will be at `path`; its directory must exist.
    package init(of path: String) throws(FileError) {
        let name = FileTree.name(of: path)
        let mark = Hexadecimal.text(RandomBytes.make(4))
        let prefix = Self.temporaryPrefix(of: name)
        let temporaryName = "\(prefix)\(ProcessIdentity.processID)-\(mark)"
        let directory = try Directory.open(FileTree.parent(of: path))
        file = try directory.openFile(temporaryName, for: .create)
        self.directory = directory
        self.name = name
        self.temporaryName = temporaryName
    }

    deinit {
        // Best effort: a leftover is found by its name and removed by `removeLeftovers`.
        if !isCommitted { try? directory.unlink(temporaryName) }
    }

    /// Adds bytes.
    package borrowing func append(_ bytes: Span<UInt8>) throws(FileError) {
        try file.writeAll(bytes)
    }

    /// Sets the time of the last change that the file will have: the last thing before a commit.
    package borrowing func setModificationTime(_ nanoseconds: Int64) throws(FileError) {
        try file.setModificationTime(nanoseconds)
    }

    /// Puts everything on disk and takes the old file's place.
    package consuming func commit() throws(FileError) {
        try file.synchronize()
        try directory.rename(temporaryName, to: name)
        isCommitted = true
        try directory.synchronize()
    }

    /// A replacement that is complete and on disk, and waits for its place.
    package struct Prepared: Sendable {
        /// The path of the directory in which it lies.
        package let directory: String
        fileprivate let name: String
        fileprivate let temporaryName: String

        /// Takes the old file's place. Until the directory is synchronized, the old one may be back
        /// after a crash.
        package func putInPlace() throws(FileError) {
            try FileTree.rename(directory + "/" + temporaryName, to: directory + "/" + name)
        }

        /// Removes it; the old file stays.
        package func discard() {
            // What stays is found by its name and removed as a leftover.
            try? FileTree.unlink(directory + "/" + temporaryName)
        }
    }

    /// Puts everything on disk, so that only the renaming is left to be done: of many replacements
    /// at once, or under a lock.
    package consuming func prepare() throws(FileError) -> Prepared {
        try file.synchronize()
        isCommitted = true
        return Prepared(directory: directory.path, name: name, temporaryName: temporaryName)
    }

    /// Like `commit`, but an error that `isExisting` when the name is taken meanwhile.
    package consuming func commitWithoutReplacing() throws(FileError) {
        try file.synchronize()
        try directory.renameWithoutReplacing(temporaryName, to: name)
        isCommitted = true
        try directory.synchronize()
    }

    /// Replaces a file by one with this content.
    package static func write(_ bytes: Span<UInt8>, to path: String) throws(FileError) {
        let replacement = try AtomicReplacement(of: path)
        try replacement.append(bytes)
        try replacement.commit()
    }

    /// Removes what dead processes left behind of replacements of `path`.
    package static func removeLeftovers(of path: String) throws(FileError) {
        let directory = try Directory.open(FileTree.parent(of: path))
        let prefix = temporaryPrefix(of: FileTree.name(of: path))
        for entry in try directory.entries() where entry.name.hasPrefix(prefix) {
            let mark = entry.name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard entry.kind == .regular, let process = Int32(mark) else { continue }
            if !ProcessIdentity.isRunning(process) { try directory.unlink(entry.name) }
        }
    }

    /// Whether a name is that of a file which is not yet in its place, or never will be.
    package static func isTemporaryName(_ name: String) -> Bool {
        guard name.hasPrefix("."), let mark = name.ranges(of: ".tmp-").last else { return false }
        let parts = name[mark.upperBound...].split(separator: "-")
        return parts.count == 2 && Int32(parts[0]) != nil && parts[1].utf8.count == 8
    }

    /// What the names of temporary files begin with. Of a name that is nearly as long as file
    /// systems allow, 255 bytes, only the beginning is in it.
    private static func temporaryPrefix(of name: String) -> String {
        var beginning = Substring(name)
        while beginning.utf8.count > 200 { beginning.removeLast() }
        return ".\(beginning).tmp-"
    }
}
