import TelemetryFiles

extension LogListing {
    /// All files below some directories of which the name, relative to its root, is wanted. Links
    /// are followed: people keep parts of their agents' directories elsewhere. A file with several
    /// names is listed under the first of them.
    init(below roots: [String], where isWanted: (String) -> Bool) {
        var seen: Set<FileIdentity> = []
        for root in roots {
            let search = DirectoryListing.search(root, where: isWanted)
            if search.unreadable.contains(where: { $0.path == root && $0.isMissing }) {
                missingRoots.append(root)
                continue
            }
            unreachable += search.unreadable.map { Trouble(path: $0.path, reason: $0.reason) }
            for file in search.files where seen.insert(FileIdentity(file.status)).inserted {
                add(file, root)
            }
        }
    }

    private mutating func add(_ file: DirectoryListing.FoundFile, _ root: String) {
        let path = root + "/" + file.name
        do throws(FileError) {
            files.append(
                LogFile(
                    root: root, name: file.name,
                    path: file.isLink ? try FileTree.canonicalPath(path) : path,
                    representation: .plain, status: file.status))
        } catch {
            unreachable.append(Trouble(path: path, reason: error.reason))
        }
    }
}

/// What tells files apart, whatever their names.
private struct FileIdentity: Hashable {
    var device: UInt64
    var inode: UInt64

    init(_ status: FileStatus) {
        device = status.device
        inode = status.inode
    }
}
