package import TelemetryFormat

/// Takes in the lines of a rollout. They become no rows of their own: what they mean is decided
/// over the whole log and its parent's (`RolloutLog.calls`).
package struct RolloutReader: LineInterpreter {
    private var log: RolloutLog
    /// The session that the log is of when it states none.
    private let session: String

    /// A reader that goes on from a log as it was, whose name stands for this session.
    package init(_ log: RolloutLog, session: String) {
        self.log = log
        self.session = session
    }

    package mutating func interpret(
        _ line: Span<UInt8>, _ batch: inout CallBatch, _ dictionary: inout CallDictionary
    ) -> LineOutcome {
        log.take(line, at: batch.lineOffset)
    }

    package var facts: LogFacts {
        LogFacts(
            areOfAll: true, session: log.sessionID ?? session, parentSession: log.parentID,
            spawnerSession: log.spawnerID, projectPath: log.projectPath, model: log.latestModel,
            totalTokens: log.latestTotal, unknownTiers: Int64(log.unknownTiers))
    }

    package var memory: [UInt8] { log.packed }
}
