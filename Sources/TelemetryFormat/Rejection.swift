/// Why a complete line is not taken in. The raw values appear in reports.
package enum Rejection: String, Error, CaseIterable, Sendable {
    case notJSON = "not-json"
    case notAnObject = "not-an-object"
    case tooDeep = "too-deep"
    case tooLong = "too-long"
    case invalidUTF8 = "invalid-utf8"
    case duplicateKey = "duplicate-key"
    case noTimestamp = "no-timestamp"
    case badTimestamp = "bad-timestamp"
    case noCall = "no-call"
    case badTokens = "bad-tokens"
    case badCost = "bad-cost"
    case badDuration = "bad-duration"
    case badValue = "bad-value"
}

/// Bounds on what one line may hold, each with its reason.
package enum RecordLimits {
    /// Nesting beyond this is no record anybody writes, and recursion must end somewhere.
    package static let depth = 64
    /// A longer line is skipped without being held in memory.
    package static let lineBytes = 16 << 20
    /// The same for an agent's log, where no line with a call comes near it and lines with pasted
    /// pictures pass it.
    package static let agentLineBytes = 8 << 20
    /// The writer's bound on a record; texts beyond it are replaced by length and hash.
    package static let recordBytes = 1 << 20
    /// The writer's bound on a stored prompt or response.
    package static let textBytes = 16 << 20
    /// A line that holds such a text: escapes double it at most, or it is replaced too.
    package static let textLineBytes = 2 * textBytes + recordBytes
    /// The largest token count: every JSON reader holds it exactly.
    package static let tokens: Int64 = 1 << 53
    /// The largest cost of one call in dollars: ten times any price list's dearest full context,
    /// and its 10⁻¹³ dollar units still fit 64 bits.
    package static let costDollars: Int64 = 100_000
    /// The longest call: a little over eleven days.
    package static let durationMilliseconds: Int64 = 1_000_000_000
}
