import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

extension QueryEngine {
    /// The sessions of the calls (`sessions`): latest end first. A call that names none is in the
    /// totals only.
    package borrowing func sessions(_ request: QueryRequest) throws(QueryError) -> SessionsAnswer {
        try answering { () throws(SQLiteError) in
            let order = RowOrder(request, byDefault: .lastSeen)
            guard let count = request.top, order.needsOutlineOnly else {
                let outcome = try tally(request, Inquiry(listsSessions: true))
                let sessions = outcome.tally.sessionTable.sessions
                return try answer(outcome, showing: sessions, request, order)
            }
            // The few that are shown are found, and then read, in half the time of reading all.
            let outline = try tally(request, Inquiry(outlinesSessions: true))
            let first = order.contenders(
                outline.tally.sessionTable.sessions, forFirst: count, usage: \.sum.priced)
            return try answer(outline, showing: whole(first, request), request, order)
        }
    }

    /// Sessions that are known in outline, with all there is to say of them.
    private borrowing func whole(
        _ sessions: [SessionTable.Session], _ request: QueryRequest
    ) throws(SQLiteError) -> [SessionTable.Session] {
        let keys = Set(sessions.map(\.key))
        guard let first = sessions.compactMap(\.sum.usage.first).min(),
            let last = sessions.compactMap(\.sum.usage.last).max()
        else { return [] }
        let end = Timestamp(milliseconds: last.milliseconds + 1)
        return try tally(
            request, Inquiry(listsSessions: true, sessions: Set(keys.map(\.id))),
            within: PeriodSpec.Bounds(start: first, end: end)
        ).tally.sessionTable.sessions.filter { keys.contains($0.key) }
    }

    private borrowing func answer(
        _ outcome: TallyOutcome, showing sessions: [SessionTable.Session],
        _ request: QueryRequest, _ order: RowOrder
    ) throws(SQLiteError) -> SessionsAnswer {
        let table = outcome.tally.sessionTable
        let count = request.top ?? .max
        // By source, so that an id of two sources does not stand as the cache happens to have it.
        let shown = order.contenders(
            sessions.sorted { $0.key.source < $1.key.source }, forFirst: count, usage: \.sum.priced)
        var names = try KeyNames(connection, outcome.tally.catalog)
        var rows: [SessionRow] = []
        for session in shown { rows.append(try names.row(session)) }
        var head = outcome.head(request)
        head.notes += table.notes
        return SessionsAnswer(
            head: head, count: table.sessions.count,
            sessions: Array(order.sorted(rows).prefix(count)))
    }
}

extension RowOrder {
    /// Whether sessions in outline tell which come first. (Their names do, but then all are read.)
    fileprivate var needsOutlineOnly: Bool {
        switch key {
        case .calls, .firstSeen, .lastSeen: true
        case .name, .failed, .tokens, .input, .output, .cost, .latency: false
        }
    }
}

extension SessionRow: SortableRow {
    var key: String? { id }
}

extension SessionTable {
    /// What has to be said about calls that are in no row.
    fileprivate var notes: [String] {
        switch callsWithoutSession {
        case 0: []
        case 1: ["1 call names no session and is in the totals only"]
        default: ["\(callsWithoutSession) calls name no session and are in the totals only"]
        }
    }
}

extension KeyNames {
    /// A session with its ids spelled out.
    mutating func row(_ session: SessionTable.Session) throws(SQLiteError) -> SessionRow {
        SessionRow(
            id: try text(session.key.id) ?? "",
            source: SourceKind(rawValue: session.key.source)?.name ?? "",
            project: try name(session.project), gitBranch: try name(session.gitBranch),
            commandLineTool: try name(session.commandLineTool),
            persona: try name(session.persona), models: models(session.models),
            usage: session.sum.priced)
    }
}
