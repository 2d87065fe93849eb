import TelemetryFormat
import Testing

@testable import TelemetryPricing

@Suite struct PricingExplanationTests {
    let table = PriceTable()

    @Test func tellsTheRowTheReasonAndTheRates() throws {
        let before = try explain("claude-opus-4-6", "2026-03-12T00:00:00Z")
        #expect(before.price?.row.id == "claude-opus-4-6" && before.price?.reason == .id)
        #expect(before.current == 0)
        let after = try explain("claude-opus-4-6", "2026-03-13T00:00:00Z")
        #expect(after.current == 1)
        #expect(after.rates?.input == Money(units: 50_000_000))
        #expect(after.currentVariants == [], "batch has no price of its own yet")
        #expect(after.notes == ["region us: token prices times 1.1"])
        let now = try explain("claude-opus-4-6", "2026-11-20T00:00:00Z")
        #expect(now.currentVariants == [0])
    }

    @Test func tellsWhatAppliesWhereTheRowIsSilent() throws {
        let now = "2026-11-20T00:00:00Z"
        #expect(
            try explain("gpt-4", now).notes == [
                "cache reads cost what input costs", "cache writes cost what input costs",
            ])
        #expect(
            try explain("claude-opus-4-8-fast", now).notes == [
                "the id ends in -fast: the fast price applies", "region us: token prices times 1.1",
            ])
        #expect(try explain("whisper-1", now).notes == ["no price for tokens: calls are unpriced"])
        #expect(try explain("gemma-3", now).notes == ["this model is free"])
        #expect(
            try explain("deepseek-chat", now).notes == [
                "cache writes cost what input costs", "priced call by call, not by the hour",
            ])
    }

    @Test func saysThatAModelIsUnpriced() throws {
        let explanation = try explain("gpt-9", "2026-11-20T00:00:00Z")
        #expect(explanation.price == nil && explanation.rates == nil && explanation.current == nil)
    }

    @Test func listsTheRowsOfAProvider() {
        let rows = PriceTable.rows(provider: "Bedrock")
        #expect(rows.count >= 118 && rows.allSatisfy { $0.provider == "aws" })
        #expect(PriceTable.rows(provider: "google").contains { $0.id == "claude-opus-4-6" })
        #expect(PriceTable.rows(provider: "nobody").isEmpty)
    }

    private func explain(_ model: String, _ instant: String) throws -> PricingExplanation {
        table.explain(model: model, at: try #require(Timestamp(iso8601: instant)))
    }
}
