package import TelemetryFormat

/// One priced model of one seller.
package struct PriceRow: Equatable, Sendable {
    /// Whose price this is; nil in an override that applies to every seller.
    package var provider: String?
    package var id: String
    package var name: String?
    /// The context window in tokens.
    package var context: Int64?
    var match: MatchClause?
    /// In the table's order: the last one that is in force applies.
    package var entries: [PriceEntry]
    package var variants: [PriceVariant]
}

/// Prices and when they are in force.
package struct PriceEntry: Equatable, Sendable {
    /// The first UTC day; nil = always.
    package var from: Day?
    /// The time of day; nil = all day.
    package var window: DailyWindow?
    package var prices: UnitPrices
}

/// Prices laid over the ordinary ones for calls of one kind; units they do not name stay ordinary.
package struct PriceVariant: Equatable, Sendable {
    /// What the call must say: `speed`, `service_tier`, `processing` or another key of the table.
    package var key: String
    package var value: String
    /// The first UTC day; nil = always.
    package var from: Day?
    package var prices: UnitPrices
}

/// A UTC time of day from one minute to another, the first included, the last not; may go over
/// midnight.
package struct DailyWindow: Equatable, Sendable {
    /// Minutes after midnight UTC.
    package var from: Int
    package var to: Int

    /// Whether an instant's time of day lies inside.
    func contains(_ instant: Timestamp) -> Bool {
        let dayMilliseconds: Int64 = 86_400_000
        let remainder = instant.milliseconds % dayMilliseconds
        let time = remainder < 0 ? remainder + dayMilliseconds : remainder
        let afterStart = time >= Int64(from) * 60_000
        let beforeEnd = time < Int64(to) * 60_000
        return from <= to ? afterStart && beforeEnd : afterStart || beforeEnd
    }

    /// Whether every hour of the day is either inside or outside.
    var isOnTheHour: Bool { from % 60 == 0 && to % 60 == 0 }
}

extension PriceRow {
    /// Whether the model is a Claude: its rules for cache writes and web searches hold wherever it
    /// is sold.
    var isClaude: Bool { id.lowercased().split { !$0.isLetter }.contains("claude") }

    /// What Anthropic multiplies token prices by when inference must stay in the United States:
    /// 1.1 for Claude 4.6 and later, as tenths.
    /// Source: Anthropic, "Data residency pricing" (`inference_geo`).
    func regionalTenths(region: String?) -> Int128 {
        guard provider == "anthropic", region == "us", let version = claudeVersion,
            version >= (4, 6)
        else { return 10 }
        return 11
    }

    /// `claude-opus-4-6` is 4.6, `claude-opus-5` 5.0; nil when the id is not like that.
    private var claudeVersion: (major: Int, minor: Int)? {
        guard isClaude else { return nil }
        let numbers = id.split { "-.".contains($0) }.compactMap { Int($0) }.filter { $0 < 100 }
        guard let major = numbers.first else { return nil }
        return (major, numbers.dropFirst().first ?? 0)
    }

    /// Whether sums of calls of one rate class and hour cost what the calls cost together: every
    /// size at which a price changes is on the ladder of rate classes, every time of day on the
    /// hour.
    var isAdditive: Bool {
        hasLadderSizes && entries.allSatisfy { $0.window?.isOnTheHour ?? true }
    }

    /// Whether a rate class says exactly enough about the size of its calls.
    var hasLadderSizes: Bool {
        let prices = entries.map(\.prices) + variants.map(\.prices)
        return prices.allSatisfy { prices in
            prices.values.allSatisfy { price in
                price.tiers.allSatisfy { RequestSize.thresholds.contains($0.above) }
            }
        }
    }
}
