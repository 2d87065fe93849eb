import TelemetryFormat
import TelemetrySQLite

/// Takes calls into an open cache and takes them out again, in transactions that each leave rows,
/// checkpoints, winners and sums consistent.
struct CacheWriter: ~Copyable {
    /// How rows arrive.
    enum Mode {
        /// Into the new file at a path, which nobody reads yet: rows go there past SQLite.
        case bulk(path: String)
        /// Into a cache in use: a transaction for each step.
        case incremental
    }

    /// Rows after which an incremental transaction ends: a kill loses at most their work.
    static let usualRowsPerTransaction = 1 << 16
    /// Sums held in memory before they are merged into the cache; about 5 MB.
    private static let maximumCells = 1 << 14
    /// Keys of a load that are decided about at once.
    private static let keysAtOnce = 1 << 15
    /// Calls held in memory before they are merged into `detail`; about 1 MB.
    private static let maximumDetails = 1 << 15

    let connection: Connection
    var texts: TextTable
    var rollups = RollupAccumulator()
    var details = DetailAccumulator()
    var winners: WinnerSelection
    var sessionEnds = SessionEnds()
    /// Hours whose sums have to be made from the rows again.
    var dirtyHours: Set<Int> = []
    var rollupTable: RollupTable
    var detailTable: DetailTable
    /// Writes rows, unless `loader` does.
    private var inserter: CallInserter?
    /// Writes the rows of a new cache.
    var loader: CallLoader?
    /// Logs whose rows are to be removed once they are where SQLite sees them.
    var removalsAfterLoad: [Checkpoint] = []
    var checkpoints: CheckpointTable
    /// The id that the next row gets.
    private var nextID: Int64
    private var rowsInTransaction = 0
    private let rowsPerTransaction: Int
    /// Whether what is being written makes sense only as a whole, in one transaction.
    var isIndivisible = false
    /// Rows with this id or a greater one were added in this run.
    let firstNewID: Int64
    var deleted = DeletedCalls()

    /// Begins the first transaction on a cache whose tables exist.
    init(
        _ connection: consuming Connection, _ mode: Mode,
        rowsPerTransaction: Int = Self.usualRowsPerTransaction
    ) throws(SQLiteError) {
        let inserter: CallInserter?
        let loader: CallLoader?
        let nextID: Int64
        switch mode {
        case .bulk(let path):
            loader = try CallLoader(path, CallLoader.Roots(connection))
            inserter = nil
            nextID = 1
            try connection.divertSideTables()
            // Not IMMEDIATE: the new file is the loader's alone.
            try connection.execute("BEGIN")
        case .incremental:
            try connection.begin()
            let statements = try CallInserter(connection)
            nextID = statements.nextID
            inserter = consume statements
            loader = nil
        }
        let texts = try TextTable(connection)
        let checkpoints = try CheckpointTable(connection)
        let winners = try WinnerSelection(connection)
        let rollupTable = try RollupTable(connection)
        let detailTable = try DetailTable(connection)
        firstNewID = nextID
        self.texts = texts
        self.inserter = inserter
        self.loader = loader
        self.nextID = nextID
        self.checkpoints = checkpoints
        self.winners = winners
        self.rollupTable = rollupTable
        self.detailTable = detailTable
        self.rowsPerTransaction = rowsPerTransaction
        self.connection = connection
    }

    // MARK: Taking in

    /// Writes calls of the log that `checkpoint` describes up to and with their lines.
    mutating func write(
        _ batch: borrowing CallBatch, _ checkpoint: inout Checkpoint
    ) throws(SQLiteError) {
        let firstID = nextID
        try loader?.insert(batch)
        try inserter?.insert(batch)
        nextID += Int64(batch.rows.count)
        for (index, row) in batch.rows.enumerated() {
            rollups.add(row, callID: firstID + Int64(index))
            details.add(row)
            if row.session != 0 {
                sessionEnds.note(row.session, file: row.file, row.latest)
            }
            if row.key == 0 {
                deleted.addedWithoutKey += 1
            } else if loader == nil {
                winners.touch(row.key)
            }
        }
        if !batch.rows.isEmpty { checkpoint.widen(firstID...nextID - 1) }
        rowsInTransaction += batch.rows.count
        if rollups.cellCount > Self.maximumCells { try mergeRollups() }
        if details.count > Self.maximumDetails { try mergeDetails() }
        // What has changed nobody asks after a load.
        if loader != nil, sessionEnds.isLarge { _ = try sessionEnds.store(connection) }
    }

    /// Whether the transaction has become so large that it should end before the work does.
    var isTransactionLarge: Bool {
        loader == nil && !isIndivisible && rowsInTransaction >= rowsPerTransaction
    }

