import TelemetryFormat
import TelemetryIndex

/// Calls made up of few values, so that groups have several calls and every kind of price occurs.
struct RandomCalls {
    private var generator: SplitMix

    init(seed: UInt64) {
        generator = SplitMix(state: seed)
    }

    /// So many calls of a few days at the end of October 2026.
    mutating func make(_ count: Int) -> [TestCall] {
        (0..<count).map { _ in call() }
    }

    private mutating func call() -> TestCall {
        let start = Timestamp(iso8601: "2026-10-29T00:00:00Z")!.milliseconds
        let instant = Timestamp(milliseconds: start + pick(0..<6 * 86_400_000))
        var call = TestCall(at: instant.iso8601)
        call.model = oneOf([
            "claude-sonnet-4-5", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "gpt-4o",
            "deepseek-chat", "unheard-of-1", nil,
        ])
        call.source = oneOf(SourceKind.allCases)
        call.project = oneOf([nil, "apollo", "gemini"])
        call.agent = oneOf([nil, "finder", "writer", "reviewer"])
        call.operation = oneOf([nil, "search", "edit"])
        call.user = oneOf(["ann", "bob"])
        call.session = oneOf([nil, "s1", "s2", "s3"])
        call.duration = oneOf([nil, pick(0..<9_000)])
        call.succeeded = pick(0..<5) > 0
        call.isKept = pick(0..<10) > 0
        call.cost = oneOf([nil, nil, .zero, Money(units: Int128(pick(0..<1_000_000_000)))])
        call.webSearches = pick(0..<3)
        call.tokens = tokens()
        return call
    }

    private mutating func tokens() -> TokenCounts {
        if pick(0..<10) == 0 { return TokenCounts(unsplit: pick(1..<1_000)) }
        let written = pick(0..<5_000)
        return TokenCounts(
            input: pick(0..<150_000), output: written, cacheRead: pick(0..<150_000),
            cacheWrite: pick(1_000..<2_000), cacheWriteOneHour: pick(0..<1_000),
            reasoning: written / 2)
    }

    private mutating func pick(_ range: Range<Int64>) -> Int64 {
        Int64.random(in: range, using: &generator)
    }

    private mutating func oneOf<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &generator)]
    }
}

/// Sebastiano Vigna's generator: the same numbers from the same seed, everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
