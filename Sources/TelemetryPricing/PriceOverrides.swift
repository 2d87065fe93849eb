import TelemetryFormat

/// Prices of the user's own, which come before the built-in table.
package struct PriceOverrides: Sendable {
    private var rows: [OverrideRow] = []

    private struct OverrideRow: Sendable {
        var row: PriceRow
        var line: Int
    }

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
        row.provider = row.provider.map { Seller($0.lowercased())?.name ?? $0.lowercased() }
        let twin = rows.first {
            $0.row.id.lowercased() == row.id.lowercased() && $0.row.provider == row.provider
        }
        if let twin {
            throw PricingError(
                line: line, problem: "\"\(row.id)\" has a price already, on line \(twin.line)")
        }
        rows.append(OverrideRow(row: row, line: line))
    }

    /// The first row for a model: exact ids before clauses, rows for the call's provider before rows
    /// for any.
    func price(for identity: ModelIdentity) -> ModelPrice? {
        let forProvider = rows.filter { $0.row.provider != nil && applies($0.row, to: identity) }
        let forAny = rows.filter { $0.row.provider == nil }
        for candidates in [forProvider, forAny] {
            for name in identity.names {
                let found =
                    candidates.first { lowercase(Array($0.row.id.utf8)) == name }
                    ?? candidates.first { $0.row.match?.accepting(name) != nil }
                guard let found else { continue }
                return ModelPrice(
                    row: found.row, reason: .override(line: found.line), isFastByName: false)
            }
        }
        return nil
    }

    /// A row for a provider is for calls that it sold; a maker's also for calls that name no seller.
    private func applies(_ row: PriceRow, to identity: ModelIdentity) -> Bool {
        if let seller = identity.seller { return row.provider == seller.name }
        if row.provider == identity.provider { return true }
        guard let provider = row.provider, case .maker = Seller(provider) else { return false }
        return true
    }
}
