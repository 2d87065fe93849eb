import TelemetryFormat
import TelemetryPricing

/// What calls cost, by the cost mode of a question. Each rate class is looked up once.
struct Pricer {
    private enum Billing {
        /// The log states the cost, and the question takes its word.
        case recorded
        /// Sums of an hour are priced, except in those hours of the day (a bit each) within which
        /// the price changes.
        case byTheHour(PriceSchedule, except: UInt32)
        /// The price changes at a request size that rate classes do not tell apart.
        case bySize
        case unknown
    }

    private let mode: CostMode
    private let prices: PriceTable
    private let catalog: RateClassCatalog
    private var billings: [Billing?]
    private var latestRates: [(hour: Int, rates: Rates?)]
    /// Whether a sum was priced for which only prices by the call would be exact.
    private(set) var hasApproximated = false

    init(_ mode: CostMode, _ prices: PriceTable, _ catalog: RateClassCatalog) {
        self.mode = mode
        self.prices = prices
        self.catalog = catalog
        billings = Array(repeating: nil, count: catalog.entries.count)
        latestRates = Array(repeating: (Int.min, nil), count: catalog.entries.count)
    }

    /// Whether the calls of a rate class in a UTC hour must be priced one by one.
    mutating func needsCalls(_ position: Int, hour: Int) -> Bool {
        switch billing(position) {
        case .recorded, .unknown: false
        case .byTheHour(_, let exceptions):
            exceptions != 0 && exceptions >> UInt32(hour.hourOfDay) & 1 == 1
        case .bySize: true
        }
    }

    /// The cost of calls of one rate class and UTC hour together; nil when it is unknown. Where
    /// they should be priced one by one, it is as if all came at the hour's beginning and were of
    /// the smallest size of their rate class.
    mutating func cost(of usage: Usage, _ position: Int, hour: Int) -> Money? {
        switch billing(position) {
        case .recorded:
            return usage.recordedCost
        case .unknown:
            return nil
        case .byTheHour(let schedule, _):
            if needsCalls(position, hour: hour) { hasApproximated = true }
            if latestRates[position].hour != hour {
                latestRates[position] = (hour, schedule.rates(atHour: hour))
            }
            return latestRates[position].rates?.cost(of: usage)
        case .bySize:
            hasApproximated = true
            return prices.cost(of: usage, catalog.entries[position].rateClass, hour: hour)
        }
    }

    /// The cost of one call; nil when it is unknown.
    mutating func cost(ofCall usage: Usage, _ position: Int, at instant: Timestamp) -> Money? {
        guard needsCalls(position, hour: instant.hour) else {
            return cost(of: usage, position, hour: instant.hour)
        }
        if case .byTheHour(let schedule, _) = billing(position) {
            return schedule.rates(at: instant)?.cost(of: usage)
        }
        return prices.cost(
            ofCall: usage.tokens, webSearches: usage.webSearches,
            catalog.entries[position].rateClass, at: instant)
    }

    // MARK: Looking up

    private mutating func billing(_ position: Int) -> Billing {
        if let known = billings[position] { return known }
        let billing = makeBilling(catalog.entries[position].rateClass)
        billings[position] = billing
        return billing
    }

    private func makeBilling(_ rateClass: RateClass) -> Billing {
        if mode != .calculate, rateClass.hasRecordedCost { return .recorded }
        guard mode != .display, let schedule = prices.schedule(for: rateClass) else {
            return .unknown
        }
        if schedule.isAdditive { return .byTheHour(schedule, except: 0) }
        let row = rateClass.model.flatMap { prices.price(of: $0, provider: rateClass.provider) }?
            .row
        guard let row, row.changesOnLadder else { return .bySize }
        return .byTheHour(schedule, except: row.hoursWithChange)
    }
}

extension PriceRow {
    /// Whether rate classes tell apart all request sizes at which a price changes.
    fileprivate var changesOnLadder: Bool {
        let prices = entries.map(\.prices) + variants.map(\.prices)
        let tiers = prices.flatMap { $0.values.flatMap(\.tiers) }
        return tiers.allSatisfy { RequestSize.thresholds.contains($0.above) }
    }

    /// The UTC hours of the day, a bit each, within which the price changes.
    fileprivate var hoursWithChange: UInt32 {
        let minutes = entries.compactMap(\.window).flatMap { [$0.from, $0.to] }
        return minutes.filter { $0 % 60 != 0 }.reduce(0) { $0 | 1 << UInt32($1 / 60 % 24) }
    }
}

extension Int {
    /// The hour of the day, 0–23, of an hour since 1970.
    fileprivate var hourOfDay: Int { (self % 24 + 24) % 24 }
}

extension Rates {
    fileprivate func cost(of usage: Usage) -> Money {
        cost(of: usage.tokens, webSearches: usage.webSearches, calls: usage.calls)
    }
}
