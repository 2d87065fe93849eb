import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

/// Feeds a tally with the outlines of sessions, from the `session_hour` table, where calls are
/// chosen by nothing but their source: that is all the table knows of them.
struct SessionReader {
    let selection: Selection

    /// Reads the sessions of the hours that are answered by sums alone, and notes in the plan that
    /// this was done.
    func read(
        _ connection: borrowing Connection, _ plan: inout ReadingPlan, into tally: inout Tally
    ) throws(SQLiteError) {
        guard tally.inquiry.outlinesSessions, let hours = plan.summedHours,
            let sources = selection.wholeSources(tally.catalog)
        else { return }
        plan.readsSessionHours = true
        var select = try connection.prepare(
            "SELECT hour, outlines FROM session_hour WHERE hour BETWEEN ? AND ? ORDER BY hour")
        select.bind(1, hours.lowerBound)
        select.bind(2, hours.upperBound)
        while try select.step() {
            let hour = Int(select.int64(0))
            guard plan.reading(of: hour) == .sums else { continue }
            select.withBlob(1) { bytes in
                SessionOutline.forEach(in: bytes, hour: hour) { outline in
                    if sources.contains(outline.source) { tally.addOutline(outline) }
                }
            }
        }
    }
}

extension Selection {
    /// The sources all calls of which are chosen, if those of the others are not; nil when calls
    /// are chosen by anything else.
    fileprivate func wholeSources(_ catalog: RateClassCatalog) -> Set<Int64>? {
        guard values.isEmpty, !needsCalls else { return nil }
        var (chosen, others): (Set<Int64>, Set<Int64>) = ([], [])
        for (position, entry) in catalog.entries.enumerated() {
            if classes[position] {
                chosen.insert(entry.source)
            } else {
                others.insert(entry.source)
            }
        }
        return chosen.isDisjoint(with: others) ? chosen : nil
    }
}
