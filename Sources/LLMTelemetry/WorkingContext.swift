import TelemetryFormat
import TelemetryFiles

/// Where the program works: the project and git branch of calls that name none, found by reading a
/// few small files rather than by running git.
package struct WorkingContext: Equatable, Sendable {
    /// The name of the working directory.
    package var project: String?
    /// The branch that is checked out; nil outside a repository and on a detached head.
    package var gitBranch: String?

    /// What is known of nowhere.
    package init(project: String? = nil, gitBranch: String? = nil) {
        self.project = project
        self.gitBranch = gitBranch
    }

    /// Looks around in a directory.
    package init(directory: String) {
        let name = FileTree.name(of: directory)
        project = name.isEmpty || name == "/" || name == "." ? nil : name
        gitBranch = Self.branch(directory)
    }

    /// Deeper than any repository lies.
    private static let maximumDepth = 64

    private static func branch(_ directory: String) -> String? {
        var place = directory
        for _ in 0..<maximumDepth {
            if let git = gitDirectory(in: place) { return head(of: git) }
            let parent = FileTree.parent(of: place)
            if parent == place || parent == "." { return nil }
            place = parent
        }
        return nil
    }

    /// The git directory of a work tree: `.git` itself, or in a linked work tree or submodule what
    /// the file `.git` names (gitrepository-layout(5)).
    private static func gitDirectory(in directory: String) -> String? {
        let path = directory + "/.git"
        // Whatever cannot be looked at is as good as no repository: the branch stays unknown.
        guard let status = try? FileStatus.of(path) else { return nil }
        if status.kind == .directory { return path }
        guard let text = firstLine(of: path), text.hasPrefix("gitdir: ") else { return nil }
        let target = String(text.dropFirst("gitdir: ".count))
        return target.hasPrefix("/") ? target : directory + "/" + target
    }

    private static func head(of gitDirectory: String) -> String? {
        let prefix = "ref: refs/heads/"
        guard let text = firstLine(of: gitDirectory + "/HEAD"), text.hasPrefix(prefix) else {
            return nil
        }
        return String(text.dropFirst(prefix.count))
    }

    private static func firstLine(of path: String) -> String? {
        // An unreadable or oversized file names no branch.
        guard let bytes = try? FileContents.read(path, maximumBytes: 1 << 16) else { return nil }
        let line = bytes.prefix { $0 != newline && $0 != UInt8(ascii: "\r") }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
