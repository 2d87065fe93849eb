import Foundation
import TelemetryFormat
import Testing

@testable import TelemetryPricing

@Suite struct PriceTableCostTests {
    let table = PriceTable()

    @Test func agreesWithClaudeCodeOnOpus46() throws {
        let tokens = TokenCounts(
            input: 23, output: 30_544, cacheRead: 1_381_344, cacheWrite: 115_033,
            cacheWriteOneHour: 115_033)
        #expect(try cost("claude-opus-4-6", tokens, at: "2026-03-20T12:00:00Z") == "2.604717")
    }

    @Test func chargesTheWholeRequestForLongContext() throws {
        let long = TokenCounts(input: 150_000, cacheRead: 150_000)
        #expect(try cost("claude-sonnet-4-5", long, at: "2026-01-10T00:00:00Z") == "0.99")
        let withOutput = TokenCounts(input: 150_000, output: 1_000, cacheRead: 150_000)
        #expect(try cost("claude-sonnet-4-5", withOutput, at: "2026-01-10T00:00:00Z") == "1.0125")
        let atThreshold = TokenCounts(input: 200_000)
        #expect(try cost("claude-sonnet-4-5", atThreshold, at: "2026-01-10T00:00:00Z") == "0.6")
        let justAbove = TokenCounts(input: 200_001)
        #expect(try cost("claude-sonnet-4-5", justAbove, at: "2026-01-10T00:00:00Z") == "1.200006")
    }

