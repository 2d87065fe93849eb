import CTelemetrySQLite

/// One open database, closed when the value ends. For one thread at a time; never across `fork`.
///
/// Every connection distrusts its file, for anything may have been put in its place: functions
/// with side effects do not run from its schema, and the schema cannot be edited as text.
package struct Connection: ~Copyable {
    /// SQLite's own handle, for this module.
    let database: OpaquePointer

    /// How a file is opened.
    package enum Mode: Sendable {
        /// Reads an existing file; takes read locks and cannot recover a hot journal.
        case readOnly
        /// Reads and writes an existing file.
        case readWrite
        /// Reads and writes, and makes the file (0644 less the umask) when it does not exist.
        case create
        /// Reads a file that nobody changes meanwhile: no locks, no look at a journal.
        case immutable
    }

    /// Opens the file at `path`. A lock held by another connection is waited for up to
    /// `busyTimeoutMilliseconds`. That the file is a database shows only at the first statement.
    package init(
        path: String, mode: Mode, busyTimeoutMilliseconds: Int32 = 5000
    ) throws(SQLiteError) {
        database = try Self.open(Self.fileName(path, mode), mode, busyTimeoutMilliseconds)
    }

    private init(temporary: Void) throws(SQLiteError) {
        database = try Self.open("", .create, 0)
    }

    /// A private database that lives in memory, spills to an unnamed file and ends with the value.
    package static func temporary() throws(SQLiteError) -> Connection {
        try Connection(temporary: ())
    }

    deinit {
        // The form that waits for statements still alive, in whatever order values end.
        sqlite3_close_v2(database)
    }

    /// Closes now; throws when a statement is still alive or the last write fails.
    package consuming func close() throws(SQLiteError) {
        let code = sqlite3_close(database)
        let error = code == SQLITE_OK ? nil : SQLiteError(database)
        if error != nil { sqlite3_close_v2(database) }
        discard self
        if let error { throw error }
    }

    /// The version of the SQLite library in use, such as `3.40.1`.
    package static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}

extension Connection {
    private static func open(
        _ name: String, _ mode: Mode, _ busyTimeoutMilliseconds: Int32
    ) throws(SQLiteError) -> OpaquePointer {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, mode.flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError(opened)
            sqlite3_close(opened)
            throw error
        }
        sqlite3_busy_timeout(opened, busyTimeoutMilliseconds)
        telemetry_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        telemetry_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1)
        sqlite3_exec(opened, "PRAGMA cell_size_check = ON", nil, nil, nil)
        return opened
    }

    /// SQLite takes `file:…` for a URI and an empty name or `:memory:` for no file; a path is none
    /// of these once it begins with `/` or `.`. Only a URI can say that a file is immutable.
    private static func fileName(_ path: String, _ mode: Mode) -> String {
        let path = path.hasPrefix("/") ? path : "./" + path
        guard mode == .immutable else { return path }
        var name = "file:"
        for byte in path.utf8 {
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber)
            if isPlain || "/._-".contains(character) {
                name.append(character)
            } else {
                name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return name + "?immutable=1"
    }
}

extension Connection.Mode {
    fileprivate var flags: Int32 {
        let always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        return switch self {
        case .readOnly: always | SQLITE_OPEN_READONLY
        case .readWrite: always | SQLITE_OPEN_READWRITE
        case .create: always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .immutable: always | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
    }
}
