package import TelemetryFormat

/// The rates of one rate class over all time. Made once per rate class, then asked for every hour.
package struct PriceSchedule: Equatable, Sendable {
    /// Whether calls of this rate class may be added up by the hour before they are priced; if not,
    /// they must be priced one by one, each with its own size and instant.
    package let isAdditive: Bool
    /// Whether some rates apply at certain times of the day only.
    package let changesWithinDay: Bool
    /// Whether the rates are those of every call of the rate class, whatever its exact size.
    let fitsEverySize: Bool
    /// Ascending; the first begins with time.
    private let periods: [Period]

    private struct Period: Equatable, Sendable {
        var firstDay: Day
        /// The last whose window holds applies.
        var choices: [Choice]
    }

    private struct Choice: Equatable, Sendable {
        var window: DailyWindow?
        var rates: Rates?
    }

    init(row: PriceRow, traits: CallTraits, requestTokens: Int64) {
        isAdditive = row.isAdditive
        changesWithinDay = row.entries.contains { $0.window != nil }
        fitsEverySize = row.hasLadderSizes
        let days = Set((row.entries.map(\.from) + row.variants.map(\.from)).compactMap(\.self))
        periods = ([Day.first] + days.sorted()).map { day in
            let overlay = row.overlay(for: traits, on: day)
            let inForce = row.entries.filter { $0.from ?? .first <= day }
            return Period(
                firstDay: day,
                choices: inForce.map { entry in
                    let prices = entry.prices.merging(overlay) { _, laidOver in laidOver }
                    let rates = Rates(
                        prices, row: row, requestTokens: requestTokens, region: traits.region)
                    return Choice(window: entry.window, rates: rates)
                })
        }
    }

    /// The rates at an instant; nil when there is no price then.
    package func rates(at instant: Timestamp) -> Rates? {
        let day = instant.day
        let period = periods.last { $0.firstDay <= day }
        return period?.choices.last { $0.window?.contains(instant) ?? true }?.rates
    }

    /// The rates in an hour, counted from 1970 in UTC; nil when there is no price then.
    package func rates(atHour hour: Int) -> Rates? {
        rates(at: Timestamp(milliseconds: Int64(hour) * 3_600_000))
    }
}

/// What a call says about itself that price lists distinguish.
struct CallTraits: Equatable, Sendable {
    var isFast: Bool
    /// In lower case; nil when ordinary.
    var serviceTier: String?
    /// In lower case.
    var region: String?

    /// Whether the call is of the kind that a variant is for. Kinds that no log tells (the route,
    /// the type of search) are never assumed. OpenAI's `priority` tier is the one that Codex calls
    /// `fast`.
    func match(_ variant: PriceVariant) -> Bool {
        switch (variant.key, variant.value) {
        case ("speed", "fast"): isFast
        case ("processing", "batch"): serviceTier == "batch"
        case ("service_tier", "fast"), ("service_tier", "priority"):
            isFast || serviceTier == "priority"
        case ("service_tier", let value): serviceTier == value
        default: false
        }
    }
}

extension PriceRow {
    /// What variants lay over the ordinary prices on a day, kind over kind in the table's order.
    func overlay(for traits: CallTraits, on day: Day) -> UnitPrices {
        currentVariants(on: day).map { variants[$0] }.filter(traits.match)
            .reduce(into: [:]) { overlay, variant in
                overlay.merge(variant.prices) { _, later in later }
            }
    }

    /// Indices of the variants in force on a day: of several for the same kind of call the one that
    /// started last, of those that started together the first.
    func currentVariants(on day: Day) -> [Int] {
        variants.indices.filter { index in
            let variant = variants[index]
            let start = variant.from ?? .first
            let isReplaced = variants.indices.contains { other in
                let rival = variants[other]
                let rivalStart = rival.from ?? .first
                return rival.key == variant.key && rival.value == variant.value
                    && rivalStart <= day
                    && (rivalStart > start || rivalStart == start && other < index)
            }
            return start <= day && !isReplaced
        }
    }

    /// Index of the entry in force at an instant: the last that holds.
    func currentEntry(at instant: Timestamp) -> Int? {
        entries.lastIndex { entry in
            entry.from ?? .first <= instant.day && entry.window?.contains(instant) ?? true
        }
    }
}

extension Day {
    /// The day before all days: where prices without a start date start.
    static var first: Day { Day(number: .min) }
}
