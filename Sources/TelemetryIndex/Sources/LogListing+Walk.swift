import TelemetryFiles

extension LogListing {
    /// All files below some directories of which the name, relative to its root, is wanted. Links
    /// are followed: people keep parts of their agents' directories elsewhere. A file with several
    /// names is listed under the first of them.
    init(below roots: [String], where isWanted: (String) -> Bool) {
        var seen: Set<FileIdentity> = []
        for root in roots {
            let walk = DirectoryListing.walk(root, links: .follow)
            if walk.unreadable.contains(where: { $0.path == root && $0.isMissing }) {
                missingRoots.append(root)
                continue
            }
            unreachable += walk.unreadable.map { Trouble(path: $0.path, reason: $0.reason) }
            for name in walk.files where isWanted(name) { add(name, root, &seen) }
        }
    }

    private mutating func add(_ name: String, _ root: String, _ seen: inout Set<FileIdentity>) {
        let path = root + "/" + name
        do throws(FileError) {
            guard let status = try FileStatus.of(path), status.kind == .regular,
                seen.insert(FileIdentity(status)).inserted
            else { return }
            let isLink = try FileStatus.of(path, links: .refuse)?.kind == .symbolicLink
            files.append(
                LogFile(
                    root: root, name: name,
                    path: isLink ? try FileTree.canonicalPath(path) : path,
                    representation: .plain, status: status))
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
