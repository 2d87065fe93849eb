import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

extension QueryEngine {
    /// The sessions of the calls (`sessions`): latest end first. A call that names none is in the
    /// totals only.
    package borrowing func sessions(_ request: QueryRequest) throws(QueryError) -> SessionsAnswer {
        try answering { () throws(SQLiteError) in
            let outcome = try tally(request, Inquiry(listsSessions: true))
            let table = outcome.tally.sessionTable
            var head = outcome.head(request)
            head.notes += table.notes
            return SessionsAnswer(
                head: head, count: table.sessions.count, sessions: try rows(outcome, request))
        }
    }

    private borrowing func rows(
        _ outcome: TallyOutcome, _ request: QueryRequest
    ) throws(SQLiteError) -> [SessionRow] {
        let order = RowOrder(request, byDefault: .lastSeen)
        let count = request.top ?? .max
        // By source, so that an id of two sources does not stand as the cache happens to have it.
        let sessions = outcome.tally.sessionTable.sessions.sorted { $0.source < $1.source }
        var names = try KeyNames(connection, outcome.tally.catalog)
        var rows: [SessionRow] = []
        for session in order.contenders(sessions, forFirst: count, usage: \.sum.priced) {
            rows.append(try names.row(session))
        }
        return Array(order.sorted(rows).prefix(count))
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
            id: try text(session.id) ?? "",
            source: SourceKind(rawValue: session.source)?.name ?? "",
            project: try name(session.project), gitBranch: try name(session.gitBranch),
            commandLineTool: try name(session.commandLineTool),
            persona: try name(session.persona), models: models(session.models),
            usage: session.sum.priced)
    }
}
