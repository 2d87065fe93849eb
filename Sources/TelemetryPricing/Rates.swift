package import TelemetryFormat

/// What one call pays: the price list at one instant, for one size, speed, tier and region, with
/// every fallback applied. Money per single token, search or call, so cost is a plain sum of
/// products and the cost of added-up calls is the sum of their costs.
package struct Rates: Equatable, Sendable {
    package var input = Money.zero
    package var output = Money.zero
    /// For the part of the output that is reasoning.
    package var reasoning = Money.zero
    package var cacheRead = Money.zero
    /// For cache writes kept five minutes.
    package var cacheWrite = Money.zero
    package var cacheWriteOneHour = Money.zero
    package var webSearch = Money.zero
    /// For the call itself.
    package var call = Money.zero

    /// The exact cost of calls.
    package func cost(of tokens: TokenCounts, webSearches: Int64, calls: Int64) -> Money {
        let written = Int128(tokens.output) - Int128(tokens.reasoning)
        let cachedBriefly = Int128(tokens.cacheWrite) - Int128(tokens.cacheWriteOneHour)
        var units = Int128(tokens.input) * input.units
        units += written * output.units
        units += Int128(tokens.reasoning) * reasoning.units
        units += Int128(tokens.cacheRead) * cacheRead.units
        units += cachedBriefly * cacheWrite.units
        units += Int128(tokens.cacheWriteOneHour) * cacheWriteOneHour.units
        units += Int128(webSearches) * webSearch.units
        units += Int128(calls) * call.units
        return Money(units: units)
    }
}

extension Rates {
    /// The rates that a set of list prices makes; nil when it prices neither input nor output, but
    /// something that no log counts (hours of audio, pages). An empty set is a free model.
    init?(_ prices: UnitPrices, row: PriceRow, requestTokens: Int64, region: String?) {
        if prices.isEmpty { return }
        guard prices[.input] != nil || prices[.output] != nil else { return nil }
        let tenths = row.regionalTenths(region: region)
        func perToken(_ unit: PriceUnit) -> Money? {
            prices[unit].map {
                let perMillion = $0.price(requestTokens: requestTokens).units
                return Money(units: perMillion / 1_000_000 * tenths / 10)
            }
        }
        func perThousand(_ unit: PriceUnit) -> Money? {
            prices[unit].map {
                Money(units: $0.price(requestTokens: requestTokens).units / 1_000)
            }
        }
        input = perToken(.input) ?? .zero
        output = perToken(.output) ?? .zero
        reasoning = perToken(.reasoning) ?? output
        cacheRead = perToken(.cacheRead) ?? input
        cacheWrite = perToken(.cacheWrite) ?? input
        // Anthropic: a cache write kept for an hour costs twice the input price.
        let doubleInput = Money(units: input.units * 2)
        cacheWriteOneHour =
            perToken(.cacheWriteOneHour) ?? (row.isClaude ? doubleInput : cacheWrite)
        // Anthropic: ten dollars per thousand web searches.
        let claudeSearch = row.isClaude ? Money(units: 100_000_000_000) : .zero
        webSearch = perThousand(.webSearches) ?? claudeSearch
        call = perThousand(.requests) ?? .zero
    }
}
