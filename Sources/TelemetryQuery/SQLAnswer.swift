/// What a statement of `query "SQL"` gave.
package struct SQLAnswer: Equatable, Sendable {
    /// A value as SQLite holds it.
    package enum Value: Equatable, Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        /// Only the length: bytes have no place in a table.
        case blob(bytes: Int)
    }

    package var columns: [String]
    package var rows: [[Value]]
    /// Whether rows were left out because there are more than the limit allows.
    package var isTruncated: Bool

    package init(columns: [String], rows: [[Value]], isTruncated: Bool = false) {
        self.columns = columns
        self.rows = rows
        self.isTruncated = isTruncated
    }

    /// Views and their columns, one row a column.
    package init(views: [(name: String, columns: [String])]) {
        let rows = views.flatMap { view in
            view.columns.map { [Value.text(view.name), .text($0)] }
        }
        self.init(columns: ["view", "column"], rows: rows)
    }
}
