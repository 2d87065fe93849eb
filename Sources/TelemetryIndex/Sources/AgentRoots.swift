import TelemetryFiles

/// Where the agents keep their logs: the directories that their own variables name, else those
/// that they use by default (`docs/agent-logs.md`).
package struct AgentRoots {
    private let environment: [String: String]
    private let realPath: (String) -> String?

    /// What these variables say; `realPath` answers with the path of an existing directory without
    /// links and dots, else nil.
    package init(
        _ environment: [String: String],
        realPath: @escaping (String) -> String? = Self.existingDirectory
    ) {
        self.environment = environment
        self.realPath = realPath
    }

    /// The `projects` directories of Claude Code: those that `CLAUDE_CONFIG_DIR` names, else the
    /// default ones; whether they are there or not, since slim twins speak for what was there.
    package static func claude(environment: [String: String]) -> [String] {
        AgentRoots(environment).claude
    }

    /// The home directories of Codex: those that `CODEX_HOME` names, else the default one; whether
    /// they are there or not.
    package static func codex(environment: [String: String]) -> [String] {
        AgentRoots(environment).codex
    }

    /// The sources whose directories the environment names, so that they should be there.
    package static func named(environment: [String: String]) -> Set<SourceKind> {
        let roots = AgentRoots(environment)
        var kinds: Set<SourceKind> = []
        if !roots.paths(in: "CLAUDE_CONFIG_DIR").isEmpty { kinds.insert(.claude) }
        if !roots.paths(in: "CODEX_HOME").isEmpty { kinds.insert(.codex) }
        return kinds
    }

    /// The path of a directory without links and dots; nil when there is no such directory.
    package static func existingDirectory(_ path: String) -> String? {
        // Whatever keeps a directory from being looked at, to an answer it is not there.
        guard let status = try? FileStatus.of(path), status.kind == .directory else { return nil }
        return try? FileTree.canonicalPath(path)
    }

    // MARK: Agents

    var claude: [String] {
        let named = paths(in: "CLAUDE_CONFIG_DIR")
        if !named.isEmpty { return distinct(named.map(projects)) }
        let defaults = [configurationHome.map { $0 + "/claude" }, home.map { $0 + "/.claude" }]
        return distinct(defaults.compactMap { $0 }.map { resolved($0 + "/projects") })
    }

    var codex: [String] {
        let named = paths(in: "CODEX_HOME")
        if !named.isEmpty { return distinct(named.map(resolved)) }
        return home.map { [resolved($0 + "/.codex")] } ?? []
    }

    /// The `projects` directory that an entry means: it names the directory itself or its parent.
    private func projects(_ entry: String) -> String {
        let inside = entry == "/" ? "/projects" : entry + "/projects"
        let isItself = FileTree.name(of: entry) == "projects" && realPath(inside) == nil
        return resolved(isItself ? entry : inside)
    }

    /// The path without links as far as it leads through directories that are there, so that a
    /// directory keeps its path when it goes.
    private func resolved(_ path: String) -> String {
        if let real = realPath(path) { return real }
        let parent = FileTree.parent(of: path)
        guard path.hasPrefix("/"), parent != path else { return path }
        let start = resolved(parent)
        return (start == "/" ? "" : start) + "/" + FileTree.name(of: path)
    }

    // MARK: Variables

    private var home: String? { variable("HOME") }

    /// `XDG_CONFIG_HOME`, which counts only when it is absolute, else `~/.config`.
    private var configurationHome: String? {
        if let path = variable("XDG_CONFIG_HOME"), path.hasPrefix("/") { return path }
        return home.map { $0 + "/.config" }
    }

    private func variable(_ name: String) -> String? {
        guard let value = environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// The entries of a comma list, `~` expanded and closing slashes dropped.
    private func paths(in name: String) -> [String] {
        (variable(name) ?? "").split(separator: ",").compactMap { entry in
            var path = Self.trimmed(entry)
            if path == "~" || path.hasPrefix("~/"), let home { path = home + path.dropFirst() }
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            return path.isEmpty ? nil : path
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    private func distinct(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }
}
