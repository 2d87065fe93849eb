import TelemetryFormat
import TelemetrySQLite

/// Feeds a tally from the rows of `call`: exact for every question, at a price for each row.
struct CallReader {
    let selection: Selection
    let clock: DisplayClock

    /// What is read of which calls.
    fileprivate enum Pass {
        /// All of the calls in hours that sums do not answer.
        case calls
        /// All of the calls that must be priced one by one, in hours that sums answer otherwise.
        case callsBesideSums
        /// Sessions and durations of the other calls in hours that sums answer.
        case details
    }

    /// Reads the calls of all hours that the plan does not answer from sums, and of the others what
    /// sums do not tell.
    func read(
        _ connection: borrowing Connection, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) {
        try read(.calls, connection, plan, &pricer, into: &tally)
        try read(.callsBesideSums, connection, plan, &pricer, into: &tally)
        if tally.inquiry.wantsDetails {
            try read(.details, connection, plan, &pricer, into: &tally)
        }
    }

    private func read(
        _ pass: Pass, _ connection: borrowing Connection, _ plan: ReadingPlan,
        _ pricer: inout Pricer, into tally: inout Tally
    ) throws(SQLiteError) {
        let ranges = try plan.callRanges(connection) { pass.concerns($0) }
        if ranges.isEmpty { return }
        var select = try connection.prepare(sql(pass, plan, tally))
        for range in ranges {
            select.bind(1, range.lowerBound)
            select.bind(2, range.upperBound)
            select.bind(3, plan.bounds.lowerBound)
            select.bind(4, plan.bounds.upperBound)
            while try select.step() {
                add(select, pass, plan, &pricer, into: &tally)
            }
            select.reset()
        }
    }

    private func sql(_ pass: Pass, _ plan: ReadingPlan, _ tally: borrowing Tally) -> String {
        var columns = [CallColumns.details]
        if pass != .details { columns.append(CallColumns.sums) }
        if tally.inquiry.listsSessions { columns.append(CallColumns.session) }
        var conditions = ""
        if pass == .callsBesideSums {
            let classes = plan.classesByCall.map { String(tally.catalog.entries[$0].id) }
            conditions += " AND rate_class IN (\(classes.joined(separator: ", ")))"
        }
        // SQLite passes over other sessions without decoding their rows.
        if let sessions = selection.sessions, sessions.count <= Self.namedSessions {
            let ids = sessions.map { String($0) }
            conditions += " AND session IN (\(ids.joined(separator: ", ")))"
        }
        return """
            SELECT \(columns.joined(separator: ", ")) FROM call
            WHERE id BETWEEN ? AND ? AND kept = 1 AND timestamp_ms >= ? AND timestamp_ms < ?
                \(conditions)
            """
    }

    /// A statement may be as long as a million bytes; this many ids are some ten thousand.
    private static let namedSessions = 1_000

    private func add(
        _ row: borrowing Statement, _ pass: Pass, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) {
        let instant = CallColumns.instant(row)
        let reading = plan.reading(of: instant.hour)
        guard let position = tally.catalog.position(of: row.int64(1)),
            selection.classes[position], pass.concerns(reading),
            reading != .sumsAndCalls
                || pricer.needsCalls(position, hour: instant.hour) == (pass == .callsBesideSums)
        else { return }
        var summand = Summand(
            rateClass: position, localHour: clock.localHour(at: instant),
            names: CallColumns.names(row, tellsSession: tally.inquiry.listsSessions),
            usage: pass == .details ? CallColumns.outline(row) : CallColumns.usage(row))
        guard selection.accepts(summand.names), selection.accepts(summand.usage) else { return }
        if pass == .details { return tally.addDetails(summand) }
        summand.cost = pricer.cost(ofCall: summand.usage, position, at: instant)
        tally.add(summand)
    }
}

extension CallReader.Pass {
    fileprivate func concerns(_ reading: ReadingPlan.Reading) -> Bool {
        switch self {
        case .calls: reading == .calls
        case .callsBesideSums: reading == .sumsAndCalls
        case .details: reading == .sums || reading == .sumsAndCalls
        }
    }
}
