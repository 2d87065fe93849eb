/// The tokens of one call, or of many added up.
public struct TokenCounts: Hashable, Sendable {
    /// Tokens read at the full price; excludes cached ones.
    public var input: Int64
    /// Tokens written by the model; includes reasoning.
    public var output: Int64
    /// Tokens read from the provider's prompt cache.
    public var cacheRead: Int64
    /// Tokens written to the provider's prompt cache, whatever their time to live.
    public var cacheWrite: Int64
    /// The part of `cacheWrite` kept for one hour (the rest is kept for five minutes).
    public var cacheWriteOneHour: Int64
    /// The part of `output` spent on reasoning.
    public var reasoning: Int64
    /// Tokens of calls that gave a total and no parts; counted in `total` only.
    public var unsplit: Int64

    /// Counts, each 0 unless given.
    public init(
        input: Int64 = 0, output: Int64 = 0, cacheRead: Int64 = 0, cacheWrite: Int64 = 0,
        cacheWriteOneHour: Int64 = 0, reasoning: Int64 = 0, unsplit: Int64 = 0
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.cacheWriteOneHour = cacheWriteOneHour
        self.reasoning = reasoning
        self.unsplit = unsplit
    }

    /// Input, output, cache reads and cache writes together; reasoning is inside the output.
    public var total: Int64 {
        request.saturating(plus: output).saturating(plus: unsplit)
    }

    /// Everything the model read: what decides the price tier of the whole request.
    public var request: Int64 { input.saturating(plus: cacheRead).saturating(plus: cacheWrite) }

    /// Adds every kind; stops at the largest number rather than trap or wrap, since a host program
    /// must survive any sum.
    public static func += (left: inout TokenCounts, right: TokenCounts) {
        left.input.addSaturating(right.input)
        left.output.addSaturating(right.output)
        left.cacheRead.addSaturating(right.cacheRead)
        left.cacheWrite.addSaturating(right.cacheWrite)
        left.cacheWriteOneHour.addSaturating(right.cacheWriteOneHour)
        left.reasoning.addSaturating(right.reasoning)
        left.unsplit.addSaturating(right.unsplit)
    }
}

extension Int64 {
    /// The sum, or the nearest number there is.
    @inlinable
    package func saturating(plus other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// Adds as `saturating(plus:)` does.
    @inlinable
    package mutating func addSaturating(_ other: Int64) {
        self = saturating(plus: other)
    }
}
