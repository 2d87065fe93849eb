package import TelemetryFormat

/// Turns the lines of one log into rows.
package protocol LineInterpreter {
    /// Judges a line, which the batch knows the place of; its calls are appended to the batch.
    mutating func interpret(
        _ line: Span<UInt8>, _ batch: inout CallBatch, _ dictionary: inout CallDictionary
    ) -> LineOutcome

    /// What the lines so far say about the log itself.
    var facts: LogFacts { get }

    /// What has to be remembered to read on later; empty = nothing.
    var memory: [UInt8] { get }
}

extension LineInterpreter {
    package var facts: LogFacts { LogFacts() }

    package var memory: [UInt8] { [] }
}

/// What a log says about itself; nil = not stated.
package struct LogFacts: Sendable {
    /// Whether they are of the whole log rather than of the lines that were read last.
    package var areOfAll: Bool
    /// This and what follows as first stated.
    package var session: String?
    /// The session that this one was forked from.
    package var parentSession: String?
    /// The session that spawned this one.
    package var spawnerSession: String?
    /// The working directory, whole.
    package var projectPath: String?
    /// This and what follows as last stated.
    package var model: String?
    /// Tokens of the session so far.
    package var totalTokens: Int64?
    /// Settings so far of a service tier that this program does not know.
    package var unknownTiers: Int64

    package init(
        areOfAll: Bool = false, session: String? = nil, parentSession: String? = nil,
        spawnerSession: String? = nil, projectPath: String? = nil, model: String? = nil,
        totalTokens: Int64? = nil, unknownTiers: Int64 = 0
    ) {
        self.areOfAll = areOfAll
        self.session = session
        self.parentSession = parentSession
        self.spawnerSession = spawnerSession
        self.projectPath = projectPath
        self.model = model
        self.totalTokens = totalTokens
        self.unknownTiers = unknownTiers
    }
}
