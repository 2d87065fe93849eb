import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

/// Feeds a tally, in hours that sums answer, with what sums do not tell: the durations and sessions
/// of calls, from the `detail` table.
struct DetailReader {
    let selection: Selection
    let clock: DisplayClock

    /// Reads the details of the calls whose sums were read, once the plan knows of which ones they
    /// were not.
    func read(
        _ connection: borrowing Connection, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) {
        guard tally.inquiry.wantsLatency || tally.inquiry.wantsSessions,
            let hours = plan.summedHours
        else { return }
        let columns = columns(tally)
        var block = DetailBlock()
        var select = try connection.prepare(DetailBlock.selection)
        DetailBlock.bind(hours, to: select)
        while let hour = try block.readNext(columns, &select) {
            let reading = plan.reading(of: hour)
            guard reading == .sums || reading == .sumsAndCalls else { continue }
            choose(hour, isMixed: reading == .sumsAndCalls, tally.catalog, &pricer, &block)
            tally.addDetails(block, localHour: clock.localHour(ofHour: hour))
        }
    }

    /// Leaves only the calls that are asked for and are not read one by one.
    private func choose(
        _ hour: Int, isMixed: Bool, _ catalog: RateClassCatalog, _ pricer: inout Pricer,
        _ block: inout DetailBlock
    ) {
        let classes = block.ids(.rateClass).map { id in
            guard let position = catalog.position(of: Int64(id)) else { return false }
            return selection.classes[position]
                && !(isMixed && pricer.needsCalls(position, hour: hour))
        }
        keep(.rateClass, classes, &block)
        for (facet, allowed) in selection.values {
            guard let column = facet.column else { continue }
            keep(column, block.ids(column).map { allowed.contains(Int64($0)) }, &block)
        }
    }

    private func keep(_ column: DetailColumn, _ isWanted: [Bool], _ block: inout DetailBlock) {
        if isWanted.contains(false) { block.keep(column, where: isWanted) }
    }

    /// What has to be known of calls to choose them and to tell them apart.
    private func columns(_ tally: borrowing Tally) -> Set<DetailColumn> {
        var columns: Set<DetailColumn> = [.rateClass]
        columns.formUnion(selection.values.keys.compactMap(\.column))
        if tally.inquiry.wantsLatency {
            columns.insert(.duration)
            columns.formUnion(tally.tables.compactMap(\.dimension.column))
        }
        if tally.inquiry.wantsSessions { columns.insert(.session) }
        return columns
    }
}

extension Facet {
    /// The column of details with this facet's values.
    fileprivate var column: DetailColumn? {
        switch self {
        case .whole: nil
        case .project: .project
        case .agent: .agent
        case .operation: .operation
        case .user: .user
        }
    }
}

extension Dimension {
    /// The column of details by which calls are told apart; nil where their hour does that.
    var column: DetailColumn? {
        switch self {
        case .model, .source: .rateClass
        case .project: .project
        case .agent: .agent
        case .operation: .operation
        case .user: .user
        case .session: .session
        case .hour, .day, .week, .month: nil
        }
    }
}
