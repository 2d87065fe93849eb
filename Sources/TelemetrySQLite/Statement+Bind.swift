import CTelemetrySQLite

// A parameter that does not exist, or binding between `step` and `reset`, is a programmer's error.
// Text and blobs are copied: nothing the caller holds has to outlive the call.
extension Statement {
    /// Sets parameter `index` to an integer.
    package borrowing func bind(_ index: Int32, _ value: Int64) {
        check(sqlite3_bind_int64(handle, index, value), index)
    }

    /// Sets parameter `index` to an integer.
    package borrowing func bind(_ index: Int32, _ value: Int) { bind(index, Int64(value)) }

    /// Sets parameter `index` to an integer or NULL.
    package borrowing func bind(_ index: Int32, _ value: Int64?) {
        if let value { bind(index, value) } else { bindNull(index) }
    }

    /// Sets parameter `index` to a floating-point number; one that is no number becomes NULL.
    package borrowing func bind(_ index: Int32, _ value: Double) {
        check(sqlite3_bind_double(handle, index, value), index)
    }

    /// Sets parameter `index` to NULL.
    package borrowing func bindNull(_ index: Int32) {
        check(sqlite3_bind_null(handle, index), index)
    }

    /// Sets parameter `index` to text.
    package borrowing func bind(_ index: Int32, _ value: String) throws(SQLiteError) {
        var value = value
        let code = value.withUTF8 { bindText(index, $0.baseAddress, $0.count) }
        try checkSize(code, index)
    }

    /// Sets parameter `index` to text or NULL.
    package borrowing func bind(_ index: Int32, _ value: String?) throws(SQLiteError) {
        if let value { try bind(index, value) } else { bindNull(index) }
    }

    /// Sets parameter `index` to text, given as UTF-8 that SQLite takes as it is.
    package borrowing func bindText(_ index: Int32, _ bytes: Span<UInt8>) throws(SQLiteError) {
        let code = bytes.withUnsafeBufferPointer { bindText(index, $0.baseAddress, $0.count) }
        try checkSize(code, index)
    }

    /// Sets parameter `index` to text, given as UTF-8 that SQLite takes as it is.
    package borrowing func bindText(
        _ index: Int32, bytes: UnsafeRawBufferPointer
    ) throws(SQLiteError) {
        try checkSize(bindText(index, bytes.baseAddress, bytes.count), index)
    }

    /// Sets parameter `index` to a blob.
    package borrowing func bindBlob(_ index: Int32, _ bytes: Span<UInt8>) throws(SQLiteError) {
        let code = bytes.withUnsafeBufferPointer { bytes in
            // A null pointer would mean NULL instead of an empty blob.
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : telemetry_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
        }
        try checkSize(code, index)
    }

    private borrowing func bindText(
        _ index: Int32, _ start: UnsafeRawPointer?, _ count: Int
    ) -> Int32 {
        // A null pointer would mean NULL instead of an empty text.
        guard let start, count > 0 else { return telemetry_bind_text(handle, index, "", 0) }
        return telemetry_bind_text(handle, index, start, UInt64(count))
    }

    private borrowing func check(_ code: Int32, _ index: Int32) {
        precondition(code == SQLITE_OK, "bind parameter \(index): SQLite code \(code)")
    }

    private borrowing func checkSize(_ code: Int32, _ index: Int32) throws(SQLiteError) {
        if code == SQLITE_TOOBIG || code == SQLITE_NOMEM { throw failure() }
        check(code, index)
    }
}
