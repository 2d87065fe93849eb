import TelemetryFormat
import TelemetryPricing
import TelemetrySQLite

/// Which session is asked about, and how.
package struct SessionRequest: Sendable {
    /// The session's id, or its beginning; not empty.
    package var id: String
    package var query: QueryRequest

    package init(id: String, query: QueryRequest) {
        self.id = id
        self.query = query
    }
}

extension QueryEngine {
    /// One session with its calls in order of time (`sessions show`). An id that is one session's
    /// whole id means that one; else it is the beginning of one id, which must be unique. Of more
    /// calls than `limit`, more than a person reads, only the first are in the answer.
    package borrowing func session(
        _ request: SessionRequest, limit: Int = 100_000
    ) throws(QueryError) -> SessionAnswer {
        let search = try answering { () throws(SQLiteError) in
            try find(request, limit)
        }
        switch search {
        case .found(let answer): return answer
        case .none: throw .noSession(request.id)
        case .several(let sessions): throw .severalSessions(request.id, sessions)
        }
    }

    private enum Search {
        case found(SessionAnswer)
        case none
        case several([SessionRow])
    }

    private borrowing func find(
        _ request: SessionRequest, _ limit: Int
    ) throws(SQLiteError) -> Search {
        let texts = try texts(beginningWith: request.id)
        let whole = texts.filter { $0.value == request.id }
        for ids in [whole, texts].map({ Set($0.map(\.id)) }) where !ids.isEmpty {
            let inquiry = Inquiry(listsSessions: true, sessions: ids)
            let outcome = try tally(request.query, inquiry)
            let sessions = outcome.tally.sessionTable.sessions
            if sessions.count == 1 {
                return .found(try answer(sessions[0], outcome, request.query, limit))
            } else if sessions.count > 1 {
                var names = try KeyNames(connection, outcome.tally.catalog)
                var rows: [SessionRow] = []
                for session in sessions { rows.append(try names.row(session)) }
                return .several(rows)
            }
        }
        return .none
    }

    /// The texts of the cache, of whatever meaning, that begin so.
    private borrowing func texts(
        beginningWith prefix: String
    ) throws(SQLiteError) -> [(id: Int64, value: String)] {
        var texts: [(id: Int64, value: String)] = []
        var select = try connection.prepare(
            "SELECT id, value FROM text WHERE value >= ? ORDER BY value")
        try select.bind(1, prefix)
        while try select.step() {
            let value = select.text(1)
            guard value.utf8.starts(with: prefix.utf8) else { break }
            texts.append((select.int64(0), value))
        }
        return texts
    }

    private borrowing func answer(
        _ session: SessionTable.Session, _ outcome: TallyOutcome, _ request: QueryRequest,
        _ limit: Int
    ) throws(SQLiteError) -> SessionAnswer {
        var names = try KeyNames(connection, outcome.tally.catalog)
        let reader = SessionCallReader(
            session: session, catalog: outcome.tally.catalog,
            selection: try Selection(request, outcome.tally.catalog, connection))
        var pricer = Pricer(request.costMode, prices, outcome.tally.catalog)
        let calls = try reader.read(connection, &pricer, &names)
        let shown = Self.ordered(calls, request).prefix(min(request.top ?? .max, limit))
        var head = outcome.head(request)
        if shown.count < min(calls.count, request.top ?? .max) {
            head.notes.append(
                "only \(shown.count) of \(calls.count) calls are shown;"
                    + " --since and --until choose others")
        }
        return SessionAnswer(head: head, session: try names.row(session), calls: Array(shown))
    }

    private static func ordered(_ calls: [SessionCall], _ request: QueryRequest) -> [SessionCall] {
        if request.sort != nil { return RowOrder(request, byDefault: .firstSeen).sorted(calls) }
        return request.order == .descending ? calls.reversed() : calls
    }
}

extension SessionCall: SortableRow {
    var key: String? { model }

    var usage: PricedUsage {
        let usage = Usage(
            at: timestamp, success: succeeded, tokens: tokens, webSearches: nil, cost: nil,
            durationMilliseconds: durationMilliseconds)
        return PricedUsage(usage: usage, cost: cost, unpricedCalls: cost == nil ? 1 : 0)
    }
}
