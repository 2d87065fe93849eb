package import TelemetryFormat

/// A line of a rollout that states tokens, with what the lines before it say about it.
package struct RolloutEvent: Equatable, Sendable {
    /// What a line states.
    package enum Statement: Equatable, Sendable {
        /// `token_count`: the thread's cumulative total, and what the last request added to it.
        case tokenCount(total: RolloutUsage?, last: RolloutUsage?)
        /// `turn.completed` or `result` of `codex exec --json`: what a turn took.
        case turn(RolloutUsage)
        /// `token_usage_record`: what the response of this id took, and the thread's total after
        /// it. Of the id only a hash is kept.
        case response(id: UInt64, usage: RolloutUsage, thread: RolloutUsage?)
    }

    /// Offset of the line.
    package var offset: Int64
    package var timestamp: Timestamp
    package var statement: Statement
    /// Index of the model in `RolloutLog.models`; nil = no line before named one.
    package var model: Int?
    /// The tier that the thread's settings name; nil = none did so far.
    package var tier: RolloutTier?
}

extension RolloutEvent.Statement {
    /// The thread's cumulative total after it, where it is stated.
    var total: RolloutUsage? {
        switch self {
        case .tokenCount(let total, _): total
        case .response(_, _, let thread): thread
        case .turn: nil
        }
    }

    /// The hash of the response's id, where there is one.
    var responseID: UInt64? {
        if case .response(let id, _, _) = self { id } else { nil }
    }
}
