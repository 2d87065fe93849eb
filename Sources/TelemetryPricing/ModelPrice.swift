import TelemetryFormat

/// A row of the price list, the user's own or the program's.
package struct ListedPrice: Equatable, Sendable {
    package var row: PriceRow
    /// The line of the user's file; nil for the built-in table.
    package var overrideLine: Int?
}

/// The row that prices a model, and how it was found.
package struct ModelPrice: Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// The row's id is the model's.
        case id
        /// The row's clause, such as `starts_with "claude-opus-4-6"`.
        case clause(String)
        /// The user's own row, on that line of the file.
        case override(line: Int)
    }

    package var row: PriceRow
    package var reason: Reason
    /// Whether the id's `-fast` says what `speed` would.
    package var isFastByName: Bool

    /// What a rate class says that this price list may distinguish.
    func traits(of rateClass: RateClass) -> CallTraits {
        let tier = rateClass.serviceTier?.lowercased()
        let isNamedFast = rateClass.model?.lowercased().hasSuffix("-fast") ?? false
        let saysFast = rateClass.speed?.lowercased() == "fast" || tier == "fast"
        return CallTraits(
            isFast: isFastByName || saysFast && !isNamedFast, serviceTier: tier,
            region: rateClass.region?.lowercased())
    }
}
