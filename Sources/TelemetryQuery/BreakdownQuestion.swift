import TelemetrySQLite

extension QueryEngine {
    /// Calls by each dimension that the request names (`costs`): dearest first, time in its order.
    package borrowing func breakdown(_ request: QueryRequest) throws(QueryError) -> BreakdownAnswer
    {
        try answering { () throws(SQLiteError) in
            let outcome = try tally(request, Inquiry(dimensions: request.dimensions))
            return BreakdownAnswer(
                head: outcome.head(request),
                breakdowns: try breakdowns(outcome, request, sortedByDefault: .cost))
        }
    }
}
