import TelemetryFormat
import TelemetryPricing

/// What calls cost, by the cost mode of a question. Each rate class is looked up once.
struct Pricer {
    /// How the calls of a rate class are priced.
    private struct Account {
        enum Billing {
            /// Nobody has asked yet.
            case unread
            /// The log states the cost, and the question takes its word.
            case recorded
            case bySchedule
            /// The price changes at a request size that rate classes do not tell apart.
            case bySize
            case unknown
        }

        var billing = Billing.unread
        var schedule: PriceSchedule?
        /// The hours of the day, a bit each, whose calls must be priced one by one.
        var hoursByCall: UInt32 = 0
        /// Whether the price can differ between the hours of a day, or between calls.
        var changesWithinDay = false
        /// The hour asked for last, and its rates.
        var hour = Int.min
        var rates: Rates?
    }

    private let mode: CostMode
    private let prices: PriceTable
    private let catalog: RateClassCatalog
    private var accounts: [Account]
    /// Whether a sum was priced for which only prices by the call would be exact.
    private(set) var hasApproximated = false

    init(_ mode: CostMode, _ prices: PriceTable, _ catalog: RateClassCatalog) {
        self.mode = mode
        self.prices = prices
        self.catalog = catalog
        accounts = Array(repeating: Account(), count: catalog.entries.count)
    }

    /// Whether the calls of a rate class in a UTC hour must be priced one by one.
    @inline(__always)
    mutating func needsCalls(_ position: Int, hour: Int) -> Bool {
        if accounts[position].billing == .unread { open(position) }
        let hours = accounts[position].hoursByCall
        return hours != 0 && hours >> UInt32(hour.hourOfDay) & 1 == 1
    }

    /// Whether calls of a rate class on one UTC day can differ in their prices.
    @inline(__always)
    mutating func changesWithinDay(_ position: Int) -> Bool {
        if accounts[position].billing == .unread { open(position) }
        return accounts[position].changesWithinDay
    }

    /// The cost of calls of one rate class and UTC hour together; nil when it is unknown. Where
    /// they should be priced one by one, it is as if all came at the hour's beginning and were of
    /// the smallest size of their rate class.
    mutating func cost(of usage: Usage, _ position: Int, hour: Int) -> Money? {
        if needsCalls(position, hour: hour) { hasApproximated = true }
        switch accounts[position].billing {
        case .recorded:
            return usage.recordedCost
        case .bySchedule:
            if accounts[position].hour != hour {
                accounts[position].hour = hour
                accounts[position].rates = accounts[position].schedule?.rates(atHour: hour)
            }
            return accounts[position].rates?.cost(of: usage)
        case .bySize:
            return prices.cost(of: usage, catalog.entries[position].rateClass, hour: hour)
        case .unread, .unknown:
            return nil
        }
    }

    /// The cost of one call; nil when it is unknown.
    mutating func cost(ofCall usage: Usage, _ position: Int, at instant: Timestamp) -> Money? {
        guard needsCalls(position, hour: instant.hour) else {
            return cost(of: usage, position, hour: instant.hour)
        }
        if let schedule = accounts[position].schedule {
            return schedule.rates(at: instant)?.cost(of: usage)
        }
        return prices.cost(
            ofCall: usage.tokens, webSearches: usage.webSearches,
            catalog.entries[position].rateClass, at: instant)
    }

    // MARK: Looking up

    private mutating func open(_ position: Int) {
        let rateClass = catalog.entries[position].rateClass
        if mode != .calculate, rateClass.hasRecordedCost {
            accounts[position].billing = .recorded
        } else if mode != .display, let schedule = prices.schedule(for: rateClass) {
            accounts[position] = account(for: rateClass, schedule)
        } else {
            accounts[position].billing = .unknown
        }
    }

    private func account(for rateClass: RateClass, _ schedule: PriceSchedule) -> Account {
        if schedule.isAdditive {
            return Account(
                billing: .bySchedule, schedule: schedule,
                changesWithinDay: schedule.changesWithinDay)
        }
        let price = rateClass.model.flatMap { prices.price(of: $0, provider: rateClass.provider) }
        guard let row = price?.row, row.changesOnLadder else {
            return Account(billing: .bySize, hoursByCall: .max, changesWithinDay: true)
        }
        return Account(
            billing: .bySchedule, schedule: schedule, hoursByCall: row.hoursWithChange,
            changesWithinDay: true)
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
