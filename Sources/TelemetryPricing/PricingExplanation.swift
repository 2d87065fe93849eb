package import TelemetryFormat

/// The answer to `pricing show MODEL`: which row prices a model, why, and what it says.
package struct PricingExplanation: Equatable, Sendable {
    /// The model as asked for, and as reports name it.
    package var model: String
    package var normalizedModel: String
    /// The row and the reason; nil when the model is unpriced.
    package var price: ModelPrice?
    /// The instant that `current`, `currentVariants` and `rates` are about.
    package var instant: Timestamp
    /// Index into the row's entries: the one in force; nil when none is.
    package var current: Int?
    /// Indices into the row's variants: those that calls of their kind get at the instant.
    package var currentVariants: [Int]
    /// What an ordinary small call pays at the instant; nil when it is unpriced.
    package var rates: Rates?
    /// What applies beside the prices of the row, one sentence each.
    package var notes: [String]
}

extension PriceTable {
    /// Explains how a model is priced at an instant.
    package func explain(
        model: String, provider: String? = nil, at instant: Timestamp
    ) -> PricingExplanation {
        var explanation = PricingExplanation(
            model: model, normalizedModel: ModelName.normalized(model),
            price: price(of: model, provider: provider), instant: instant, currentVariants: [],
            notes: [])
        guard let price = explanation.price else { return explanation }
        let row = price.row
        explanation.current = row.currentEntry(at: instant)
        explanation.currentVariants = row.currentVariants(on: instant.day)
        explanation.rates = schedule(for: RateClass(model: model, provider: provider))?
            .rates(at: instant)
        explanation.notes = notes(price, rates: explanation.rates)
        return explanation
    }

    private func notes(_ price: ModelPrice, rates: Rates?) -> [String] {
        let row = price.row
        let listed = row.entries.reduce(into: Set<PriceUnit>()) { $0.formUnion($1.prices.keys) }
        var notes: [String] = []
        if price.isFastByName { notes.append("the id ends in -fast: the fast price applies") }
        if listed.isEmpty { notes.append("this model is free") }
        if !listed.isEmpty, rates == nil { notes.append("no price for tokens: calls are unpriced") }
        if listed.contains(.input) {
            if !listed.contains(.cacheRead) { notes.append("cache reads cost what input costs") }
            if !listed.contains(.cacheWrite) { notes.append("cache writes cost what input costs") }
        }
        if row.regionalTenths(region: "us") != 10 {
            notes.append("region us: token prices times 1.1")
        }
        if !row.isAdditive { notes.append("priced call by call, not by the hour") }
        return notes
    }
}

extension PriceTable {
    /// The day whose prices the built-in table holds.
    package static let snapshotDay: Day = {
        guard let day = Day(snapshot) else { preconditionFailure("not a day: \(snapshot)") }
        return day
    }()
}
