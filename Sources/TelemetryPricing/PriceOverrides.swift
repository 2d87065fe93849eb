import TelemetryFormat

/// Prices of the user's own, which come before the built-in table.
package struct PriceOverrides: Sendable {
    private(set) var rows: [ListedPrice] = []

    /// None.
    package init() {}

    /// Reads a file of prices: JSON rows, one after the other or in a list (`docs/pricing.md`).
    package init(parsing file: [UInt8]) throws(PricingError) {
        var splitter = PriceFileSplitter(file)
        while let (line, bytes) = try splitter.next() {
            let value: JSONValue
            do {
                value = try JSONValue(parsing: bytes.span)
            } catch {
                throw PricingError(line: line, problem: error.rawValue)
            }
            try add(PriceRowParser(line: line).row(value), line: line)
        }
    }

    /// The number of rows.
    package var count: Int { rows.count }

    private mutating func add(_ row: PriceRow, line: Int) throws(PricingError) {
        var row = row
        row.provider = row.provider.map(Seller.canonicalName)
        let twin = rows.first {
            $0.row.id.lowercased() == row.id.lowercased() && $0.row.provider == row.provider
        }
        if let twin {
            throw PricingError(
                line: line,
                problem: "\"\(row.id)\" has a price already, on line \(twin.overrideLine ?? 0)")
        }
        rows.append(ListedPrice(row: row, overrideLine: line))
    }

    /// The first row for a model: rows for the call's provider before rows for any, exact ids
    /// before clauses.
    func price(for identity: ModelIdentity) -> ModelPrice? {
        for nearness in Nearness.allCases {
            let candidates = rows.filter { self.nearness(of: $0.row, to: identity) == nearness }
            for name in identity.names {
                let found =
                    candidates.first { lowercase(Array($0.row.id.utf8)) == name }
                    ?? candidates.first { $0.row.match?.accepting(name) != nil }
                guard let found else { continue }
                return ModelPrice(
                    row: found.row, reason: .override(line: found.overrideLine ?? 0),
                    isFastByName: false)
            }
        }
        return nil
    }

    /// How well a row's provider fits a call, best first.
    private enum Nearness: CaseIterable {
        /// The row is for the provider that the call names.
        case provider
        /// The row is a maker's, and the call names no seller that we know.
        case maker
        /// The row is for any provider.
        case any
    }

    private func nearness(of row: PriceRow, to identity: ModelIdentity) -> Nearness? {
        guard let provider = row.provider else { return .any }
        if provider == identity.provider || provider == identity.seller?.name { return .provider }
        if identity.seller == nil, case .maker = Seller(provider) { return .maker }
        return nil
    }
}
