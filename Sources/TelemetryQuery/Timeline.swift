import TelemetrySQLite

extension QueryEngine {
    /// Calls by buckets of time (`hourly`, `daily`, `weekly`, `monthly`): each with its models, and
    /// one row for each of them when the request breaks down by model. Empty buckets have no row.
    package borrowing func timeline(
        _ request: QueryRequest, by dimension: Dimension
    ) throws(QueryError) -> BreakdownAnswer {
        precondition(dimension.isTime, "no bucket of time: \(dimension)")
        return try answering { () throws(SQLiteError) in
            let inquiry = Inquiry(dimensions: [dimension], listsModels: true)
            let outcome = try tally(request, inquiry)
            return BreakdownAnswer(
                head: outcome.head(request),
                breakdowns: try breakdowns(outcome, request, sortedByDefault: .name))
        }
    }
}
