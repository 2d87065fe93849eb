import TelemetryFormat

/// Makes a price row of its JSON object, refusing whatever it does not know: a mistyped key would
/// otherwise be a price that silently does not apply.
struct PriceRowParser {
    /// The line on which the row begins, for errors.
    let line: Int

    /// A price beyond this is a slip of the decimal point; it also bounds every product.
    private static let maximumDollars = Money(units: 1_000_000 * 10_000_000_000_000)
    /// Six decimals of a dollar, in units of `Money`.
    private static let priceUnit: Int128 = 10_000_000

    /// The row that a JSON object states.
    func row(_ value: JSONValue) throws(PricingError) -> PriceRow {
        var row = PriceRow(id: "", entries: [], variants: [])
        var ownPrices: UnitPrices = [:]
        for (key, value) in try object(value, "row") {
            switch key {
            case "provider": row.provider = try string(value, key)
            case "id": row.id = try string(value, key)
            case "name": row.name = try string(value, key)
            case "context": row.context = try tokens(value, key)
            case "match": row.match = try clause(value)
            case "prices": row.entries = try entries(value)
            case "variants": row.variants = try array(value, key, of: variant)
            default: ownPrices[try unit(key)] = try price(value, key)
            }
        }
        if row.id.isEmpty { throw error("a row needs an \"id\"") }
        if !ownPrices.isEmpty {
            guard row.entries.isEmpty else {
                throw error("prices both in the row and in \"prices\"")
            }
            row.entries = [PriceEntry(prices: ownPrices)]
        }
        if row.entries.isEmpty { throw error("no price for \"\(row.id)\"") }
        return row
    }

    /// The clause that a JSON object states.
    func clause(_ value: JSONValue) throws(PricingError) -> MatchClause {
        let members = try object(value, "match")
        guard members.count == 1 else { throw error("\"match\" needs one clause") }
        let (key, content) = members[0]
        let clause: MatchClause?
        switch content {
        case .string(let text):
            clause = MatchClause(key: Array(key.utf8), text: lowercase(Array(text.utf8)))
        case .array(let values):
            let clauses = try values.map { value throws(PricingError) in try self.clause(value) }
            clause = MatchClause(key: Array(key.utf8), clauses: clauses)
        default: clause = nil
        }
        guard let clause else { throw error("unknown or malformed clause \"\(key)\"") }
        return clause
    }

    private func entries(_ value: JSONValue) throws(PricingError) -> [PriceEntry] {
        if case .object = value { return [try entry(value)] }
        return try array(value, "prices", of: entry)
    }

    private func entry(_ value: JSONValue) throws(PricingError) -> PriceEntry {
        var entry = PriceEntry(prices: [:])
        for (key, value) in try object(value, "prices") {
            if key == "when" {
                try when(value, into: &entry)
            } else {
                entry.prices[try unit(key)] = try price(value, key)
            }
        }
        return entry
    }

    /// `{"from":"2026-03-13"}`, `{"daily_from":"00:30","daily_to":"16:30"}`, or both.
    private func when(_ value: JSONValue, into entry: inout PriceEntry) throws(PricingError) {
        var from: Int?
        var to: Int?
        for (key, value) in try object(value, "when") {
            switch key {
            case "from": entry.from = try day(value)
            case "daily_from": from = try minutes(value, key)
            case "daily_to": to = try minutes(value, key)
            default: throw error("unknown key \"\(key)\" in \"when\"")
            }
        }
        switch (from, to) {
        case (nil, nil): return
        case (let from?, let to?): entry.window = DailyWindow(from: from, to: to)
        default: throw error("\"daily_from\" and \"daily_to\" go together")
        }
    }

    private func variant(_ value: JSONValue) throws(PricingError) -> PriceVariant {
        var variant = PriceVariant(key: "", value: "", prices: [:])
        for (key, value) in try object(value, "variants") {
            switch key {
            case "when":
                let condition = try object(value, "when")
                guard condition.count == 1 else { throw error("\"when\" needs one condition") }
                variant.key = condition[0].0
                variant.value = try string(condition[0].1, variant.key).lowercased()
            case "date":
                for (key, value) in try object(value, "date") {
                    guard key == "from" else { throw error("unknown key \"\(key)\" in \"date\"") }
                    variant.from = try day(value)
                }
            default: variant.prices[try unit(key)] = try price(value, key)
            }
        }
        if variant.key.isEmpty { throw error("a variant needs a \"when\"") }
        return variant
    }

