import CTelemetrySQLite

extension Connection {
    /// Compiles `sql` within the sandbox and lends the statement to `body`, which steps it there.
    ///
    /// Errors say what was refused or which limit was met, and where in the text. A refused
    /// statement has `isDenied`, one that was stopped `isInterrupt`. One at a time in a process:
    /// SQLite's limit of memory holds for all connections together.
    package borrowing func query<Result>(
        _ sql: String, in sandbox: Sandbox,
        _ body: (inout Statement) throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        if let offset = Array(sql.utf8).firstIndex(of: 0) {
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE, message: "NUL character", statement: sql,
                place: Place(offset: offset, in: sql))
        }
        let authorizer = try SandboxAuthorizer(sandbox, on: self)
        defer { authorizer.remove(from: self) }
        let limits = SandboxedLimits(sandbox.limits, on: self)
        defer { limits.restore(on: self) }
        let watch = SandboxWatch(sandbox)
        watch.install(on: self)
        defer { watch.remove(from: self) }
        do throws(SQLiteError) {
            var statement = try prepare(sql)
            guard statement.isReadOnly, statement.columnCount > 0 else {
                throw sandbox.refusal(.action, sql)
            }
            return try body(&statement)
        } catch {
            throw sandbox.explain(error, sql, authorizer.denial, watch.stop)
        }
    }
}
