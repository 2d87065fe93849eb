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
        var select = try connection.prepare(
            "SELECT id, cells FROM rollup WHERE id BETWEEN ? AND ? ORDER BY id")
        for facet in Facet.allCases {
            let tables = tally.tables(fedBy: facet, selectedBy: selection.facet)
            let isTotal = facet == selection.facet
            guard isTotal || !tables.isEmpty else { continue }
            let grain = tally.grain(ofTables: tables, isTotal: isTotal)
            var facetReader = FacetReader(facet, selection, clock, isTotal, tables)
            for run in plan.sumRuns(grain, clock) {
                try facetReader.read(run, &select, &plan, &pricer, into: &tally)
            }
            try facetReader.readHoursOfDays(&select, &plan, &pricer, into: &tally)
        }
    }
}

/// Reads the sums of one facet.
private struct FacetReader {
    private let facet: Facet
    private let clock: DisplayClock
    /// By position in the catalog, whether calls are selected.
    private let classes: [Bool]
    /// The only values that are selected; nil = all.
    private let values: Set<Int64>?
    private let isTotal: Bool
    /// The breakdowns that the sums go into.
    private let tables: [Int]
    /// Days with calls of rate classes whose price changes in the course of a day.
    private var daysByHour: Set<Int> = []

    init(
        _ facet: Facet, _ selection: borrowing Selection, _ clock: DisplayClock, _ isTotal: Bool,
        _ tables: [Int]
    ) {
        self.facet = facet
        self.clock = clock
        classes = selection.classes
        values = selection.values[facet]
        self.isTotal = isTotal
        self.tables = tables
    }

    /// Which rate classes are taken from a row.
    private enum Choice {
        case all
        /// Those with one price all day, from the sums of a day; of days with others note is taken.
        case pricedByDay
        /// The others, from the sums of the day's hours.
        case pricedByHour
    }

    /// Reads neighbouring rows.
    mutating func read(
        _ run: SumRun, _ select: inout Statement, _ plan: inout ReadingPlan,
        _ pricer: inout Pricer, into tally: inout Tally
    ) throws(SQLiteError) {
        switch run {
        case .hours(let hours):
            try read(hours, .all, &select, &plan, &pricer, into: &tally)
        case .days(let days):
            select.bind(1, facet.rowID(day: days.lowerBound))
            select.bind(2, facet.rowID(day: days.upperBound))
            defer { select.reset() }
            while try select.step() {
                let day = Int(select.int64(0) & 0xFFFF_FFFF)
                add(select, .pricedByDay, hour: day * 24, &plan, &pricer, into: &tally)
            }
        }
    }

    /// Reads from their hours what the sums of days could not tell.
    mutating func readHoursOfDays(
        _ select: inout Statement, _ plan: inout ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) {
        for day in daysByHour.sorted() {
            let hours = day * 24...day * 24 + 23
            try read(hours, .pricedByHour, &select, &plan, &pricer, into: &tally)
        }
    }

    private mutating func read(
        _ hours: ClosedRange<Int>, _ choice: Choice, _ select: inout Statement,
        _ plan: inout ReadingPlan, _ pricer: inout Pricer, into tally: inout Tally
    ) throws(SQLiteError) {
        select.bind(1, facet.rowID(hour: hours.lowerBound))
        select.bind(2, facet.rowID(hour: hours.upperBound))
        defer { select.reset() }
        while try select.step() {
            let hour = Int(select.int64(0) & 0xFFFF_FFFF)
            add(select, choice, hour: hour, &plan, &pricer, into: &tally)
        }
    }

    /// Adds the cells of the present row, which begins with `hour`.
    private mutating func add(
        _ row: borrowing Statement, _ choice: Choice, hour: Int, _ plan: inout ReadingPlan,
        _ pricer: inout Pricer, into tally: inout Tally
    ) {
        var summand = Summand(
            rateClass: 0, localHour: clock.localHour(ofHour: hour), names: SummandNames(),
            usage: Usage())
        row.withBlob(1) { cells in
            RollupPacking.forEachCell(in: cells) { cell in
                guard let position = tally.catalog.position(of: cell.rateClass),
                    classes[position], values?.contains(cell.value) ?? true
                else { return }
                if choice != .all {
                    let isByHour = pricer.changesWithinDay(position)
                    if isByHour, choice == .pricedByDay { daysByHour.insert(hour / 24) }
                    guard isByHour == (choice == .pricedByHour) else { return }
                }
                if pricer.needsCalls(position, hour: hour) {
                    return plan.addCalls(of: position, hour: hour)
                }
                summand.rateClass = position
                summand.names[facet] = cell.value
                summand.usage = cell.usage
                summand.cost = pricer.cost(of: cell.usage, position, hour: hour)
                tally.addSum(summand, isTotal: isTotal, toTables: tables)
            }
        }
    }
}
