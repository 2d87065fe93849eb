import TelemetryFormat
import TelemetrySQLite

extension QueryEngine {
    /// The breakdowns of an outcome, each in its order and with no more rows than the request
    /// wants. Buckets of time stand by time unless the request sorts them.
    borrowing func breakdowns(
        _ outcome: TallyOutcome, _ request: QueryRequest, sortedByDefault key: SortKey
    ) throws(SQLiteError) -> [Breakdown] {
        let tally = outcome.tally
        var names = try KeyNames(connection, tally.catalog)
        var breakdowns: [Breakdown] = []
        for table in tally.tables {
            let maker = RowMaker(
                total: tally.total, hasLatency: tally.inquiry.wantsLatency, request: request)
            var rows: [BreakdownRow] = []
            for group in table.groups where group.sum.usage.calls > 0 {
                let name = try names.name(of: group.key, by: table.dimension)
                rows.append(maker.row(name, group, models: tally.catalog.models))
            }
            let order = RowOrder(request, byDefault: table.dimension.isTime ? .name : key)
            let shown = order.sorted(rows).prefix(request.top ?? .max)
            breakdowns.append(Breakdown(dimension: table.dimension, rows: Array(shown)))
        }
        return breakdowns
    }
}

/// Makes rows of groups.
private struct RowMaker {
    let total: PricedSum
    let hasLatency: Bool
    let request: QueryRequest

    func row(
        _ name: String?, _ group: GroupTable.Group, models: [Int64: String]
    ) -> BreakdownRow {
        var row = row(name, group.sum, shareOf: total)
        if hasLatency { row.latency = group.latency.summary(group.sum.usage) }
        row.models = group.models.keys.compactMap { models[$0] }.sorted { $0.precedes($1) }
        if request.breaksDownByModel {
            let rows = group.models.map { model, sum in
                self.row(models[model], sum, shareOf: group.sum)
            }
            var order = request
            order.order = nil
            row.byModel = RowOrder(order, byDefault: .cost).sorted(rows)
        }
        return row
    }

    private func row(
        _ name: String?, _ sum: PricedSum, shareOf whole: PricedSum
    ) -> BreakdownRow {
        let (part, total) = (sum.priced, whole.priced)
        return BreakdownRow(
            key: name, usage: part,
            callShare: share(Int128(sum.usage.calls), of: Int128(whole.usage.calls)),
            costShare: share(part.cost?.units, of: total.cost?.units),
            firstSeen: sum.usage.first, lastSeen: sum.usage.last)
    }

    private func share(_ part: Int128?, of whole: Int128?) -> Double? {
        guard let part, let whole, whole != 0 else { return nil }
        return number(part) / number(whole)
    }

    /// The nearest floating-point number, found without the generic conversion where it fits.
    private func number(_ value: Int128) -> Double {
        Int64(exactly: value).map { Double($0) } ?? Double(value)
    }
}