    // MARK: Values

    /// A number, or `{"base":…,"tiers":[{"above":N,"price":…}]}`.
    private func price(_ value: JSONValue, _ key: String) throws(PricingError) -> TieredPrice {
        guard case .object = value else {
            return TieredPrice(base: try dollars(value, key), tiers: [])
        }
        var base: Money?
        var tiers: [TieredPrice.Tier] = []
        for (part, value) in try object(value, key) {
            switch part {
            case "base": base = try dollars(value, key)
            case "tiers": tiers = try array(value, key, of: tier)
            default: throw error("unknown key \"\(part)\" in \"\(key)\"")
            }
        }
        guard let base else { throw error("\"\(key)\" needs a \"base\"") }
        return TieredPrice(base: base, tiers: tiers.sorted { $0.above < $1.above })
    }

    private func tier(_ value: JSONValue) throws(PricingError) -> TieredPrice.Tier {
        var above: Int64?
        var price: Money?
        for (key, value) in try object(value, "tiers") {
            switch key {
            case "above": above = try tokens(value, key)
            case "price": price = try dollars(value, key)
            default: throw error("unknown key \"\(key)\" in \"tiers\"")
            }
        }
        guard let above, let price else { throw error("a tier needs \"above\" and \"price\"") }
        return TieredPrice.Tier(above: above, price: price)
    }

    private func dollars(_ value: JSONValue, _ key: String) throws(PricingError) -> Money {
        guard case .number(let text) = value, let money = Money(decimalText: text) else {
            throw error("\"\(key)\" must be a number")
        }
        if money < .zero { throw error("\"\(key)\" is negative") }
        if money > Self.maximumDollars { throw error("\"\(key)\" is over a million dollars") }
        let decimals = text.split(separator: ".").dropFirst().first.map { fraction in
            fraction.prefix { $0.isNumber }.reversed().drop { $0 == "0" }.count
        }
        let isPlain = !text.contains { $0 == "e" || $0 == "E" }
        if !money.units.isMultiple(of: Self.priceUnit) || isPlain && decimals ?? 0 > 6 {
            throw error("\"\(key)\" has more than 6 decimals")
        }
        return money
    }

    private func unit(_ key: String) throws(PricingError) -> PriceUnit {
        guard let unit = PriceUnit(rawValue: key) else { throw error("unknown key \"\(key)\"") }
        return unit
    }

    private func tokens(_ value: JSONValue, _ key: String) throws(PricingError) -> Int64 {
        guard case .number(let text) = value, let count = Int64(text), count >= 0 else {
            throw error("\"\(key)\" must be a whole number")
        }
        return count
    }

    private func day(_ value: JSONValue) throws(PricingError) -> Day {
        guard case .string(let text) = value, let day = Day(text) else {
            throw error("\"from\" must be a day such as \"2026-03-13\"")
        }
        return day
    }

    /// `HH:MM` in UTC, as minutes after midnight.
    private func minutes(_ value: JSONValue, _ key: String) throws(PricingError) -> Int {
        let parts = try string(value, key).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]),
            hour < 24 && minute < 60 || hour == 24 && minute == 0
        else { throw error("\"\(key)\" must be a UTC time such as \"16:30\"") }
        return hour * 60 + minute
    }

    private func string(_ value: JSONValue, _ key: String) throws(PricingError) -> String {
        guard case .string(let text) = value, !text.isEmpty else {
            throw error("\"\(key)\" must be a text")
        }
        return text
    }

    private func object(
        _ value: JSONValue, _ key: String
    ) throws(PricingError) -> [(String, JSONValue)] {
        guard let members = value.members else { throw error("\"\(key)\" must be an object") }
        var names: Set<String> = []
        for member in members where !names.insert(member.name).inserted {
            throw error("\"\(member.name)\" twice in one object")
        }
        return members.map { ($0.name, $0.value) }
    }

    private func array<Element>(
        _ value: JSONValue, _ key: String,
        of element: (JSONValue) throws(PricingError) -> Element
    ) throws(PricingError) -> [Element] {
        guard case .array(let values) = value else { throw error("\"\(key)\" must be a list") }
        return try values.map(element)
    }

    private func error(_ problem: String) -> PricingError {
        PricingError(line: line, problem: problem)
    }
}
