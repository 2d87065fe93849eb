import TelemetryFormat
import TelemetrySQLite

/// Writes rows of `call`, sixteen a statement: a third faster than one by one.
struct CallInserter: ~Copyable {
    private static let group = 16
    private static let columns = [
        "id", "file", "line_offset", "key", "kept", "contested", "timestamp_ms", "rate_class",
        "agent", "operation", "session", "user", "project", "git_branch", "cli_tool", "persona",
        "duration_ms", "ttft_ms",
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
        "cache_write_1h_tokens", "reasoning_tokens", "unsplit_tokens", "web_searches", "cost",
        "success", "is_sidechain", "is_local", "details", "msg_id", "req_id", "error",
        "prompt_hash", "response_hash",
    ]

    private var many: Statement
    private var one: Statement
    /// The id that the next row gets.
    private(set) var nextID: Int64

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let many = try connection.prepare(Self.insertion(rows: Self.group))
        let one = try connection.prepare(Self.insertion(rows: 1))
        let nextID = (try connection.integer("SELECT max(id) FROM call") ?? 0) + 1
        self.many = many
        self.one = one
        self.nextID = nextID
    }

    private static func insertion(rows: Int) -> String {
        let row = "(?, ?, ?, ?, 1, 0" + String(repeating: ", ?", count: columns.count - 6) + ")"
        let values = Array(repeating: row, count: rows).joined(separator: ", ")
        return "INSERT INTO call(\(columns.joined(separator: ", "))) VALUES \(values)"
    }

    /// Writes a batch, each row as kept; what loses against another is found out afterwards.
    mutating func insert(_ batch: borrowing CallBatch) throws(SQLiteError) {
        let bytes = batch.bytes.span
        var index = 0
        while index + Self.group <= batch.rows.count {
            var parameter: Int32 = 1
            for row in index..<index + Self.group {
                try Self.bind(batch.rows[row], bytes, nextID, &parameter, many)
                nextID += 1
            }
            try many.run()
            index += Self.group
        }
        for row in index..<batch.rows.count {
            var parameter: Int32 = 1
            try Self.bind(batch.rows[row], bytes, nextID, &parameter, one)
            try one.run()
            nextID += 1
        }
    }

    private static func bind(
        _ row: CallRow, _ bytes: Span<UInt8>, _ id: Int64, _ parameter: inout Int32,
        _ statement: borrowing Statement
    ) throws(SQLiteError) {
        bindInteger(id, &parameter, statement)
        bindInteger(row.file, &parameter, statement)
        bindInteger(row.lineOffset, &parameter, statement)
        bindID(Int64(bitPattern: row.key), &parameter, statement)
        bindInteger(row.timestamp.milliseconds, &parameter, statement)
        bindInteger(row.rateClass, &parameter, statement)
        bindID(row.agent, &parameter, statement)
        bindID(row.operation, &parameter, statement)
        bindID(row.session, &parameter, statement)
        bindID(row.user, &parameter, statement)
        bindID(row.project, &parameter, statement)
        bindID(row.gitBranch, &parameter, statement)
        bindID(row.commandLineTool, &parameter, statement)
        bindID(row.persona, &parameter, statement)
        bindCount(row.duration, &parameter, statement)
        bindCount(row.timeToFirstToken, &parameter, statement)
        bindInteger(row.tokens.input, &parameter, statement)
        bindInteger(row.tokens.output, &parameter, statement)
        bindInteger(row.tokens.cacheRead, &parameter, statement)
        bindInteger(row.tokens.cacheWrite, &parameter, statement)
        bindInteger(row.tokens.cacheWriteOneHour, &parameter, statement)
        bindInteger(row.tokens.reasoning, &parameter, statement)
        bindInteger(row.tokens.unsplit, &parameter, statement)
        bindCount(row.webSearches, &parameter, statement)
        bindCount(row.cost, &parameter, statement)
        bindInteger(row.success ? 1 : 0, &parameter, statement)
        bindInteger(row.isSidechain ? 1 : 0, &parameter, statement)
        bindInteger(row.isLocal ? 1 : 0, &parameter, statement)
        bindInteger(row.details, &parameter, statement)
        try bindText(row.messageID, bytes, &parameter, statement)
        try bindText(row.requestID, bytes, &parameter, statement)
        try bindText(row.error, bytes, &parameter, statement)
        try bindText(row.promptHash, bytes, &parameter, statement)
        try bindText(row.responseHash, bytes, &parameter, statement)
    }

    @inline(__always)
    private static func bindInteger(
        _ value: Int64, _ parameter: inout Int32, _ statement: borrowing Statement
    ) {
        statement.bind(parameter, value)
        parameter += 1
    }

    /// An id or a hash, with 0 as NULL.
    @inline(__always)
    private static func bindID(
        _ value: Int64, _ parameter: inout Int32, _ statement: borrowing Statement
    ) {
        if value == 0 { statement.bindNull(parameter) } else { statement.bind(parameter, value) }
        parameter += 1
    }

    /// A count, with a negative one as NULL.
    @inline(__always)
    private static func bindCount(
        _ value: Int64, _ parameter: inout Int32, _ statement: borrowing Statement
    ) {
        if value < 0 { statement.bindNull(parameter) } else { statement.bind(parameter, value) }
        parameter += 1
    }

    @inline(__always)
    private static func bindText(
        _ text: CallRow.Text, _ bytes: Span<UInt8>, _ parameter: inout Int32,
        _ statement: borrowing Statement
    ) throws(SQLiteError) {
        let slice = bytes.extracting(Int(text.start)..<Int(text.start + text.count))
        if text.count == 0 {
            statement.bindNull(parameter)
        } else if text.isBinary {
            try statement.bindBlob(parameter, slice)
        } else {
            try statement.bindText(parameter, slice)
        }
        parameter += 1
    }
}
