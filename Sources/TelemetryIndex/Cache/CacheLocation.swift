import TelemetryFiles
package import TelemetrySQLite

/// Where a cache lives and what stands beside it. All of it may be deleted at any time.
package struct CacheLocation: Sendable {
    /// The directory that holds the cache.
    package let directory: String

    /// The cache of the store in this directory, or a temporary one there.
    package init(directory: String) {
        self.directory = directory
    }

    /// The database.
    package var path: String { directory + "/cache.db" }
    /// Held by whoever writes the cache.
    package var lockPath: String { directory + "/cache.lock" }
    /// A rebuild under way.
    var newPath: String { directory + "/cache.db.new" }
    /// Keys of a rebuild under way, for the moment until the file loses its name.
    var newKeysPath: String { CallLoader.keysPath(besides: newPath) }
    /// A cache that could not be used, kept to be looked at.
    var badPath: String { directory + "/cache.db.bad" }

    /// Takes the right to write the cache; throws `locked` when the time is up.
    func lock(timeoutMilliseconds: Int64) throws(IndexError) -> FileLock {
        let lock = try IndexError.file { () throws(FileError) in
            try FileLock.acquire(lockPath, timeoutMilliseconds: timeoutMilliseconds)
        }
        guard let lock else { throw .locked(path: lockPath) }
        return lock
    }

    /// What is found at `path`.
    enum State: ~Copyable {
        case missing
        /// A cache of ours, open for writing and with a transaction begun in which to read it.
        case usable(Connection)
        /// Damaged, of another version or of another program; the reason in words.
        case unusable(String)
    }

    /// How long the right to roll back is waited for.
    private static let recoveryPatience: Int64 = 200

    /// Opens a cache that can be used, for reading alone. What a killed writer left half done,
    /// which no reader can look past, is rolled back first.
    package func openForReading() throws(IndexError) -> Connection {
        do throws(IndexError) {
            return try openAsItIs()
        } catch .cache(let error) where error.isReadOnly {
            let lock = try lock(timeoutMilliseconds: Self.recoveryPatience)
            try recover()
            let connection = try openAsItIs()
            _ = consume lock
            return connection
        }
    }

    private func openAsItIs() throws(IndexError) -> Connection {
        try IndexError.cache { () throws(SQLiteError) in
            let connection = try Connection(path: path, mode: .readOnly)
            _ = try connection.integer("PRAGMA schema_version")
            return connection
        }
    }

    /// Rolls back: whoever may write does so with the first look at the file.
    private func recover() throws(IndexError) {
        try IndexError.cache { () throws(SQLiteError) in
            let connection = try Connection(path: path, mode: .readWrite)
            _ = try connection.integer("PRAGMA schema_version")
        }
    }

    /// The sources that an existing cache holds logs of.
    package func sources() throws(IndexError) -> Set<SourceKind> {
        try openForReading().sources()
    }

    /// Opens the cache if there is one of ours of this version, written since the machine started
    /// or found whole.
    func open() throws(IndexError) -> State {
        let status = try IndexError.file { () throws(FileError) in
            try FileStatus.of(path, links: .refuse)
        }
        guard let status else { return .missing }
        if status.kind != .regular { throw .occupied(path: path) }
        if status.size == 0 { return .unusable("it is empty") }
        do throws(SQLiteError) {
            let connection = try Connection(path: path, mode: .readWrite)
            // One transaction, so that the file is locked and looked at once and not each time.
            try connection.execute("BEGIN")
            if let fault = try connection.fault() { return .unusable(fault) }
            if isCutShort() { return .unusable("it is cut short") }
            return .usable(connection)
        } catch {
            if error.isPassing { throw .cache(error) }
            return .unusable(error.message)
        }
    }

    /// Whether the last page is not whole, which SQLite fills up with zeros without a word. Asked
    /// once the file was opened: only then has a killed writer's work been rolled back.
    private func isCutShort() -> Bool {
        // What cannot be looked at any more is found to be gone when it is read.
        let status = try? FileStatus.of(path, links: .refuse)
        return (status?.size ?? 0) % Schema.pageBytes != 0
    }

    /// Opens the cache for writing in place.
    func openForWriting() throws(IndexError) -> Connection {
        try IndexError.cache { () throws(SQLiteError) in
            let connection = try Connection(path: path, mode: .readWrite)
            try connection.prepareForWriting()
            return connection
        }
    }

    /// Removes what a rebuild that was killed has left.
    func removeLeftover() throws(IndexError) {
        try IndexError.file { () throws(FileError) in
            try removeIfPresent(newPath)
            try removeIfPresent(newKeysPath)
        }
    }

    /// Begins a new cache beside the old one; `publish` puts it in place.
    func createNew() throws(IndexError) -> Connection {
        try removeLeftover()
        try IndexError.file { () throws(FileError) in
            // SQLite would make it readable for others; an empty file is a new database to it.
            _ = try FileDescriptor.open(newPath, for: .create)
        }
        return try IndexError.cache { () throws(SQLiteError) in
            let connection = try Connection(path: newPath, mode: .readWrite)
            try connection.forgoJournal()
            try connection.execute(
                """
                PRAGMA page_size = \(Schema.pageBytes);
                PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
                PRAGMA application_id = \(Schema.applicationID);
                PRAGMA user_version = \(Schema.version);
                """)
            try connection.execute(Schema.creation)
            try connection.noteBoot()
            return connection
        }
    }

    /// Lets the new cache, closed by now, take the old one's place; readers of that one finish on
    /// it.
    func publish() throws(IndexError) {
        try IndexError.file { () throws(FileError) in
            // A journal left by a killed writer belongs to the old file and would ruin the new one.
            try removeIfPresent(path + "-journal")
            try FileTree.rename(newPath, to: path)
            try Directory.open(directory).synchronize()
        }
    }

    /// Moves a cache that cannot be used out of the way; removes it when it cannot be kept, because
    /// a directory has the name.
    func setAside() throws(IndexError) {
        try IndexError.file { () throws(FileError) in
            try removeIfPresent(path + "-journal")
            do throws(FileError) {
                try FileTree.rename(path, to: badPath)
            } catch {
                try removeIfPresent(path)
            }
        }
    }

    private func removeIfPresent(_ path: String) throws(FileError) {
        do throws(FileError) {
            try FileTree.unlink(path)
        } catch {
            if !error.isMissing { throw error }
        }
    }
}

