import TelemetryFormat
import TelemetrySQLite

/// Reads the calls of one session.
struct SessionCallReader {
    let session: SessionTable.Session
    let catalog: RateClassCatalog
    let selection: Selection

    /// The calls in order of time; those of one instant by their place in the logs, whichever of
    /// these was read first.
    private static let sql = """
        SELECT \(CallColumns.details), \(CallColumns.sums), error, is_sidechain, msg_id
        FROM call JOIN file ON file.id = call.file
        WHERE call.session = ?1 AND kept = 1 AND timestamp_ms BETWEEN ?2 AND ?3
            AND call.id >= (SELECT min(first_call) FROM hour WHERE hour BETWEEN ?4 AND ?5)
            AND call.id <= (SELECT max(last_call) FROM hour WHERE hour BETWEEN ?4 AND ?5)
        ORDER BY timestamp_ms, file.root, file.name, call.line_offset, call.id
        """

    /// The selected calls, each with its cost and what the session had cost by then.
    func read(
        _ connection: borrowing Connection, _ pricer: inout Pricer, _ names: inout KeyNames
    ) throws(SQLiteError) -> [SessionCall] {
        guard let first = session.sum.usage.first, let last = session.sum.usage.last else {
            return []
        }
        var select = try connection.prepare(Self.sql)
        select.bind(1, session.key.id)
        select.bind(2, first.milliseconds)
        select.bind(3, last.milliseconds)
        select.bind(4, first.hour)
        select.bind(5, last.hour)
        var calls: [SessionCall] = []
        var spent: Money?
        while try select.step() {
            guard let position = position(of: select) else { continue }
            let instant = CallColumns.instant(select)
            let usage = CallColumns.usage(select)
            let cost = pricer.cost(ofCall: usage, position, at: instant)
            if let cost { spent = (spent ?? .zero) + cost }
            calls.append(
                SessionCall(
                    timestamp: instant, model: catalog.models[catalog.entries[position].modelKey],
                    operation: try names.text(select.int64(4)),
                    agent: try names.text(select.int64(3)), tokens: usage.tokens, cost: cost,
                    cumulativeCost: spent, succeeded: usage.failed == 0,
                    error: select.optionalText(18), isSidechain: select.int64(19) != 0,
                    messageID: select.optionalText(20),
                    durationMilliseconds: select.optionalInt64(7)))
        }
        return calls
    }

    /// Where the rate class of a call stands in the catalog; nil when the call is not asked for.
    private func position(of row: borrowing Statement) -> Int? {
        guard let position = catalog.position(of: row.int64(1)),
            catalog.entries[position].source == session.key.source, selection.classes[position],
            selection.accepts(CallColumns.names(row, tellsSession: false)),
            selection.accepts(CallColumns.usage(row))
        else { return nil }
        return position
    }
}
