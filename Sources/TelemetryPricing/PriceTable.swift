package import TelemetryFormat
import Synchronization

/// The prices of the program: the built-in table under the user's overrides.
///
/// Nothing is parsed before somebody asks. A question about a model reads the heads of the rows of
/// likely sellers, parses the one row that matches, and remembers it.
package final class PriceTable: Sendable {
    private let overrides: PriceOverrides
    private let state = Mutex(State())

    private struct State {
        /// Bytes and heads of the blocks looked into so far, by index.
        var blocks: [Int: ReadBlock] = [:]
        var prices: [Question: ModelPrice?] = [:]
        var schedules: [RateClass: PriceSchedule?] = [:]
    }

    private struct ReadBlock {
        var bytes: [UInt8]
        var heads: [PriceRowHead]
    }

    private struct Question: Hashable {
        var model: String
        var provider: String?
    }

    /// The built-in table, with prices of the user's own that come before it.
    package init(overrides: PriceOverrides = PriceOverrides()) {
        self.overrides = overrides
    }

    // MARK: Cost

    /// What calls of one rate class pay over time; nil when there is no price for them.
    package func schedule(for rateClass: RateClass) -> PriceSchedule? {
        var key = rateClass
        key.hasRecordedCost = false
        if let known = state.withLock({ $0.schedules[key] }) { return known }
        let schedule = schedule(for: key, requestTokens: RequestSize.lowerBound(of: key.size))
        state.withLock { $0.schedules[key] = .some(schedule) }
        return schedule
    }

    /// The same for calls of exactly that size, for price lists whose tiers are not on the ladder.
    private func schedule(for rateClass: RateClass, requestTokens: Int64) -> PriceSchedule? {
        guard !rateClass.hasOnlyTotal, let model = rateClass.model,
            let price = price(of: model, provider: rateClass.provider)
        else { return nil }
        return PriceSchedule(
            row: price.row, traits: price.traits(of: rateClass), requestTokens: requestTokens)
    }

    /// Whether calls of a rate class may be added up by the hour before they are priced.
    package func isAdditive(_ rateClass: RateClass) -> Bool {
        schedule(for: rateClass)?.isAdditive ?? true
    }

    /// The cost of calls of one rate class, added up, in one UTC hour since 1970; nil without a
    /// price.
    package func cost(of usage: Usage, _ rateClass: RateClass, hour: Int) -> Money? {
        schedule(for: rateClass)?.rates(atHour: hour)?
            .cost(of: usage.tokens, webSearches: usage.webSearches, calls: usage.calls)
    }

    /// The cost of one call at its instant and of its own size; nil without a price.
    package func cost(
        ofCall tokens: TokenCounts, webSearches: Int64, _ rateClass: RateClass,
        at instant: Timestamp
    ) -> Money? {
        var rateClass = rateClass
        rateClass.size = RequestSize.bucket(tokens.request)
        var schedule = schedule(for: rateClass)
        if schedule?.fitsEverySize == false {
            schedule = self.schedule(for: rateClass, requestTokens: tokens.request)
        }
        return schedule?.rates(at: instant)?
            .cost(of: tokens, webSearches: webSearches, calls: 1)
    }

    // MARK: Finding a row

    /// The row that prices a model, and why that one; nil when none does.
    package func price(of model: String, provider: String? = nil) -> ModelPrice? {
        if model.utf8.count > Self.maximumIDLength { return nil }
        let question = Question(model: model, provider: provider)
        return state.withLock { state in
            if let known = state.prices[question] { return known }
            let price = find(ModelIdentity(model: model, provider: provider), &state)
            state.prices[question] = .some(price)
            return price
        }
    }

    /// Amazon's resource names, the longest ids there are, may have 2,048 characters.
    private static let maximumIDLength = 2_048

    /// The user's rows; a path that is a row's own id; the seller that the call names; makers;
    /// resellers, by exact id only.
    private func find(_ identity: ModelIdentity, _ state: inout State) -> ModelPrice? {
        if let price = overrides.price(for: identity) { return price }
        let id = identity.names[0]
        // `maker/model` is how resellers name what they sell.
        if identity.provider == nil, id.contains(UInt8(ascii: "/")),
            let price = find(&state, where: { $0.id == id })
        {
            return price
        }
        let seller = identity.seller?.name
        if let seller {
            let price = find(identity, among: Self.blocks.indices { $0.seller == seller }, &state)
            if let price { return price }
        }
        if identity.seller == .local { return nil }
        if identity.isBare {
            let makers = Self.blocks.indices {
                $0.kind == .maker && $0.seller == identity.maker ?? $0.seller
            }
            if let price = find(identity, among: makers, &state) { return price }
        }
        return identity.isResold ? nil : findExactly(id, &state)
    }

    private func find(
        _ identity: ModelIdentity, among blocks: [Int], _ state: inout State
    ) -> ModelPrice? {
        for index in blocks {
            let block = read(index, &state)
            for name in identity.names {
                if let head = block.heads.first(where: { $0.id == name }) {
                    return price(head, in: block, .id)
                }
                for head in block.heads {
                    guard let clause = head.clause(accepting: name) else { continue }
                    return price(head, in: block, .clause(clause.description))
                }
            }
        }
        return findFast(identity, among: blocks, &state)
    }

    /// `…-fast` is the model without the suffix at its fast price, when the row has one.
    private func findFast(
        _ identity: ModelIdentity, among blocks: [Int], _ state: inout State
    ) -> ModelPrice? {
        guard let plain = identity.withoutFastSuffix,
            var price = find(plain, among: blocks, &state),
            price.row.variants.contains(where: { $0.key == "speed" && $0.value == "fast" })
        else { return nil }
        price.isFastByName = true
        return price
    }

    /// A row of any block that spells out this very id: as its own, else as another name.
    private func findExactly(_ name: [UInt8], _ state: inout State) -> ModelPrice? {
        find(&state) { $0.id == name } ?? find(&state) { $0.names(name) }
    }

    private func find(
        _ state: inout State, where isWanted: (PriceRowHead) -> Bool
    ) -> ModelPrice? {
        for index in Self.blocks.indices {
            let block = read(index, &state)
            guard let head = block.heads.first(where: isWanted) else { continue }
            return price(head, in: block, .id)
        }
        return nil
    }

    private func price(
        _ head: PriceRowHead, in block: ReadBlock, _ reason: ModelPrice.Reason
    ) -> ModelPrice {
        ModelPrice(
            row: Self.row(Array(block.bytes[head.bytes])), reason: reason, isFastByName: false)
    }

    // MARK: Reading the table

    private func read(_ index: Int, _ state: inout State) -> ReadBlock {
        if let block = state.blocks[index] { return block }
        let bytes = Array(Self.blocks[index].rows.utf8)
        var reader = PriceRowHeadReader(bytes: bytes)
        let block = ReadBlock(bytes: bytes, heads: reader.heads())
        state.blocks[index] = block
        return block
    }

    /// What `pricing list` shows: the user's rows, then the table's, all or those of one provider.
    package func list(provider: String? = nil) -> [ListedPrice] {
        let wanted = provider.map(Seller.canonicalName)
        return overrides.rows.filter { wanted == nil || $0.row.provider == wanted }
            + Self.rows(provider: provider).map { ListedPrice(row: $0, overrideLine: nil) }
    }

    /// All rows of the built-in table in its order, or those of one provider.
    package static func rows(provider: String? = nil) -> [PriceRow] {
        let wanted = provider.map(Seller.canonicalName)
        return blocks.filter { $0.seller == wanted ?? $0.seller }.flatMap { block in
            block.rows.utf8.split(separator: UInt8(ascii: "\n")).map { row(Array($0)) }
        }
    }

    /// A row of our own table: a test parses them all, so a failure is ours.
    private static func row(_ bytes: [UInt8]) -> PriceRow {
        do {
            return try PriceRowParser(line: 0).row(JSONValue(parsing: bytes.span))
        } catch {
            preconditionFailure(
                "bad price row: \(error): \(String(decoding: bytes, as: UTF8.self))")
        }
    }
}

extension Array where Element == PriceBlock {
    fileprivate func indices(where isWanted: (PriceBlock) -> Bool) -> [Int] {
        indices.filter { isWanted(self[$0]) }
    }
}

extension RequestSize {
    /// The smallest request of a bucket, in tokens.
    static func lowerBound(of bucket: Int) -> Int64 {
        bucket == 0 ? 0 : thresholds[min(bucket, thresholds.count) - 1] + 1
    }
}
