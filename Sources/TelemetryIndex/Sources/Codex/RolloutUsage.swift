package import TelemetryFormat

/// The token counts of a usage object of Codex as they stand there; nil = not stated.
///
/// `cached` and `cacheWrite` are inside `input`, `reasoning` is inside `output` (rule 13).
package struct RolloutUsage: Hashable, Sendable {
    package var input: Int64?
    package var cached: Int64?
    package var cacheWrite: Int64?
    package var output: Int64?
    package var reasoning: Int64?
    package var total: Int64?

    /// Counts, each not stated unless given.
    package init(
        input: Int64? = nil, cached: Int64? = nil, cacheWrite: Int64? = nil, output: Int64? = nil,
        reasoning: Int64? = nil, total: Int64? = nil
    ) {
        self.input = input
        self.cached = cached
        self.cacheWrite = cacheWrite
        self.output = output
        self.reasoning = reasoning
        self.total = total
    }

    /// What every cumulative total begins with.
    static let zero = RolloutUsage(
        input: 0, cached: 0, cacheWrite: 0, output: 0, reasoning: 0, total: 0)

    /// Counts in the order in which `counts` gives them.
    init(counts: [Int64?]) {
        self.init(
            input: counts[0], cached: counts[1], cacheWrite: counts[2], output: counts[3],
            reasoning: counts[4], total: counts[5])
    }

    /// All counts in the order of their declaration, for whoever treats them alike.
    var counts: [Int64?] { [input, cached, cacheWrite, output, reasoning, total] }

    /// Whether more is known than a total.
    var hasParts: Bool { input ?? cached ?? cacheWrite ?? output ?? reasoning != nil }

    /// Input and output together. Codex states totals without parts and, seldom, parts with a total
    /// of 0.
    var size: Int64 { max(total ?? 0, (input ?? 0).saturating(plus: output ?? 0)) }

    /// The same whoever wrote it: what is not stated is 0, and the total what its parts add up to.
    /// Where only a total is stated, nothing is known of parts.
    var normal: RolloutUsage {
        guard hasParts else { return RolloutUsage(total: size) }
        return RolloutUsage(
            input: input ?? 0, cached: cached ?? 0, cacheWrite: cacheWrite ?? 0,
            output: output ?? 0, reasoning: reasoning ?? 0, total: size)
    }

    /// Whether no count above 0 is stated.
    var isZero: Bool { counts.allSatisfy { $0 ?? 0 == 0 } }

    /// Rule 13: what is billed. Tokens of which only the total is known stay unsplit.
    package var tokens: TokenCounts {
        guard hasParts else { return TokenCounts(unsplit: total ?? 0) }
        let input = input ?? 0
        let cached = min(cached ?? 0, input)
        let cacheWrite = min(cacheWrite ?? 0, input - cached)
        let output = output ?? reasoning ?? 0
        return TokenCounts(
            input: input - cached - cacheWrite, output: output, cacheRead: cached,
            cacheWrite: cacheWrite, reasoning: min(reasoning ?? 0, output))
    }
}

extension RolloutUsage {
    /// Whether two totals agree in everything that both of them state.
    func saysTheSame(as other: RolloutUsage) -> Bool {
        size == other.size
            && zip(counts, other.counts).dropLast().allSatisfy { own, others in
                own == nil || others == nil || own == others
            }
    }

    /// Rule 12: whether this is no total that an earlier one can have grown to: as a whole, or in
    /// something that both of them state, it is less.
    func hasFallen(below earlier: RolloutUsage) -> Bool {
        size < earlier.size
            || zip(counts, earlier.counts).dropLast().contains { own, earlier in
                if let own, let earlier { own < earlier } else { false }
            }
    }

    /// The total after so much more.
    static func + (total: RolloutUsage, more: RolloutUsage) -> RolloutUsage {
        combine(total, more, size: total.size.saturating(plus: more.size)) {
            $0.saturating(plus: $1)
        }
    }

    /// What a total has more than an earlier one.
    static func - (total: RolloutUsage, earlier: RolloutUsage) -> RolloutUsage {
        combine(total, earlier, size: max(total.size - earlier.size, 0)) { max($0 - $1, 0) }
    }

    /// Combines count by count; of two usages one of which has no parts only the size is known.
    private static func combine(
        _ left: RolloutUsage, _ right: RolloutUsage, size: Int64,
        _ operation: (Int64, Int64) -> Int64
    ) -> RolloutUsage {
        guard left.hasParts, right.hasParts else { return RolloutUsage(total: size) }
        var usage = RolloutUsage(
            counts: zip(left.counts, right.counts).map { left, right in
                left == nil && right == nil ? nil : operation(left ?? 0, right ?? 0)
            })
        usage.total = size
        return usage
    }
}
