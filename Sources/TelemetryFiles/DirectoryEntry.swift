/// A name in a directory, and what it names.
package struct DirectoryEntry: Hashable, Sendable {
    package var name: String
    /// A link is told as a link, not as what it leads to.
    package var kind: FileStatus.Kind

    package init(name: String, kind: FileStatus.Kind) {
        self.name = name
        self.kind = kind
    }
}
