import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

/// Feeds a tally from the `rollup` table: no work for each call.
struct SumReader {
    let selection: Selection
    let clock: DisplayClock

    /// Reads the sums of every facet that a breakdown or the total needs. Hours with calls that
    /// must be priced one by one are noted in the plan, and those calls are left to `CallReader`.
    func read(
        _ connection: borrowing Connection, _ plan: inout ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) {
        guard let hours = plan.summedHours else { return }
        for facet in Facet.allCases {
            let tables = tally.tables(fedBy: facet, selectedBy: selection.facet)
            let isTotal = facet == selection.facet
            guard isTotal || !tables.isEmpty else { continue }
            var select = try connection.prepare(
                "SELECT id, cells FROM rollup WHERE id BETWEEN ? AND ? ORDER BY id")
            select.bind(1, facet.rowID(hour: hours.lowerBound))
            select.bind(2, facet.rowID(hour: hours.upperBound))
            while try select.step() {
                let hour = Int(select.int64(0) & 0xFFFF_FFFF)
                guard plan.reading(of: hour) != .calls else { continue }
                select.withBlob(1) { cells in
                    let source = Source(
                        facet: facet, hour: hour, isTotal: isTotal, tables: tables)
                    add(cells, source, &plan, &pricer, into: &tally)
                }
            }
        }
    }

    /// Where a BLOB of cells comes from and where its sums go.
    private struct Source {
        let facet: Facet
        let hour: Int
        let isTotal: Bool
        let tables: [Int]
    }

    private func add(
        _ cells: Span<UInt8>, _ source: Source, _ plan: inout ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) {
        var summand = Summand(
            rateClass: 0, localHour: clock.localHour(ofHour: source.hour), names: SummandNames(),
            usage: Usage())
        let catalog = tally.catalog
        let values = selection.values[source.facet]
        RollupPacking.forEachCell(in: cells) { cell in
            guard let position = catalog.position(of: cell.rateClass),
                selection.classes[position], values?.contains(cell.value) ?? true
            else { return }
            if pricer.needsCalls(position, hour: source.hour) {
                return plan.addCalls(of: position, hour: source.hour)
            }
            summand.rateClass = position
            summand.names[source.facet] = cell.value
            summand.usage = cell.usage
            summand.cost = pricer.cost(of: cell.usage, position, hour: source.hour)
            tally.addSum(summand, isTotal: source.isTotal, toTables: source.tables)
        }
    }
}
