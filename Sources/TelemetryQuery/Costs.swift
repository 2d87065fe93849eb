import TelemetrySQLite

extension QueryEngine {
    /// What `costs` always breaks the total down by.
    private static var costDimensions: [Dimension] { [.model, .project, .agent, .day] }

    /// What calls cost, by model, project, agent and day and whatever else the request names.
    package borrowing func costs(_ request: QueryRequest) throws(QueryError) -> BreakdownAnswer {
        let asked = request.dimensions.filter { !Self.costDimensions.contains($0) }
        return try answering { () throws(SQLiteError) in
            let outcome = try tally(request, Inquiry(dimensions: Self.costDimensions + asked))
            return BreakdownAnswer(
                head: outcome.head(request),
                breakdowns: try breakdowns(outcome, request, sortedByDefault: .cost))
        }
    }

    /// Calls by the dimensions that the request names, and no others.
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
