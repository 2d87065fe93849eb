import TelemetryFormat
import TelemetrySQLite

/// Writes rows of `call` through SQLite, sixteen a statement: a third faster than one by one.
struct CallInserter: ~Copyable {
    private static let group = 16

    private var many: Statement
    private var one: Statement
    private var numbers = Array(repeating: Int64(0), count: CallRow.numberColumns.count)
    /// The id that the next row gets.
    private(set) var nextID: Int64

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let many = try connection.prepare(Self.insertion(rows: Self.group))
        let one = try connection.prepare(Self.insertion(rows: 1))
        let nextID = (try connection.integer("SELECT max(id) FROM call") ?? 0) + 1
        self.many = many
        self.one = one
        self.nextID = nextID
    }

    private static func insertion(rows: Int) -> String {
        let columns = ["id"] + CallRow.numberColumns + CallRow.textColumns
        let row = "(" + Array(repeating: "?", count: columns.count).joined(separator: ", ") + ")"
        let values = Array(repeating: row, count: rows).joined(separator: ", ")
        return "INSERT INTO call(\(columns.joined(separator: ", "))) VALUES \(values)"
    }

    /// Writes a batch.
    mutating func insert(_ batch: borrowing CallBatch) throws(SQLiteError) {
        let bytes = batch.bytes.span
        var index = 0
        while index + Self.group <= batch.rows.count {
            var parameter: Int32 = 1
            for row in index..<index + Self.group {
                try Self.bind(batch.rows[row], bytes, nextID, &numbers, &parameter, many)
                nextID += 1
            }
            try many.run()
            index += Self.group
        }
        for row in index..<batch.rows.count {
            var parameter: Int32 = 1
            try Self.bind(batch.rows[row], bytes, nextID, &numbers, &parameter, one)
            try one.run()
            nextID += 1
        }
    }

    private static func bind(
        _ row: CallRow, _ bytes: Span<UInt8>, _ id: Int64, _ numbers: inout [Int64],
        _ parameter: inout Int32, _ statement: borrowing Statement
    ) throws(SQLiteError) {
        statement.bind(parameter, id)
        parameter += 1
        var span = numbers.mutableSpan
        row.fill(&span)
        for number in numbers {
            if number == CallRow.null {
                statement.bindNull(parameter)
            } else {
                statement.bind(parameter, number)
            }
            parameter += 1
        }
        for text in row.texts {
            let slice = bytes.extracting(text.range)
            if slice.isEmpty {
                statement.bindNull(parameter)
            } else if text.isBinary {
                try statement.bindBlob(parameter, slice)
            } else {
                try statement.bindText(parameter, slice)
            }
            parameter += 1
        }
    }
}