    @Test(arguments: [
        ("2026-03-01T00:00:00Z", "3"), ("2026-03-12T23:59:59Z", "3"),
        ("2026-03-13T00:00:00Z", "1.5"), ("2026-03-20T00:00:00Z", "1.5"),
    ])
    func dropsTheSurchargeOfOpus46WithItsStartDate(instant: String, dollars: String) throws {
        #expect(
            try cost("claude-opus-4-6", TokenCounts(input: 300_000), at: instant) == dollars)
    }

    @Test(arguments: [
        ("2026-11-20T00:29:59Z", "0.135"), ("2026-11-20T00:30:00Z", "0.27"),
        ("2026-11-20T16:29:59Z", "0.27"), ("2026-11-20T16:30:00Z", "0.135"),
    ])
    func changesPriceAtTheMinuteOfADailyWindow(instant: String, dollars: String) throws {
        #expect(try cost("deepseek-chat", TokenCounts(input: 1_000_000), at: instant) == dollars)
    }

    @Test func saysWhichModelsCannotBeAddedUpByTheHour() {
        #expect(!table.isAdditive(RateClass(model: "deepseek-chat")))
        #expect(table.isAdditive(RateClass(model: "deepseek-flash")))
        #expect(table.isAdditive(RateClass(model: "claude-opus-4-6")))
        #expect(table.isAdditive(RateClass(model: "gpt-9")))
    }

    @Test func multipliesTokensButNotSearchesForUnitedStatesInference() throws {
        let tokens = TokenCounts(input: 1_000_000)
        func dollars(_ model: String, _ region: String, _ provider: String? = nil) throws -> String?
        {
            try cost(
                model, tokens, webSearches: 1_000, provider: provider, region: region,
                at: "2026-11-20T00:00:00Z")
        }
        #expect(try dollars("claude-opus-4-6", "us") == "15.5")
        #expect(try dollars("claude-opus-5", "us") == "15.5")
        #expect(try dollars("claude-opus-4-6", "not_available") == "15")
        #expect(try dollars("claude-opus-4-5", "us") == "15")
        #expect(try dollars("claude-opus-4-6", "us", "vertex") == "15")
    }

    @Test func chargesForFastOnce() throws {
        let tokens = TokenCounts(output: 1_000_000)
        let now = "2026-11-20T00:00:00Z"
        #expect(try cost("claude-opus-4-8", tokens, at: now) == "25")
        #expect(try cost("claude-opus-4-8", tokens, speed: "standard", at: now) == "25")
        #expect(try cost("claude-opus-4-8", tokens, speed: "fast", at: now) == "50")
        #expect(try cost("claude-opus-4-8-fast", tokens, at: now) == "50")
        #expect(try cost("claude-opus-4-8-fast", tokens, speed: "fast", at: now) == "50")
    }

    @Test(arguments: [
        (nil, "10"), ("default", "10"), ("standard", "10"), ("flex", "5"), ("batch", "5"),
        ("priority", "20"), ("fast", "20"), ("Priority", "20"), ("unheard-of", "10"),
    ])
    func laysTheServiceTierOverTheOrdinaryPrice(tier: String?, dollars: String) throws {
        let tokens = TokenCounts(output: 1_000_000)
        #expect(try cost("gpt-5", tokens, serviceTier: tier, at: "2026-11-20T00:00:00Z") == dollars)
    }

    @Test func takesTheNewestOfSeveralVariantsForOneKindOfCall() throws {
        let tokens = TokenCounts(input: 1_000_000)
        func batch(_ instant: String) throws -> String? {
            try cost("gemini-3.6-flash", tokens, serviceTier: "batch", at: instant)
        }
        #expect(try batch("2026-10-13T00:00:00Z") == "0.75")
        #expect(try batch("2026-10-14T00:00:00Z") == "0.375")
        #expect(try batch("2027-01-01T00:00:00Z") == "0.75")
    }

    @Test func fallsBackAsDocumentedWhereAListIsSilent() throws {
        let now = "2026-11-20T00:00:00Z"
        let cached = TokenCounts(cacheRead: 1_000_000)
        #expect(try cost("gpt-4", cached, at: now) == "30", "a cache read costs what input costs")
        let written = TokenCounts(cacheWrite: 1_000_000)
        #expect(try cost("gpt-4", written, at: now) == "30", "so does a cache write")
        let hour = TokenCounts(cacheWrite: 1_000_000, cacheWriteOneHour: 1_000_000)
        #expect(try cost("gpt-4", hour, at: now) == "30", "for an hour too")
        #expect(try cost("claude-2", hour, at: now) == "16", "but for a Claude twice the input")
    }

    @Test func isSilentAboutWhatHasNoPriceForTokens() throws {
        let tokens = TokenCounts(input: 10)
        #expect(try cost("whisper-1", tokens, at: "2026-11-20T00:00:00Z") == nil)
        #expect(try cost("gpt-9", tokens, at: "2026-11-20T00:00:00Z") == nil)
        let free = try cost("google/gemma-3-27b-it:free", tokens, at: "2026-11-20T00:00:00Z")
        #expect(free == "0")
        let onlyTotal = RateClass(model: "claude-opus-4-6", hasOnlyTotal: true)
        #expect(table.cost(of: Usage(), onlyTotal, hour: 0) == nil)
        #expect(table.cost(of: Usage(), RateClass(model: nil), hour: 0) == nil)
    }

    // MARK: The independent computation

    @Test func agreesExactlyWithTheIndependentComputation() throws {
        let cases = try ExpectedCost.all()
        #expect(cases.count >= 600)
        for expected in cases {
            let exact = table.cost(
                ofCall: expected.tokens, webSearches: expected.webSearches, expected.rateClass,
                at: expected.instant)
            #expect(exact == expected.cost, "\(expected)")
            guard table.isAdditive(expected.rateClass) else { continue }
            let added = table.cost(
                of: expected.usage, expected.rateClass, hour: expected.instant.hour)
            #expect(added == expected.cost, "by the hour: \(expected)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func costsAddUpWithinARateClassAndHour(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for expected in try ExpectedCost.all() where expected.cost != nil {
            guard table.isAdditive(expected.rateClass), random.next() % 4 == 0 else { continue }
            let hour = expected.instant.hour
            var sum = Usage()
            var costs = Money.zero
            for _ in 0..<5 {
                let usage = Usage(random: &random, ofSize: expected.rateClass.size)
                sum += usage
                costs += try #require(table.cost(of: usage, expected.rateClass, hour: hour))
            }
            #expect(table.cost(of: sum, expected.rateClass, hour: hour) == costs, "seed \(seed)")
        }
    }

    private func cost(
        _ model: String, _ tokens: TokenCounts, webSearches: Int64 = 0, provider: String? = nil,
        speed: String? = nil, serviceTier: String? = nil, region: String? = nil, at instant: String
    ) throws -> String? {
        let rateClass = RateClass(
            model: model, provider: provider, size: RequestSize.bucket(tokens.request),
            speed: speed,
            serviceTier: serviceTier, region: region)
        return table.cost(
            ofCall: tokens, webSearches: webSearches, rateClass,
            at: try #require(Timestamp(iso8601: instant))
        )?.jsonNumber
    }
}
