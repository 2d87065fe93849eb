import TelemetrySQLite

extension QueryEngine {
    /// Who or what calls were made with (`models`, `agents`, `projects`, `operations`, `users`):
    /// most used first, with latency.
    package borrowing func usage(
        _ request: QueryRequest, by dimension: Dimension
    ) throws(QueryError) -> BreakdownAnswer {
        try answering { () throws(SQLiteError) in
            let inquiry = Inquiry(dimensions: [dimension], wantsLatency: true)
            let outcome = try tally(request, inquiry)
            return BreakdownAnswer(
                head: outcome.head(request),
                breakdowns: try breakdowns(outcome, request, sortedByDefault: .calls))
        }
    }
}
