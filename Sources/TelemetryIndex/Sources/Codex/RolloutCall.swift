package import TelemetryFormat

/// A call that a rollout tells of.
package struct RolloutCall: Equatable, Sendable {
    /// Offset of the line that states it.
    package var offset: Int64
    package var timestamp: Timestamp
    /// The model as logged; nil = the log names none.
    package var model: String?
    package var tokens: TokenCounts
    /// `standard`, `fast` or `flex`; nil = nothing says.
    package var serviceTier: String?
    /// Hash of what identifies the call in every copy of its session; never 0.
    package var key: UInt64
    /// Whether it is the compaction of a thread's history.
    package var isCompaction: Bool

    /// How many of model and tier are stated: of copies of a session, the one that says more about
    /// a call tells of it.
    package var details: Int64 { (model == nil ? 0 : 1) + (serviceTier == nil ? 0 : 1) }

    /// Whether only the sum of its tokens is known, which no price applies to.
    package var hasOnlyTotal: Bool { tokens.unsplit > 0 }
}
