import CTelemetrySQLite

extension Sandbox {
    /// Says in our words what SQLite reports as a bare "not authorized", "interrupted" or "out of
    /// memory", and where in the text, as far as that can be told.
    func explain(
        _ error: SQLiteError, _ sql: String, _ denial: SandboxAuthorizer.Denial?,
        _ stop: SandboxWatch.Stop?
    ) -> SQLiteError {
        if let denial { return refusal(denial, sql) }
        let message =
            switch (error.code, stop) {
            case (SQLITE_INTERRUPT, .deadline): "stopped after \(limits.time)"
            case (SQLITE_NOMEM, _): "needs more than \(limits.memoryBytes >> 20) MiB of memory"
            default: error.message
            }
        // For "no such table: x" and its like SQLite gives no offset, but the name.
        let name = message.split(separator: ": ").last.map(String.init) ?? ""
        return SQLiteError(
            extendedCode: error.extendedCode, message: message, statement: sql,
            place: error.place ?? Place(of: name, in: sql))
    }

    /// The error for a statement that does something the sandbox does not allow.
    func refusal(_ denial: SandboxAuthorizer.Denial, _ sql: String) -> SQLiteError {
        let (message, name) =
            switch denial {
            case .table(let table): ("table \(table) cannot be read", table)
            case .builtInTable: ("a table built into SQLite cannot be read", "")
            case .function(let function): ("function \(function) cannot be called", function)
            case .action: ("only SELECT statements can be run", "")
            }
        return SQLiteError(
            extendedCode: SQLITE_AUTH, message: message, statement: sql,
            place: Place(of: name, in: sql))
    }
}
