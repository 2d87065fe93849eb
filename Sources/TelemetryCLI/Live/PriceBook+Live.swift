import TelemetryFormat
import TelemetryPricing

extension PriceBook {
    /// The built-in prices under the user's own.
    static let live = PriceBook(
        snapshot: PriceTable.snapshotDay,
        list: { (provider, access) throws(CommandFailure) in
            try PriceFiles.table(access).list(provider: provider).map { listed in
                Entry(listed.row, on: access.now.day)
            }
        },
        match: { (model, instant, access) throws(CommandFailure) in
            let explanation = try PriceFiles.table(access).explain(model: model, at: instant)
            guard let price = explanation.price else { return nil }
            return Match(
                entry: Entry(price.row, explanation), reason: Self.reason(price),
                origin: try Self.origin(price, access), notes: explanation.notes)
        },
        overrides: { (access) throws(CommandFailure) in
            let path = try PriceFiles.path(access)
            return [OverrideFile(path: path, exists: PriceFiles.exists(path))]
        })

    private static func reason(_ price: ModelPrice) -> String {
        switch price.reason {
        case .id: "the id is \(price.row.id)"
        case .clause(let clause): "the row's clause holds: \(clause)"
        case .override(let line): "your own price, line \(line)"
        }
    }

    private static func origin(
        _ price: ModelPrice, _ access: StoreAccess
    ) throws(CommandFailure) -> String {
        if case .override = price.reason { return try PriceFiles.path(access) }
        return "built in"
    }
}

extension PriceBook.Entry {
    /// The prices of all day that are in force on a day, or the latest where none is.
    fileprivate init(_ row: PriceRow, on day: Day) {
        let entry = row.entries.last { entry in
            entry.window == nil && entry.from.map { $0 <= day } ?? true
        }
        self.init(row, prices: PriceBook.prices((entry ?? row.entries.last)?.prices ?? [:], ""))
    }

    /// What applies at the instant of an explanation, variants included.
    fileprivate init(_ row: PriceRow, _ explanation: PricingExplanation) {
        let current = explanation.current.map { row.entries[$0].prices } ?? [:]
        var prices = PriceBook.prices(current, "")
        for index in explanation.currentVariants {
            let variant = row.variants[index]
            prices += PriceBook.prices(variant.prices, " with \(variant.key)=\(variant.value)")
        }
        self.init(row, prices: prices)
    }

    private init(_ row: PriceRow, prices: [PriceBook.Price]) {
        self.init(
            provider: row.provider ?? "any", model: row.id, name: row.name,
            contextTokens: row.context, prices: prices)
    }
}

extension PriceBook {
    /// Every unit's price, tiers after their base.
    fileprivate static func prices(_ prices: UnitPrices, _ suffix: String) -> [Price] {
        PriceUnit.allCases.flatMap { unit -> [Price] in
            guard let price = prices[unit] else { return [] }
            let base = Price(unit: unit.rawValue + suffix, dollars: price.base.jsonNumber)
            return [base]
                + price.tiers.map { tier in
                    Price(
                        unit: "\(unit.rawValue)\(suffix) above \(tier.above)",
                        dollars: tier.price.jsonNumber)
                }
        }
    }
}
