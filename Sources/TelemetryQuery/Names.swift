import TelemetrySQLite

extension QueryEngine {
    /// All names of calls in a dimension, in order, for completions.
    package borrowing func names(of dimension: Dimension) throws(QueryError) -> [String] {
        let sql: String? =
            switch dimension {
            case .model:
                "SELECT value FROM text WHERE id IN (SELECT model_name FROM rate_class)"
            case .project, .agent, .operation, .user, .session:
                """
                SELECT value FROM text
                WHERE id IN (SELECT DISTINCT \(dimension.rawValue) FROM call WHERE kept = 1)
                """
            case .source, .hour, .day, .week, .month: nil
            }
        guard let sql else { return [] }
        return try answering { () throws(SQLiteError) in
            var select = try connection.prepare(sql + " ORDER BY value")
            var names: [String] = []
            while try select.step() { names.append(select.text(0)) }
            return names
        }
    }
}
