import TelemetryFiles
import TelemetryFormat

/// The slim twins that a store holds of the logs of one source:
/// `history/captured/<source>/<root id>/<name of the log>`, all below the store.
///
/// The id of a root is the first 16 hexadecimal digits of the SHA-256 of its path, links resolved.
/// A twin speaks for its log while that is not there, and while it cannot be read for want of a
/// decompressor; else it is silent.
package struct CapturedLogs: Sendable {
    /// The twins of one root.
    private struct Twins: Sendable {
        var directory: String
        var names: Set<String> = []
        /// Why they cannot be listed; nil when they can.
        var trouble: String?
    }

    private let kind: SourceKind
    private var twins: [String: Twins] = [:]
    /// Asks whether a program is there.
    var isInstalled: @Sendable (String) -> Bool = { Subprocess.isInstalled($0) }
    /// What was being written when its writer died.
    let leftovers: [String]

    /// Looks which twins there are; of each only its name is looked at.
    package init(store: String, source: any LogSource) {
        kind = source.kind
        var leftovers: [String] = []
        for root in source.roots {
            let directory = Self.directory(store: store, kind: kind, root: root)
            var found = Twins(directory: directory)
            let walk = DirectoryListing.walk(directory)
            for name in walk.files {
                if name.hasSuffix(".jsonl") {
                    found.names.insert(name)
                } else if AtomicReplacement.isTemporaryName(FileTree.name(of: name)) {
                    leftovers.append(directory + "/" + name)
                }
            }
            // A root of which nothing was captured yet has no directory.
            found.trouble = walk.unreadable.first { !$0.isMissing }?.description
            twins[root] = found
        }
        self.leftovers = leftovers
    }

    /// Where the twins of a root are.
    static func directory(store: String, kind: SourceKind, root: String) -> String {
        let path = Array(FileTree.canonicalPathAsFarAsThere(root).utf8)
        let id = SHA256.hexadecimal(SHA256.hash(path.span)).prefix(16)
        return "\(store)/history/captured/\(kind.name)/\(id)"
    }

    /// Where the twin of a log is or belongs; nil for a name that would lead elsewhere.
    package func path(ofTwin file: LogFile) -> String? {
        guard let directory = twins[file.root]?.directory else { return nil }
        let components = file.name.split(separator: "/", omittingEmptySubsequences: false)
        let isInside = components.allSatisfy { !["", ".", ".."].contains($0) }
        return isInside && file.name.hasSuffix(".jsonl") ? directory + "/" + file.name : nil
    }

    /// Whether there is a twin of a log.
    package func holdsTwin(of file: LogFile) -> Bool {
        twins[file.root]?.names.contains(file.name) ?? false
    }

    /// How many twins there are of a root's logs.
    package func count(of root: String) -> Int { twins[root]?.names.count ?? 0 }

    // MARK: Speaking

    /// What a source found, completed by the twins that speak.
    package func completing(_ listing: LogListing) -> LogListing {
        // Where nothing was captured yet, nothing speaks.
        if twins.values.allSatisfy({ $0.names.isEmpty && $0.trouble == nil }) { return listing }
        var completed = listing
        let mute = twins.values.allSatisfy { $0.names.isEmpty } ? [] : unreadable(listing.files)
        completed.files.removeAll { mute.contains($0.path) }
        var present: [String: Set<String>] = [:]
        for file in completed.files { present[file.root, default: []].insert(file.name) }
        for (root, twins) in twins.sorted(by: { $0.key < $1.key }) {
            for name in twins.names.subtracting(present[root] ?? []).sorted() {
                add(name, root, twins, to: &completed)
            }
            if let trouble = twins.trouble {
                completed.unreachable.append(.init(path: root, reason: trouble))
            }
        }
        return completed
    }

    private func add(
        _ name: String, _ root: String, _ twins: Twins, to listing: inout LogListing
    ) {
        let path = twins.directory + "/" + name
        do throws(FileError) {
            guard let status = try FileStatus.of(path, links: .refuse), status.kind == .regular
            else { return }
            let log = root + "/" + name
            listing.files.append(
                LogFile(
                    root: root, name: name, path: path, representation: .captured, status: status))
            listing.unreachable.removeAll { $0.path == log || $0.path == log + ".zst" }
        } catch {
            listing.unreachable.append(.init(path: root + "/" + name, reason: error.description))
        }
    }

    /// Paths of the logs with a twin that only a missing decompressor could read.
    private func unreadable(_ files: [LogFile]) -> Set<String> {
        let compressed = files.filter { $0.representation == .zstandard && holdsTwin(of: $0) }
        if compressed.isEmpty || isInstalled("zstd") { return [] }
        return Set(compressed.map(\.path))
    }
}
