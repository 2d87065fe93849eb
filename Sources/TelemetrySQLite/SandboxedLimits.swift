import CTelemetrySQLite

/// The limits of a connection and of the process while a sandboxed statement runs.
struct SandboxedLimits {
    private var connectionLimitsBefore: [(limit: Int32, value: Int32)] = []
    private let heapLimitBefore: Int64

    /// Sets the sandbox's limits and remembers those before.
    init(_ limits: Sandbox.Limits, on connection: borrowing Connection) {
        let values = [
            (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_VARIABLE_NUMBER, 0),
            (SQLITE_LIMIT_WORKER_THREADS, 0),
            (SQLITE_LIMIT_LENGTH, limits.valueBytes),
            (SQLITE_LIMIT_SQL_LENGTH, limits.sqlBytes),
            (SQLITE_LIMIT_COLUMN, limits.columns),
            (SQLITE_LIMIT_EXPR_DEPTH, limits.expressionDepth),
            (SQLITE_LIMIT_COMPOUND_SELECT, limits.compoundTerms),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits.patternBytes),
            (SQLITE_LIMIT_VDBE_OP, limits.instructions),
        ]
        for (limit, value) in values {
            let before = sqlite3_limit(connection.database, limit, value)
            connectionLimitsBefore.append((limit, before))
        }
        heapLimitBefore = sqlite3_hard_heap_limit64(sqlite3_memory_used() + limits.memoryBytes)
    }

    /// Sets the limits from before.
    func restore(on connection: borrowing Connection) {
        for (limit, value) in connectionLimitsBefore {
            sqlite3_limit(connection.database, limit, value)
        }
        sqlite3_hard_heap_limit64(heapLimitBefore)
    }
}
