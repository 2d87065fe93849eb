import CTelemetrySQLite

/// The five kinds of value that SQLite knows.
package enum ColumnType: Sendable {
    case null, integer, real, text, blob
}

// Reading a column that does not exist, or without a row, gives NULL.
extension Statement {
    /// How many columns a row has; 0 for a statement that yields no rows.
    package var columnCount: Int32 { sqlite3_column_count(handle) }

    /// The column's name: its `AS` name, where it has one.
    package borrowing func columnName(_ column: Int32) -> String {
        sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }

    /// The kind of the value in this row.
    package borrowing func type(_ column: Int32) -> ColumnType {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    /// Whether the value in this row is NULL.
    package borrowing func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    /// The value as an integer; 0 for NULL.
    package borrowing func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// The value as an integer; `nil` for NULL.
    package borrowing func optionalInt64(_ column: Int32) -> Int64? {
        isNull(column) ? nil : int64(column)
    }

    /// The value as a floating-point number; 0 for NULL.
    package borrowing func double(_ column: Int32) -> Double {
        sqlite3_column_double(handle, column)
    }

    /// The value as a floating-point number; `nil` for NULL.
    package borrowing func optionalDouble(_ column: Int32) -> Double? {
        isNull(column) ? nil : double(column)
    }

    /// The value as text, ill-formed UTF-8 repaired; empty for NULL.
    package borrowing func text(_ column: Int32) -> String {
        let start = sqlite3_column_text(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The value as text, ill-formed UTF-8 repaired; `nil` for NULL.
    package borrowing func optionalText(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Lends the bytes of the value as text, without a copy; none for NULL. They live as long as
    /// the row, and until the column is read as another type.
    package borrowing func withText<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = sqlite3_column_text(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return try body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count).span)
    }

    /// Lends the bytes of the value as a blob, without a copy; none for NULL. They live as long as
    /// the row, and until the column is read as another type.
    package borrowing func withBlob<Result, Failure: Error>(
        _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return try body(bytes.bindMemory(to: UInt8.self).span)
    }
}
