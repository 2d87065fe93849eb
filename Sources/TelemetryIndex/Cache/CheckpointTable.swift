import TelemetryFormat
import TelemetrySQLite

/// The tables `file` and `rejection`.
struct CheckpointTable: ~Copyable {
    private static let columns = """
        source, root, name, path, device, inode, size, mtime_ns, ctime_ns, offset, lines, calls,
        others, rejected, pending, head_hash, tail_hash, prefix_hash, first_call, last_call,
        ingested_ms, session, parent_session, spawner_session, project_path, captured_ns
        """
    /// A mark for the value of each column.
    private static let marks = "?" + String(repeating: ", ?", count: 25)

    private var insert: Statement
    private var update: Statement
    private var delete: Statement
    private var countRejection: Statement
    private var deleteRejections: Statement
    private var deleteMemory: Statement
    private var nextID: Int64

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let insert = try connection.prepare(
            "INSERT INTO file(\(Self.columns), id) VALUES (\(Self.marks), ?)")
        let update = try connection.prepare(
            "UPDATE file SET (\(Self.columns)) = (\(Self.marks)) WHERE id = ?")
        let delete = try connection.prepare("DELETE FROM file WHERE id = ?")
        let countRejection = try connection.prepare(
            """
            INSERT INTO rejection(file, reason, count, first_line) VALUES(?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET count = count + 1
            """)
        let deleteRejections = try connection.prepare("DELETE FROM rejection WHERE file = ?")
        let deleteMemory = try connection.prepare("DELETE FROM log_memory WHERE file = ?")
        let nextID = (try connection.integer("SELECT max(id) FROM file") ?? 0) + 1
        self.insert = insert
        self.update = update
        self.delete = delete
        self.countRejection = countRejection
        self.deleteRejections = deleteRejections
        self.deleteMemory = deleteMemory
        self.nextID = nextID
    }

    /// The checkpoints of a source.
    static func all(
        _ source: SourceKind, _ connection: borrowing Connection
    ) throws(SQLiteError) -> [Checkpoint] {
        var select = try connection.prepare(
            "SELECT \(columns), id FROM file WHERE source = ?")
        select.bind(1, source.rawValue)
        var checkpoints: [Checkpoint] = []
        while try select.step() { checkpoints.append(Checkpoint(source, select)) }
        return checkpoints
    }

    /// Notes of logs of a source from which state of theirs the present twin was made.
    static func noteCaptures(
        _ captures: [CaptureRun.Candidate], of source: SourceKind,
        _ connection: borrowing Connection
    ) throws(SQLiteError) {
        try connection.begin()
        var update = try connection.prepare(
            "UPDATE file SET captured_ns = ? WHERE source = ? AND root = ? AND name = ?")
        for capture in captures {
            update.bind(1, capture.captured)
            update.bind(2, source.rawValue)
            try update.bind(3, capture.file.root)
            try update.bind(4, capture.file.name)
            try update.run()
        }
        try connection.commit()
    }

    /// Writes a checkpoint, giving it an id when it has none.
    mutating func save(_ checkpoint: inout Checkpoint) throws(SQLiteError) {
        if checkpoint.id == 0 {
            checkpoint.id = nextID
            nextID += 1
            try checkpoint.bind(to: insert)
            try insert.run()
        } else {
            try checkpoint.bind(to: update)
            try update.run()
        }
    }

    mutating func remove(_ id: Int64) throws(SQLiteError) {
        delete.bind(1, id)
        try delete.run()
    }

    mutating func reject(
        _ reason: Rejection, line: Int64, file: Int64
    ) throws(SQLiteError) {
        countRejection.bind(1, file)
        try countRejection.bind(2, reason.rawValue)
        countRejection.bind(3, line)
        try countRejection.run()
    }

    mutating func forgetMemory(of file: Int64) throws(SQLiteError) {
        deleteMemory.bind(1, file)
        try deleteMemory.run()
    }

    mutating func forgetRejections(of file: Int64) throws(SQLiteError) {
        deleteRejections.bind(1, file)
        try deleteRejections.run()
    }
}

extension Checkpoint {
    /// Reads the row that a statement stands on, in the order of `CheckpointTable.columns`.
    fileprivate init(_ source: SourceKind, _ row: borrowing Statement) {
        self.init(source: source, root: row.text(1), name: row.text(2), path: row.text(3))
        device = UInt64(bitPattern: row.int64(4))
        inode = UInt64(bitPattern: row.int64(5))
        size = row.int64(6)
        modified = row.int64(7)
        changed = row.int64(8)
        offset = row.int64(9)
        lines = row.int64(10)
        calls = row.int64(11)
        others = row.int64(12)
        rejected = row.int64(13)
        pending = row.int64(14)
        headHash = UInt64(bitPattern: row.int64(15))
        tailHash = UInt64(bitPattern: row.int64(16))
        prefixHash = UInt64(bitPattern: row.int64(17))
        firstCall = row.int64(18)
        lastCall = row.int64(19)
        ingestedMilliseconds = row.int64(20)
        session = row.int64(21)
        parentSession = row.int64(22)
        spawnerSession = row.int64(23)
        projectPath = row.int64(24)
        captured = row.int64(25)
        id = row.int64(26)
    }

    /// Binds every column in the order of `CheckpointTable.columns`, then the id.
    fileprivate func bind(to statement: borrowing Statement) throws(SQLiteError) {
        statement.bind(1, source.rawValue)
        try statement.bind(2, root)
        try statement.bind(3, name)
        try statement.bind(4, path)
        let numbers = [
            Int64(bitPattern: device), Int64(bitPattern: inode), size, modified, changed, offset,
            lines, calls, others, rejected, pending, Int64(bitPattern: headHash),
            Int64(bitPattern: tailHash), Int64(bitPattern: prefixHash), firstCall, lastCall,
            ingestedMilliseconds,
        ]
        for (index, number) in numbers.enumerated() { statement.bind(Int32(index) + 5, number) }
        let texts = [session, parentSession, spawnerSession, projectPath]
        for (index, text) in texts.enumerated() { statement.bind(Int32(index) + 22, text.orNull) }
        statement.bind(26, captured)
        statement.bind(27, id)
    }
}
