import TelemetrySQLite

extension QueryEngine {
    /// Totals with latency, sessions and models, and the totals of the period before.
    package borrowing func stats(_ request: QueryRequest) throws(QueryError) -> StatsAnswer {
        try answering { () throws(SQLiteError) in
            let inquiry = Inquiry(wantsLatency: true, wantsSessions: true)
            let outcome = try tally(request, inquiry)
            var previous: PricedUsage?
            if let bounds = request.period.previous {
                previous = try tally(request, Inquiry(), within: bounds).tally.total.priced
            }
            let tally = outcome.tally
            return StatsAnswer(
                head: outcome.head(request), latency: tally.latency.summary(tally.total.usage),
                sessions: Int64(tally.sessions.count), models: Int64(tally.modelCount),
                previous: previous)
        }
    }
}
