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
        let ranges = plan.callRanges { pass.concerns($0) }
        if ranges.isEmpty { return }
        var select = try connection.prepare(sql(pass, plan, tally.catalog))
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

    private func sql(_ pass: Pass, _ plan: ReadingPlan, _ catalog: RateClassCatalog) -> String {
        let sums = """
            , input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
            cache_write_1h_tokens, reasoning_tokens, unsplit_tokens, web_searches, cost, success
            """
        let classes = plan.classesByCall.map { String(catalog.entries[$0].id) }
        return """
            SELECT timestamp_ms, rate_class, project, agent, operation, user, session, duration_ms
                \(pass == .details ? "" : sums)
            FROM call
            WHERE id BETWEEN ? AND ? AND kept = 1 AND timestamp_ms >= ? AND timestamp_ms < ?
                \(pass == .callsBesideSums
                    ? "AND rate_class IN (\(classes.joined(separator: ", ")))" : "")
            """
    }

    private func add(
        _ row: borrowing Statement, _ pass: Pass, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) {
        let instant = Timestamp(milliseconds: row.int64(0))
        let reading = plan.reading(of: instant.hour)
        guard let position = tally.catalog.position(of: row.int64(1)),
            selection.classes[position], pass.concerns(reading),
            reading != .sumsAndCalls
                || pricer.needsCalls(position, hour: instant.hour) == (pass == .callsBesideSums)
        else { return }
        var summand = Summand(
            rateClass: position, localHour: clock.localHour(at: instant),
            names: SummandNames(
                project: row.int64(2), agent: row.int64(3), operation: row.int64(4),
                user: row.int64(5), session: row.int64(6)),
            usage: usage(of: row, at: instant, pass))
        guard selection.accepts(summand.names), selection.accepts(summand.usage) else { return }
        if pass == .details { return tally.addDetails(summand) }
        summand.cost = pricer.cost(ofCall: summand.usage, position, at: instant)
        tally.add(summand)
    }

    /// The call as a sum of one; of details only the duration.
    private func usage(
        of row: borrowing Statement, at instant: Timestamp, _ pass: Pass
    ) -> Usage {
        var usage = Usage()
        if let duration = row.optionalInt64(7) {
            usage.timedCalls = 1
            usage.durationMilliseconds = duration
        }
        if pass == .details { return usage }
        usage.calls = 1
        usage.failed = row.int64(17) == 0 ? 1 : 0
        usage.tokens = TokenCounts(
            input: row.int64(8), output: row.int64(9), cacheRead: row.int64(10),
            cacheWrite: row.int64(11), cacheWriteOneHour: row.int64(12), reasoning: row.int64(13),
            unsplit: row.int64(14))
        usage.webSearches = row.int64(15)
        if let cost = row.optionalInt64(16) {
            usage.recordedCalls = 1
            usage.recordedCost = Money(units: Int128(cost))
        }
        usage.timedOutputTokens = usage.timedCalls * usage.tokens.output
        usage.first = instant
        usage.last = instant
        return usage
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

extension Selection {
    /// Whether a call ended as asked for.
    @inline(__always)
    fileprivate func accepts(_ call: Usage) -> Bool {
        switch status {
        case nil: true
        case .success: call.failed == 0
        case .failure: call.failed == 1
        }
    }
}
