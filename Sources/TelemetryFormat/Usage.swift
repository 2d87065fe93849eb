/// Calls added up: the additive measures of a group of calls, without money that must be computed.
package struct Usage: Equatable, Sendable {
    package var calls: Int64 = 0
    package var failed: Int64 = 0
    package var tokens = TokenCounts()
    package var webSearches: Int64 = 0
    /// Calls whose log states a cost.
    package var recordedCalls: Int64 = 0
    /// The sum of the stated costs.
    package var recordedCost = Money.zero
    /// Calls that state a duration.
    package var timedCalls: Int64 = 0
    /// The sum of the stated durations, in milliseconds.
    package var durationMilliseconds: Int64 = 0
    /// Output tokens of the calls that state a duration, for rates.
    package var timedOutputTokens: Int64 = 0
    /// The earliest and latest call; nil while there is none.
    package var first: Timestamp?
    package var last: Timestamp?

    package init() {}

    /// One call as a summand. Nil is what the call does not state.
    package init(
        at timestamp: Timestamp, success: Bool, tokens: TokenCounts, webSearches: Int64?,
        cost: Money?, durationMilliseconds: Int64?
    ) {
        calls = 1
        failed = success ? 0 : 1
        self.tokens = tokens
        self.webSearches = webSearches ?? 0
        if let cost {
            recordedCalls = 1
            recordedCost = cost
        }
        if let durationMilliseconds {
            timedCalls = 1
            self.durationMilliseconds = durationMilliseconds
            timedOutputTokens = tokens.output
        }
        first = timestamp
        last = timestamp
    }

    package static func += (left: inout Usage, right: Usage) {
        left.calls.addSaturating(right.calls)
        left.failed.addSaturating(right.failed)
        left.tokens += right.tokens
        left.webSearches.addSaturating(right.webSearches)
        left.recordedCalls.addSaturating(right.recordedCalls)
        left.recordedCost += right.recordedCost
        left.timedCalls.addSaturating(right.timedCalls)
        left.durationMilliseconds.addSaturating(right.durationMilliseconds)
        left.timedOutputTokens.addSaturating(right.timedOutputTokens)
        if let first = right.first { left.first = min(left.first ?? first, first) }
        if let last = right.last { left.last = max(left.last ?? last, last) }
    }
}
