import Foundation
import TelemetryFormat
import Testing

@testable import TelemetryPricing

/// A call of `fixtures/pricing/expected.jsonl` and what it costs.
struct ExpectedCost {
    var rateClass: RateClass
    var instant: Timestamp
    var tokens: TokenCounts
    var webSearches: Int64
    var cost: Money?

    /// The call as one that was added up.
    var usage: Usage {
        var usage = Usage()
        usage.calls = 1
        usage.tokens = tokens
        usage.webSearches = webSearches
        return usage
    }

    static func all() throws -> [ExpectedCost] {
        try repositoryFile("fixtures/pricing/expected.jsonl")
            .split(separator: UInt8(ascii: "\n"))
            .map { line in
                let bytes = Array(line)
                return try ExpectedCost(JSONValue(parsing: bytes.span))
            }
    }

    private init(_ value: JSONValue) throws {
        func count(_ key: String) -> Int64 { value[key]?.int ?? 0 }
        tokens = TokenCounts(
            input: count("input"), output: count("output"), cacheRead: count("cache_read"),
            cacheWrite: count("cache_write"), cacheWriteOneHour: count("cache_write_1h"),
            reasoning: count("reasoning"))
        webSearches = count("web_searches")
        rateClass = RateClass(
            model: value["model"]?.string, provider: value["provider"]?.string,
            size: RequestSize.bucket(tokens.request), speed: value["speed"]?.string,
            serviceTier: value["service_tier"]?.string, region: value["region"]?.string)
        instant = try #require(Timestamp(iso8601: value["at"]?.string ?? ""))
        cost = value["cost"]?.string.flatMap { Money(decimalText: $0) }
    }
}

/// The bytes of a file, by its path from the top of the repository.
func repositoryFile(_ path: String) throws -> [UInt8] {
    var top = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { top.deleteLastPathComponent() }
    return try Array(Data(contentsOf: top.appendingPathComponent(path)))
}

/// A small random generator that repeats itself for a seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Usage {
    /// A few calls with any token counts; their size only matters to the rate class.
    init(random: inout SplitMix, ofSize size: Int) {
        self.init()
        let write = Int64.random(in: 0...1_000_000, using: &random)
        let output = Int64.random(in: 0...1_000_000, using: &random)
        calls = Int64.random(in: 1...9, using: &random)
        webSearches = Int64.random(in: 0...9, using: &random)
        tokens = TokenCounts(
            input: Int64.random(in: 0...1_000_000, using: &random), output: output,
            cacheRead: Int64.random(in: 0...1_000_000, using: &random), cacheWrite: write,
            cacheWriteOneHour: Int64.random(in: 0...write, using: &random),
            reasoning: Int64.random(in: 0...output, using: &random))
    }
}
