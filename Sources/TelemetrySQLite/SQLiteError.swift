import CTelemetrySQLite

/// What SQLite refused to do, captured at once. It never holds a bound value.
package struct SQLiteError: Error, Equatable, Sendable {
    /// The extended result code, such as `SQLITE_IOERR_SHORT_READ`.
    package let extendedCode: Int32
    /// SQLite's own words, or ours where we know better.
    package let message: String
    /// The beginning of the SQL text, on one line; `nil` when no statement was involved.
    package let statement: String?
    /// Where in the SQL text the error is, when SQLite or the sandbox can tell.
    package let place: Place?

    /// The primary result code, such as `SQLITE_IOERR`.
    package var code: Int32 { extendedCode & 0xff }

    /// An error of our own making or one taken from a connection.
    package init(
        extendedCode: Int32, message: String, statement: String? = nil, place: Place? = nil
    ) {
        self.extendedCode = extendedCode
        self.message = message
        self.statement = statement.map(Self.excerpt)
        self.place = place
    }

    /// What the system refused about a database file that is written past SQLite.
    package static func system(_ message: String, isDiskFull: Bool) -> SQLiteError {
        SQLiteError(extendedCode: isDiskFull ? SQLITE_FULL : SQLITE_IOERR, message: message)
    }

    /// The error a connection reports for the call that has just failed on it.
    init(_ database: OpaquePointer?, statement: String? = nil) {
        let offset = database.map { Int(sqlite3_error_offset($0)) } ?? -1
        self.init(
            extendedCode: database.map(sqlite3_extended_errcode) ?? SQLITE_NOMEM,
            message: database.flatMap(sqlite3_errmsg).map { String(cString: $0) }
                ?? "out of memory",
            statement: statement,
            place: statement.flatMap { offset < 0 ? nil : Place(offset: offset, in: $0) })
    }

    /// Long statements are cut: enough to find them in the source.
    private static func excerpt(_ sql: String) -> String {
        let words = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= 80 ? words : words.prefix(79) + "…"
    }
}

extension SQLiteError: CustomStringConvertible {
    /// For example `no such column: modle at line 1, column 8, in "SELECT modle FROM calls"`.
    package var description: String {
        [message, place.map { "at \($0)," }, statement.map { "in \"\($0)\"" }]
            .compactMap { $0 }
            .joined(separator: " ")
    }
}

// What a caller has to tell apart, so that only this module knows SQLite's numbers.
extension SQLiteError {
    /// The file is damaged or no database: set it aside and rebuild.
    package var isCorruption: Bool {
        code == SQLITE_CORRUPT || code == SQLITE_NOTADB
            || extendedCode == SQLITE_IOERR | (2 << 8)  // SQLITE_IOERR_SHORT_READ
    }

    /// The file is not to blame: the same may succeed at another time. Every other error of a
    /// statement that is known to be right says that the file is not what it should be, be it
    /// a missing table, a violated constraint or a header that forbids writing.
    package var isPassing: Bool {
        isBusy || isFull || isInterrupt || code == SQLITE_NOMEM
            || (code == SQLITE_IOERR && !isCorruption)
    }

    /// Another connection held the lock for longer than the busy timeout.
    package var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }

    /// The disk or the quota is full.
    package var isFull: Bool { code == SQLITE_FULL }

    /// The file or its directory may not be written; also a hot journal met by a reader.
    package var isReadOnly: Bool { code == SQLITE_READONLY }

    /// The file does not exist or may not be opened.
    package var isCannotOpen: Bool { code == SQLITE_CANTOPEN }

    /// A statement was stopped: by a deadline, an interruption or a sandbox's limit.
    package var isInterrupt: Bool { code == SQLITE_INTERRUPT }

    /// A sandbox refused the statement.
    package var isDenied: Bool { code == SQLITE_AUTH }
}