    /// Ends a transaction in the middle of the work and begins the next one. `readings` are the
    /// checkpoints of all logs of which rows were written and that are not read to their ends.
    mutating func commit(_ readings: [Checkpoint]) throws(SQLiteError) {
        for reading in readings {
            var checkpoint = reading
            try checkpoints.save(&checkpoint)
        }
        try settle()
        try connection.commit()
        try connection.begin()
    }

    /// Writes where reading stopped.
    mutating func save(_ checkpoint: inout Checkpoint) throws(SQLiteError) {
        try checkpoints.save(&checkpoint)
    }

    /// Gives a log the row id that its calls refer to.
    mutating func register(_ checkpoint: inout Checkpoint) throws(SQLiteError) {
        if checkpoint.id == 0 { try checkpoints.save(&checkpoint) }
    }

    /// Frees the name of a log that is about to get another one: logs can swap their names.
    func vacateName(of checkpoint: Checkpoint) throws(SQLiteError) {
        var update = try connection.prepare("UPDATE file SET name = 'renamed/' || id WHERE id = ?")
        update.bind(1, checkpoint.id)
        try update.run()
    }

    /// Counts a refused line.
    mutating func reject(
        _ reason: Rejection, line: Int64, _ checkpoint: Checkpoint
    ) throws(SQLiteError) {
        try checkpoints.reject(reason, line: line, file: checkpoint.id)
    }

    /// Notes what was learned of a log; what it has said of itself before stands, unless its reader
    /// has all of the log in mind.
    mutating func note(
        _ ending: LogEnding, _ checkpoint: inout Checkpoint
    ) throws(SQLiteError) {
        let facts = ending.facts
        if facts.areOfAll || checkpoint.session == 0 {
            checkpoint.session = try texts.id(of: facts.session)
        }
        if facts.areOfAll || checkpoint.projectPath == 0 {
            checkpoint.projectPath = try texts.id(of: facts.projectPath)
        }
        if facts.areOfAll {
            checkpoint.parentSession = try texts.id(of: facts.parentSession)
            checkpoint.spawnerSession = try texts.id(of: facts.spawnerSession)
        }
        if !ending.memory.isEmpty { try remember(ending, of: checkpoint.id) }
    }

    /// Remembers what a reader leaves of a log in place of what was there.
    private func remember(_ ending: LogEnding, of file: Int64) throws(SQLiteError) {
        var replace = try connection.prepare(
            """
            INSERT OR REPLACE INTO log_memory(
                file, bytes, last_model, last_total_tokens, unknown_tiers) VALUES(?, ?, ?, ?, ?)
            """)
        replace.bind(1, file)
        try replace.bindBlob(2, ending.memory.span)
        try replace.bind(3, ending.facts.model)
        replace.bind(4, ending.facts.totalTokens)
        replace.bind(5, ending.facts.unknownTiers)
        try replace.run()
    }

    // MARK: Ending

    /// Chooses winners among what was touched and brings the sums up to date.
    private mutating func settle() throws(SQLiteError) {
        let isLoad = loader != nil
        let sharedKeys = try endLoad()
        let changedSessions = try sessionEnds.store(connection)
        if !isLoad { try winners.touchContested(sessions: changedSessions) }
        for start in stride(from: 0, to: sharedKeys.count, by: Self.keysAtOnce) {
            let end = min(start + Self.keysAtOnce, sharedKeys.count)
            for key in sharedKeys[start..<end] { winners.touch(key) }
            try winners.resolve(&dirtyHours)
        }
        try winners.resolve(&dirtyHours)
        try mergeRollups()
        try mergeDetails()
        try remakeDirtyHours()
        rowsInTransaction = 0
    }

    /// Ends a load: from here on the new cache is written like any other. Answers the keys that
    /// several of its rows have.
    private mutating func endLoad() throws(SQLiteError) -> [UInt64] {
        guard let loader = loader.take() else { return [] }
        try connection.commit()
        let sharedKeys = try loader.finish()
        try connection.begin()
        try connection.bringBackSideTables()
        for checkpoint in removalsAfterLoad { try removeRows(of: checkpoint) }
        removalsAfterLoad = []
        return sharedKeys
    }

    /// Ends the work; answers how many calls were taken out and did not come back.
    mutating func end() throws(SQLiteError) -> Int {
        try settle()
        let gone = try deleted.countGone(connection)
        try connection.commit()
        return gone
    }

    /// Gives the cache back to be read.
    consuming func takeConnection() -> Connection { connection }
}

extension Connection {
    /// What the last reader of a log left to be remembered.
    borrowing func memory(of file: Int64) throws(SQLiteError) -> [UInt8] {
        var select = try prepare("SELECT bytes FROM log_memory WHERE file = ?")
        select.bind(1, file)
        return try select.step() ? select.withBlob(0) { Array($0) } : []
    }
}
