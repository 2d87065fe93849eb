/// Reading directories, alone and with everything below them.
package enum DirectoryListing {
    /// Names and kinds in a directory, by name.
    package static func entries(of path: String) throws(FileError) -> [DirectoryEntry] {
        try DirectoryStream(path).entries()
    }

    /// What was found below a directory.
    package struct Walk: Sendable {
        /// Paths of regular files relative to the root, in byte order of their components.
        package var files: [String] = []
        /// Directories that could not be read: their files are unknown, not absent.
        package var unreadable: [FileError] = []

        package init() {}
    }

    /// A regular file below a directory.
    package struct FoundFile: Sendable {
        /// Its path relative to the root.
        package var name: String
        package var status: FileStatus
        /// Whether the last part of the path is a link.
        package var isLink: Bool
    }

    /// Files found below a directory, and what could not be looked at.
    package struct Search: Sendable {
        /// In byte order of the components of their paths.
        package var files: [FoundFile] = []
        /// Directories that could not be read and files that could not be looked at.
        package var unreadable: [FileError] = []
    }

    /// All regular files below a directory, to a depth that no hand-made tree exceeds.
    ///
    /// The root itself may be a link. With `.follow`, links below it are followed too, but no
    /// directory twice, so that a loop ends.
    package static func walk(
        _ root: String, links: LinkPolicy = .refuse, maximumDepth: Int = 32
    ) -> Walk {
        var files: [String] = []
        var descent = Descent(links: links)
        descent.descend(root, "", maximumDepth) { _, _, name in files.append(name) }
        var walk = Walk()
        walk.files = files
        walk.unreadable = descent.unreadable
        return walk
    }

    /// The files that `walk` finds, links followed, of which the path relative to the root is
    /// wanted, each looked at once.
    package static func search(
        _ root: String, maximumDepth: Int = 32, where isWanted: (String) -> Bool
    ) -> Search {
        var search = Search()
        var descent = Descent(links: .follow)
        descent.descend(root, "", maximumDepth) { directory, entry, name in
            if isWanted(name) { search.look(at: entry, name, in: directory) }
        }
        search.unreadable += descent.unreadable
        return search
    }

    /// The regular files in one directory, links not followed, of which the name is wanted, each
    /// looked at once.
    package static func files(
        in path: String, where isWanted: (String) -> Bool
    ) throws(FileError) -> Search {
        let directory = try DirectoryStream(path)
        var search = Search()
        for entry in try directory.entries() where entry.kind == .regular && isWanted(entry.name) {
            search.look(at: entry, entry.name, in: directory)
        }
        return search
    }
}

extension DirectoryListing.Search {
    /// Adds a file, or the file that a link leads to, unless it is gone by now.
    fileprivate mutating func look(
        at entry: DirectoryEntry, _ name: String, in directory: borrowing DirectoryStream
    ) {
        let isLink = entry.kind == .symbolicLink
        do throws(FileError) {
            let status = try directory.status(of: entry.name, links: isLink ? .follow : .refuse)
            guard let status, status.kind == .regular else { return }
            files.append(
                DirectoryListing.FoundFile(name: name, status: status, isLink: isLink))
        } catch {
            unreadable.append(error)
        }
    }
}

/// One way down through directories.
private struct Descent {
    let links: LinkPolicy
    var unreadable: [FileError] = []
    private var visited: Set<Identity> = []

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    init(links: LinkPolicy) {
        self.links = links
    }

    /// Gives every regular file below a directory, with that which holds it.
    mutating func descend(
        _ path: String, _ prefix: String, _ depth: Int,
        give: (borrowing DirectoryStream, DirectoryEntry, _ name: String) -> Void
    ) {
        do throws(FileError) {
            let directory = try DirectoryStream(path)
            let status = try directory.status()
            let identity = Identity(device: status.device, inode: status.inode)
            guard visited.insert(identity).inserted else { return }
            for entry in try directory.entries() {
                let relative = prefix + entry.name
                switch try resolvedKind(entry, in: directory) {
                case .regular: give(directory, entry, relative)
                case .directory where depth > 0:
                    descend(path + "/" + entry.name, relative + "/", depth - 1, give: give)
                default: break
                }
            }
        } catch {
            unreadable.append(error)
        }
    }

    private func resolvedKind(
        _ entry: DirectoryEntry, in directory: borrowing DirectoryStream
    ) throws(FileError) -> FileStatus.Kind? {
        guard entry.kind == .symbolicLink, links == .follow else { return entry.kind }
        // A loop of links (ELOOP) leads nowhere: as good as missing.
        return (try? directory.status(of: entry.name, links: .follow))?.kind
    }
}
