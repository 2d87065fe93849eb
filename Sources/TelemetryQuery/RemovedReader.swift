import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

/// Feeds a tally from the totals of days that are no longer in the store (`summary.json`). An hour
/// of theirs lies in the bucket of its beginning.
struct RemovedReader {
    let selection: Selection
    let clock: DisplayClock

    /// What was found.
    struct Finding {
        /// The days whose totals took part.
        var days: Set<Day> = []
        /// The days whose totals could not, and how many calls they have.
        var daysLeftOut: Set<Day> = []
        var callsLeftOut: Int64 = 0
    }

    /// Reads the totals within the bounds; answers which days they were of. Those that the question
    /// cannot use are only counted.
    func read(
        _ connection: borrowing Connection, _ bounds: Range<Int64>, _ pricer: inout Pricer,
        into tally: inout Tally
    ) throws(SQLiteError) -> Finding {
        var finding = Finding()
        let isUsable =
            selection.status == nil && selection.sessions == nil
            && tally.inquiry.isAnsweredByDays
        var select = try connection.prepare(
            """
            SELECT day, hour, rate_class, project, agent, operation, user, usage, latency
            FROM removed WHERE hour * 3600000 >= ? AND hour * 3600000 < ?
            """)
        select.bind(1, bounds.lowerBound)
        select.bind(2, bounds.upperBound)
        while try select.step() {
            let day = Day(number: Int(select.int64(0)))
            guard let summand = summand(select, tally.catalog, &pricer) else { continue }
            if isUsable {
                finding.days.insert(day)
                tally.add(summand)
            } else {
                finding.daysLeftOut.insert(day)
                finding.callsLeftOut &+= summand.usage.calls
            }
        }
        return finding
    }

    /// The total as a summand; nil when the question does not select it. Which session or outcome
    /// its calls had is not known and not asked here.
    private func summand(
        _ row: borrowing Statement, _ catalog: RateClassCatalog, _ pricer: inout Pricer
    ) -> Summand? {
        let names = SummandNames(
            project: row.int64(3), agent: row.int64(4), operation: row.int64(5), user: row.int64(6))
        guard let position = catalog.position(of: row.int64(2)), selection.classes[position],
            selection.acceptsFacets(of: names)
        else { return nil }
        let hour = Int(row.int64(1))
        let usage = row.withBlob(7) { RollupPacking.usage(from: $0) }
        return Summand(
            rateClass: position, localHour: clock.localHour(ofHour: hour), names: names,
            usage: usage, cost: pricer.cost(of: usage, position, hour: hour),
            latency: latency(of: row))
    }

    /// The durations of the total's calls, as `LatencyHistogram` writes them; nil without any.
    private func latency(of row: borrowing Statement) -> LatencyHistogram? {
        let histogram = row.withText(8) { text in
            // A histogram that cannot be read leaves percentiles to the other calls.
            (try? JSONValue(parsing: text)).flatMap { LatencyHistogram(json: $0) }
        }
        return histogram.flatMap { $0.count > 0 ? $0 : nil }
    }
}