extension Connection {
    /// The sources of which there are logs in the cache.
    borrowing func sources() throws(IndexError) -> Set<SourceKind> {
        try IndexError.cache { () throws(SQLiteError) in
            var select = try prepare("SELECT DISTINCT source FROM file")
            var sources: Set<SourceKind> = []
            while try select.step() {
                if let source = SourceKind(rawValue: select.int64(0)) { sources.insert(source) }
            }
            return sources
        }
    }

    /// Why an opened file is no cache that can be used; nil when it is.
    fileprivate borrowing func fault() throws(SQLiteError) -> String? {
        let application = try integer("PRAGMA application_id") ?? 0
        guard application == Int64(Schema.applicationID) else {
            return "it belongs to another program"
        }
        let version = try integer("PRAGMA user_version") ?? 0
        guard version == Int64(Schema.version) else {
            return "its version is \(version), this program's is \(Schema.version)"
        }
        guard try hasViewsAndIndexes() else { return "a view or an index is missing" }
        // Nothing is forced to disk, so after a crash of the machine the file may be torn.
        if try boot() == ProcessIdentity.bootIdentifier { return nil }
        guard try text("PRAGMA quick_check(1)") == "ok" else {
            return "it was damaged when the machine stopped"
        }
        try noteBoot()
        return nil
    }

    /// Ends the transaction in which the cache was read, and has what follows written without
    /// waiting for the disk.
    borrowing func prepareForWriting() throws(SQLiteError) {
        if isInTransaction { try commit() }
        try execute(
            """
            PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF;
            PRAGMA cache_size = -16384;
            """)
    }

    /// A missing table makes a sync fail, a missing index only slow, a missing view not even that.
    private borrowing func hasViewsAndIndexes() throws(SQLiteError) -> Bool {
        var names = "''"
        for name in Schema.viewsAndIndexes { names += ", '\(name)'" }
        let found = try integer("SELECT count(*) FROM sqlite_schema WHERE name IN (\(names))")
        return found == Int64(Schema.viewsAndIndexes.count)
    }

    /// The start of the machine under which the file was written.
    private borrowing func boot() throws(SQLiteError) -> String? {
        try text("SELECT value FROM meta WHERE name = 'boot'")
    }

    /// Notes the start of the machine under which the file is written.
    fileprivate borrowing func noteBoot() throws(SQLiteError) {
        let present = ProcessIdentity.bootIdentifier
        if try boot() == present { return }
        var insert = try prepare("INSERT OR REPLACE INTO meta(name, value) VALUES('boot', ?)")
        try insert.bind(1, present)
        try insert.run()
    }
}
