import TelemetryIndex
import TelemetrySQLite

extension QueryEngine {
    /// How much of a statement's result is kept.
    package struct ResultLimits: Sendable {
        /// More rows than a person reads; programs page with LIMIT and OFFSET.
        package var rows = 100_000
        /// Of all texts together: what an answer may take of the memory.
        package var bytes = 64 << 20

        package init() {}
    }

    /// After this time a statement is stopped, unless it is stuck in a single call of a function.
    package static var statementTimeLimit: Duration { Sandbox.Limits().time }

    /// Runs a statement of the user's that may read the public views and nothing else.
    package borrowing func run(
        _ sql: String, limits: ResultLimits = ResultLimits(),
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(QueryError) -> SQLAnswer {
        let sandbox = Sandbox(
            relations: Set(Schema.publicViews), isCancelled: isCancelled)
        do throws(SQLiteError) {
            return try connection.query(sql, in: sandbox) { (statement) throws(SQLiteError) in
                try Self.rows(of: &statement, limits)
            }
        } catch {
            throw QueryError.statement(error)
        }
    }

    private static func rows(
        of statement: inout Statement, _ limits: ResultLimits
    ) throws(SQLiteError) -> SQLAnswer {
        let columns = 0..<statement.columnCount
        var answer = SQLAnswer(columns: columns.map { statement.columnName($0) }, rows: [])
        var bytes = 0
        while try statement.step() {
            let row = columns.map { statement.value($0) }
            bytes += row.reduce(0) { $0 + $1.byteCount }
            guard answer.rows.count < limits.rows, bytes <= limits.bytes else {
                answer.isTruncated = true
                break
            }
            answer.rows.append(row)
        }
        return answer
    }

    /// The public views with the names of their columns, for `query --schema`.
    package borrowing func publicViews() throws(QueryError) -> [(name: String, columns: [String])] {
        try answering { () throws(SQLiteError) in
            var views: [(name: String, columns: [String])] = []
            for name in Schema.publicViews {
                let statement = try connection.prepare("SELECT * FROM \(name) LIMIT 0")
                let columns = (0..<statement.columnCount).map { statement.columnName($0) }
                views.append((name, columns))
            }
            return views
        }
    }
}

extension Statement {
    fileprivate borrowing func value(_ column: Int32) -> SQLAnswer.Value {
        switch type(column) {
        case .null: .null
        case .integer: .integer(int64(column))
        case .real: .real(double(column))
        case .text: .text(text(column))
        case .blob: .blob(bytes: withBlob(column) { $0.count })
        }
    }
}

extension SQLAnswer.Value {
    fileprivate var byteCount: Int {
        if case .text(let text) = self { text.utf8.count } else { 16 }
    }
}
