package import TelemetryFormat

/// The price table as commands see it.
package struct PriceBook: Sendable {
    /// A price list of one model for a stretch of time.
    package struct Entry: Equatable, Sendable {
        package var provider: String
        package var model: String
        package var name: String?
        package var contextTokens: Int64?
        /// Unit and price, such as `input_mtok` and `3`; a tier or variant has a unit of its own,
        /// such as `input_mtok above 200000`.
        package var prices: [Price]

        package init(
            provider: String, model: String, name: String? = nil, contextTokens: Int64? = nil,
            prices: [Price]
        ) {
            self.provider = provider
            self.model = model
            self.name = name
            self.contextTokens = contextTokens
            self.prices = prices
        }
    }

    /// A price of one unit.
    package struct Price: Equatable, Sendable {
        package var unit: String
        /// Dollars, as decimal text.
        package var dollars: String

        package init(unit: String, dollars: String) {
            self.unit = unit
            self.dollars = dollars
        }
    }

    /// Which entry a model gets, and why.
    package struct Match: Equatable, Sendable {
        package var entry: Entry
        /// For people: `the id is equal to claude-opus-4-5`.
        package var reason: String
        /// `built in` or the file that states it.
        package var origin: String
        /// What applies beside the prices, a sentence each.
        package var notes: [String]

        package init(entry: Entry, reason: String, origin: String, notes: [String] = []) {
            self.entry = entry
            self.reason = reason
            self.origin = origin
            self.notes = notes
        }
    }

    /// A file of prices of the user's own.
    package struct OverrideFile: Equatable, Sendable {
        package var path: String
        package var exists: Bool

        package init(path: String, exists: Bool) {
            self.path = path
            self.exists = exists
        }
    }

    /// The date of the built-in table.
    package var snapshot: Day
    /// The current price list of each model, of one provider or of all.
    package var list: Engine.Action<String?, [Entry]>
    /// The entry that a model's calls at that time are priced by; nil when there is none.
    package var match:
        @Sendable (_ model: String, _ at: Timestamp, StoreAccess) throws(CommandFailure) -> Match?
    /// The override files that would be read, and whether each is there.
    package var overrides: @Sendable (StoreAccess) throws(CommandFailure) -> [OverrideFile]

    package init(
        snapshot: Day,
        list: @escaping Engine.Action<String?, [Entry]>,
        match:
            @escaping @Sendable (String, Timestamp, StoreAccess) throws(CommandFailure) -> Match?,
        overrides: @escaping @Sendable (StoreAccess) throws(CommandFailure) -> [OverrideFile]
    ) {
        self.snapshot = snapshot
        self.list = list
        self.match = match
        self.overrides = overrides
    }
}
