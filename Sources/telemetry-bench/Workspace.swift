import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// A private directory that goes when the benchmark ends.
final class Workspace: Sendable {
    let path: String

    /// Makes the directory where temporary files belong.
    init() throws(BenchmarkError) {
        let parent = ProcessEnvironment.snapshot()["TMPDIR"] ?? "/tmp"
        let path = parent + "/telemetry-bench-" + Hexadecimal.text(RandomBytes.make(8))
        try withFiles { () throws(FileError) in try FileTree.createDirectory(path) }
        self.path = path
    }

    deinit {
        // A leftover among temporary files harms nobody.
        try? FileTree.removeTree(path)
    }

    /// The path of a name in the directory.
    func path(_ name: String) -> String { path + "/" + name }

    /// Settings of a store of this name; nothing is taken from the environment.
    func settings(store name: String) -> StoreSettings {
        var settings = StoreSettings()
        settings.directory = path(name)
        settings.maximumBytes = 0
        settings.userID = "bench"
        return settings
    }
}

extension Call {
    /// A call with what a usual one says.
    static let sample: Call = {
        var call = Call()
        call.requestID = "req_011CSHoEeqs5C35K2UUqR7Fy"
        call.agentName = "doc-finder"
        call.operation = "search"
        call.model = "claude-sonnet-4-5-20250929"
        call.sessionID = "0199a213-81c0-7800-8aa1-bbab2a035a53"
        call.durationMilliseconds = 1234
        call.tokens = TokenCounts(input: 500, output: 200, cacheRead: 12_000, cacheWrite: 300)
        call.project = "spacewalker"
        call.gitBranch = "main"
        return call
    }()
}
