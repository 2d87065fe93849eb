import Foundation

/// The logs that Claude Code and Codex leave in a sandbox: in its home, where the program looks for
/// them without any set-up, or where a fixture put them.
extension Sandbox {
    var home: URL { root.appending(path: "home") }

    /// The store of somebody who never made one.
    var sharedStore: URL { home.appending(path: ".local/share/llm-telemetry") }

    /// The store that a query uses here.
    var storeInUse: URL { exists("") ? store : sharedStore }

    /// Writes a file below the home, with its directories.
    func writeHome(_ text: String, to path: String) throws {
        let file = home.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func appendHome(_ text: String, to path: String) throws {
        let handle = try FileHandle(forWritingTo: home.appending(path: path))
        defer { handle.closeFile() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    func removeHome(_ path: String) throws {
        try FileManager.default.removeItem(at: home.appending(path: path))
    }

    /// Every log of an agent with its contents.
    func agentLogs() throws -> [String: Data] {
        try Dictionary(uniqueKeysWithValues: agentLogNames().map { ($0, try contents($0)) })
    }

    /// Every twin of an agent's log, by its path in the store.
    func capturedLogs() throws -> [String: Data] {
        let folder = storeInUse.appending(path: "history/captured")
        let names = FileManager.default.enumerator(atPath: folder.path())?.compactMap {
            $0 as? String
        }
        let logs = (names ?? []).filter { $0.hasSuffix(".jsonl") }
        return try Dictionary(
            uniqueKeysWithValues: logs.map {
                ($0, try Data(contentsOf: folder.appending(path: $0)))
            })
    }

    /// Makes every log of an agent look as if nobody had written to it for a week.
    func letAgentLogsRest() throws {
        let clock = ISO8601DateFormatter().date(from: now) ?? .now
        let past = min(clock, .now).addingTimeInterval(-7 * 86_400)
        for name in agentLogNames() {
            try FileManager.default.setAttributes(
                [.modificationDate: past], ofItemAtPath: root.appending(path: name).path())
        }
    }

    /// Deletes the logs as agents do: the folders stay.
    func removeAgentLogs() throws {
        for name in agentLogNames() {
            try FileManager.default.removeItem(at: root.appending(path: name))
        }
    }

    private func agentLogNames() -> [String] {
        let names = FileManager.default.enumerator(atPath: root.path())?.compactMap {
            $0 as? String
        }
        return (names ?? []).filter { name in
            name.contains(/^(claude-home|codex-home|home\/\.(claude|codex|config))\//)
                && name.contains(/\.jsonl(\.zst)?$/)
        }
    }

    private func contents(_ name: String) throws -> Data {
        try Data(contentsOf: root.appending(path: name))
    }
}
