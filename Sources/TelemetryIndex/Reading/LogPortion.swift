import TelemetryFormat

/// What was read of one log since its portion before: rows and verdicts on their way from a reader
/// to the cache.
struct LogPortion: Sendable {
    /// How the reading of a log ended.
    enum End: Sendable {
        case whole(LogEnding)
        case failure(IndexError)
    }

    /// A line that was refused.
    struct RefusedLine: Sendable {
        var reason: Rejection
        /// Counted from 1.
        var number: Int64
    }

    /// Which reader it comes from: its rows' numbers are those of that reader's dictionary.
    var reader: Int
    /// Position of the log in its plan.
    var step: Int
    var batch = CallBatch()
    var names = CallDictionary.Names()
    /// Up to and with the last line read; row ids and texts' ids are the cache's to fill in.
    var checkpoint: Checkpoint
    var lines = CacheSyncSummary.Lines()
    var callLines: Int64 = 0
    var refused: [RefusedLine] = []
    /// Nil while more is to come.
    var end: End?
}

/// What is known of a log once its last line is read.
struct LogEnding: Sendable {
    var facts: LogFacts
    /// What the next reader of the log has to know; empty = nothing.
    var memory: [UInt8]
}
