import Testing

@testable import TelemetryCLI

@Suite struct SuggestionTests {
    private let names = ["stats", "costs", "models", "patterns", "performance", "cache-sync"]

    @Test(arguments: [
        ("stat", "stats"), ("sttas", "stats"), ("COSTS", "costs"), ("perf", "performance"),
        ("patern", "patterns"), ("cachesync", "cache-sync"), ("model", "models"),
    ]) func findsTheNearestName(_ typed: String, _ name: String) {
        #expect(Suggestion.nearest(to: typed, among: names) == name)
    }

    @Test(arguments: ["", "zzzzzz", "x", "--", "quarterly-everything"])
    func suggestsNothingWhenNothingIsNear(_ typed: String) {
        #expect(Suggestion.nearest(to: typed, among: names) == nil)
    }

    @Test func aHugeWordIsNoTrouble() {
        #expect(
            Suggestion.nearest(to: String(repeating: "ab", count: 100_000), among: names) == nil)
    }
}
