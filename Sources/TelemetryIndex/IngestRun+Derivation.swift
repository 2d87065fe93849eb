import TelemetryFormat
import TelemetrySQLite

/// Logs of a source that derives its calls, of which something has changed.
struct ChangedLogs {
    /// Ids of logs that were read.
    private(set) var files: Set<Int64> = []
    /// Ids of the sessions of which a log has changed, come or gone.
    private(set) var sessions: Set<Int64> = []

    var isEmpty: Bool { files.isEmpty && sessions.isEmpty }

    /// Notes a log that was read, as it was before and as it is now.
    mutating func note(_ before: Checkpoint, _ after: Checkpoint) {
        files.insert(after.id)
        sessions.formUnion([before.session, after.session])
    }

    /// Notes a log that is gone.
    mutating func noteGone(_ checkpoint: Checkpoint) {
        sessions.insert(checkpoint.session)
    }

    /// Notes by which other names logs know the sessions.
    mutating func add(_ otherNames: [Int64: Int64]) {
        sessions.formUnion(sessions.compactMap { otherNames[$0] })
    }

    /// Whether the calls of a log have to be made again: its own lines count, and its parents'.
    func concern(_ checkpoint: Checkpoint) -> Bool {
        files.contains(checkpoint.id) || !sessions.isDisjoint(with: checkpoint.parentNames)
    }
}

extension IngestRun {
    /// Makes the calls of logs again that have changed, or whose parents have.
    mutating func deriveCalls(
        of plan: SourcePlan, _ changed: ChangedLogs
    ) throws(IndexError) {
        guard let derivation = plan.derivation, plan.hasNewContext || !changed.isEmpty else {
            return
        }
        var changed = changed
        try cache { (writer) throws(SQLiteError) in
            let logs = try CheckpointTable.all(plan.source.kind, writer.connection)
            let names = try writer.connection.otherNames(
                of: changed.sessions.union(logs.map(\.session)), by: derivation)
            changed.add(names)
            let family = ParentLogs(of: logs, otherNames: names)
            for log in logs where plan.hasNewContext || changed.concern(log) {
                var memories: [[UInt8]] = []
                for parent in family.parents(of: log) {
                    memories.append(try writer.connection.memory(of: parent.id))
                }
                try writer.replaceCalls(of: log, by: derivation, parents: memories)
            }
            if plan.hasNewContext {
                try writer.connection.noteContext(derivation.context, of: plan.source.kind)
            }
        }
    }
}

extension CacheWriter {
    /// Makes the calls of a log and brings its rows in line with them; a log that has only grown
    /// gets the new ones.
    fileprivate mutating func replaceCalls(
        of log: Checkpoint, by derivation: any CallDerivation, parents: [[UInt8]]
    ) throws(SQLiteError) {
        var dictionary = CallDictionary()
        var batch = CallBatch()
        let derived = DerivedLog(
            root: log.root, name: log.name, memory: try connection.memory(of: log.id))
        derivation.derive(derived, parents: parents, &batch, &dictionary)
        var ids = NameIDs()
        try ids.add(dictionary.takeNews(), &texts)
        batch.settle(file: log.id, ids)

        var checkpoint = log
        let known = try prints(of: checkpoint)
        if known.count <= batch.rows.count,
            zip(known, batch.rows).allSatisfy({ $0 == CallPrint($1) })
        {
            batch.dropFirst(known.count)
        } else {
            try removeRows(of: checkpoint)
            (checkpoint.firstCall, checkpoint.lastCall) = (.max, 0)
        }
        if batch.rows.isEmpty, checkpoint.lastCall == log.lastCall { return }
        try write(batch, &checkpoint)
        try save(&checkpoint)
    }

    /// What the rows of a log say, in its order.
    private func prints(of log: Checkpoint) throws(SQLiteError) -> [CallPrint] {
        var select = try connection.prepare(
            """
            SELECT line_offset, key, timestamp_ms, rate_class, session, project, git_branch,
                input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
                reasoning_tokens, unsplit_tokens
            FROM call WHERE id BETWEEN ? AND ? AND file = ? ORDER BY line_offset, id
            """)
        select.bind(1, log.firstCall)
        select.bind(2, log.lastCall)
        select.bind(3, log.id)
        var prints: [CallPrint] = []
        while try select.step() {
            prints.append(CallPrint(numbers: (0..<13).map { select.int64($0) }))
        }
        return prints
    }
}

/// What tells a derived call from what it was when it was derived before.
private struct CallPrint: Equatable {
    var numbers: [Int64]

    init(numbers: [Int64]) {
        self.numbers = numbers
    }

    init(_ row: CallRow) {
        let tokens = row.tokens
        numbers = [
            row.lineOffset, Int64(bitPattern: row.key), row.timestamp.milliseconds, row.rateClass,
            row.session, row.project, row.gitBranch, tokens.input, tokens.output,
            tokens.cacheRead, tokens.cacheWrite, tokens.reasoning, tokens.unsplit,
        ]
    }
}

extension Connection {
    /// What calls of a source depended on, beside its logs, when they were derived.
    borrowing func context(of source: SourceKind) throws(SQLiteError) -> String {
        try text("SELECT value FROM meta WHERE name = 'context of \(source.name)'") ?? ""
    }

    fileprivate borrowing func noteContext(
        _ context: String, of source: SourceKind
    ) throws(SQLiteError) {
        var replace = try prepare("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)")
        try replace.bind(1, "context of \(source.name)")
        try replace.bind(2, context)
        try replace.run()
    }
}
