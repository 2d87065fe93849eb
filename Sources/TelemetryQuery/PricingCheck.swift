import TelemetryFormat
import TelemetrySQLite

extension QueryEngine {
    /// The models with calls that no price applies to, whether or not the log states their cost,
    /// most calls first. Calls that name no model or split no tokens say nothing about prices.
    package borrowing func modelsWithoutPrice(
        _ request: QueryRequest
    ) throws(QueryError) -> [AnswerHead.UnpricedModel] {
        var request = request
        request.costMode = .calculate
        let outcome = try answering { () throws(SQLiteError) in
            try tally(request, Inquiry())
        }
        return outcome.tally.unpricedModels { !$0.hasOnlyTotal && $0.model != nil }
    }
}
