import TelemetryFiles
import TelemetryFormat

/// The transcripts of Claude Code: `**/*.jsonl` below each `projects` directory
/// (`docs/agent-logs.md`).
package struct ClaudeSource: LogSource {
    /// The `projects` directories.
    package let roots: [String]

    /// The transcripts below these directories, as `AgentRoots.claude` finds them.
    package init(roots: [String]) {
        self.roots = roots
    }

    package var kind: SourceKind { .claude }
    package var lineLimit: Int { RecordLimits.agentLineBytes }

    package func listFiles() -> LogListing {
        LogListing(below: roots) { $0.hasSuffix(".jsonl") }
    }

    /// Rule 3: a transcript is named after its session; those of its subagents lie in a directory
    /// named after it.
    package func session(ofName name: String) -> String {
        let parts = name.split(separator: "/")
        if let index = parts.dropFirst().firstIndex(of: "subagents") {
            return String(parts[index - 1])
        }
        let file = parts.last ?? ""
        return String(file.hasSuffix(".jsonl") ? file.dropLast(6) : file)
    }

    package func slimmed(_ line: Span<UInt8>) -> [UInt8]? {
        var scanner = ClaudeLineScanner()
        guard scanner.scan(line) == .call else { return nil }
        // What the scanner has taken is JSON.
        return try? KeptPaths.claude.slimmed(line)
    }

    package func daysUntilDeletion(below root: String) -> Int64? {
        ClaudeRetention.days(ofProjects: root)
    }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        ClaudeLineReader(fileSession: session(ofName: file.name), memory: memory)
    }
}
