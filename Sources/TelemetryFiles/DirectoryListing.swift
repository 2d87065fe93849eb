/// Reading directories, alone and with everything below them.
package enum DirectoryListing {
    /// Names and kinds in a directory, by name.
    package static func entries(of path: String) throws(FileError) -> [DirectoryEntry] {
        try Directory.open(path).entries()
    }

    /// What was found below a directory.
    package struct Walk: Sendable {
        /// Paths of regular files relative to the root, in byte order of their components.
        package var files: [String] = []
        /// Directories that could not be read: their files are unknown, not absent.
        package var unreadable: [FileError] = []

        package init() {}
    }

    /// All regular files below a directory, to a depth that no hand-made tree exceeds.
    ///
    /// The root itself may be a link. With `.follow`, links below it are followed too, but no
    /// directory twice, so that a loop ends.
    package static func walk(
        _ root: String, links: LinkPolicy = .refuse, maximumDepth: Int = 32
    ) -> Walk {
        var walk = Walk()
        var visited: Set<Identity> = []
        descend(root, "", links, maximumDepth, &walk, &visited)
        return walk
    }

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private static func descend(
        _ path: String, _ prefix: String, _ links: LinkPolicy, _ depth: Int, _ walk: inout Walk,
        _ visited: inout Set<Identity>
    ) {
        do throws(FileError) {
            let directory = try Directory.open(path)
            let status = try directory.status()
            let identity = Identity(device: status.device, inode: status.inode)
            guard visited.insert(identity).inserted else { return }
            for entry in try directory.entries() {
                let relative = prefix + entry.name
                switch try resolvedKind(entry, in: directory, links) {
                case .regular: walk.files.append(relative)
                case .directory where depth > 0:
                    descend(
                        path + "/" + entry.name, relative + "/", links, depth - 1, &walk, &visited)
                default: break
                }
            }
        } catch {
            walk.unreadable.append(error)
        }
    }

    private static func resolvedKind(
        _ entry: DirectoryEntry, in directory: borrowing Directory, _ links: LinkPolicy
    ) throws(FileError) -> FileStatus.Kind? {
        guard entry.kind == .symbolicLink, links == .follow else { return entry.kind }
        // A loop of links (ELOOP) leads nowhere: as good as missing.
        return (try? directory.status(of: entry.name, links: .follow))?.kind
    }
}
