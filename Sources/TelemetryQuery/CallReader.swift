import TelemetryFormat
import TelemetrySQLite

/// Feeds a tally from the rows of `call`: exact for every question, at a price for each row.
struct CallReader {
    let selection: Selection
    let clock: DisplayClock

    private static let sql = """
        SELECT timestamp_ms, rate_class, project, agent, operation, user, session, duration_ms,
            input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
            cache_write_1h_tokens, reasoning_tokens, unsplit_tokens, web_searches, cost, success
        FROM call
        WHERE id BETWEEN ? AND ? AND kept = 1 AND timestamp_ms >= ? AND timestamp_ms < ?
        """

    /// Reads the calls of all hours that the plan does not answer from sums.
    func read(
        _ connection: borrowing Connection, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) {
        var select = try connection.prepare(Self.sql)
        for range in plan.callRanges {
            select.bind(1, range.lowerBound)
            select.bind(2, range.upperBound)
            select.bind(3, plan.bounds.lowerBound)
            select.bind(4, plan.bounds.upperBound)
            while try select.step() {
                add(select, plan, &pricer, into: &tally)
            }
            select.reset()
        }
    }

    private func add(
        _ row: borrowing Statement, _ plan: ReadingPlan, _ pricer: inout Pricer,
        into tally: inout Tally
    ) {
        let instant = Timestamp(milliseconds: row.int64(0))
        guard let position = tally.catalog.position(of: row.int64(1)),
            selection.classes[position]
        else { return }
        switch plan.reading(of: instant.hour) {
        case .calls: break
        case .sumsAndCalls where pricer.needsCalls(position, hour: instant.hour): break
        default: return
        }
        let names = SummandNames(
            project: row.int64(2), agent: row.int64(3), operation: row.int64(4),
            user: row.int64(5), session: row.int64(6))
        let usage = usage(of: row, at: instant)
        guard selection.accepts(names), selection.accepts(usage) else { return }
        tally.add(
            Summand(
                rateClass: position, localHour: clock.localHour(at: instant), names: names,
                usage: usage, cost: pricer.cost(ofCall: usage, position, at: instant)))
    }

    /// The call as a sum of one.
    private func usage(of row: borrowing Statement, at instant: Timestamp) -> Usage {
        var usage = Usage()
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
        if let duration = row.optionalInt64(7) {
            usage.timedCalls = 1
            usage.durationMilliseconds = duration
            usage.timedOutputTokens = usage.tokens.output
        }
        usage.first = instant
        usage.last = instant
        return usage
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
