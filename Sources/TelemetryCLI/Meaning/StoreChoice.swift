import TelemetryFormat

/// Which store a command works on, and which sources count when none are named.
struct StoreChoice: Equatable, Sendable {
    /// From the root on.
    var directory: String
    /// As the user would write it.
    var shown: String
    var defaultSources: [String]
    /// Whether it is there.
    var exists: Bool

    /// The store's usual place under the working directory.
    static let localName = ".llm-telemetry"

    /// The store for a command that reads. An explicitly named store must exist.
    static func forReading(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> StoreChoice {
        if let named = try named(invocation, context) {
            if named.exists { return named }
            throw .failed("telemetry directory not found: \(named.shown)")
        }
        let local = try choice(localName, context)
        if local.exists { return local }
        return try shared(context)
    }

    /// The store for a command that writes, which makes it where it is missing.
    static func forWriting(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> StoreChoice {
        if let named = try named(invocation, context) { return named }
        return try choice(localName, context)
    }

    private static func named(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> StoreChoice? {
        if let path = invocation.value("dir") {
            if path.isEmpty { throw .usage("--dir needs a path") }
            return try choice(path, context)
        }
        guard let path = context.variable("LLM_TELEMETRY_DIR") else { return nil }
        return try choice(path, context)
    }

    private static func choice(
        _ path: String, _ context: ProgramContext
    ) throws(CommandFailure) -> StoreChoice {
        let directory = try context.absolute(path)
        return StoreChoice(
            directory: directory, shown: path, defaultSources: ["telemetry"],
            exists: context.files.isDirectory(directory))
    }

    /// The user's own store, for the logs of agents on a machine without any set-up.
    private static func shared(_ context: ProgramContext) throws(CommandFailure) -> StoreChoice {
        var root = "~/.local/share"
        // The XDG specification says to ignore a relative path.
        if let path = context.variable("XDG_DATA_HOME"), path.hasPrefix("/") { root = path }
        var choice = try choice(root + "/llm-telemetry", context)
        choice.defaultSources = ["claude", "codex"]
        return choice
    }
}
