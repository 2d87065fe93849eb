import TelemetrySQLite

/// Which logs are of the session that another log names as its parent. The answer depends on the
/// logs that there are, not on the order in which they came.
struct ParentLogs {
    /// By the id of every text that names their session.
    private var logs: [Int64: [Checkpoint]]

    /// Of these logs, whose sessions have these other names.
    init(of logs: [Checkpoint], otherNames: [Int64: Int64]) {
        self.logs = Dictionary(grouping: logs, by: \.session)
        for log in logs {
            if let name = otherNames[log.session] { self.logs[name, default: []].append(log) }
        }
    }

    /// The logs of the session that a log was forked from, else of the one that spawned it; none
    /// when both are missing. A log is not its own parent.
    func parents(of log: Checkpoint) -> [Checkpoint] {
        for name in log.parentNames {
            guard let parents = logs[name], !parents.contains(where: { $0.id == log.id }) else {
                continue
            }
            return parents
        }
        return []
    }
}

extension Checkpoint {
    /// What the log calls its parents, that which counts more first.
    var parentNames: [Int64] { [parentSession, spawnerSession].filter { $0 != 0 } }
}

extension Connection {
    /// By ids of sessions: those of the texts by which other logs name them, too.
    borrowing func otherNames(
        of sessions: Set<Int64>, by derivation: any CallDerivation
    ) throws(SQLiteError) -> [Int64: Int64] {
        var value = try prepare("SELECT value FROM text WHERE id = ?")
        var id = try prepare("SELECT id FROM text WHERE value = ?")
        var names: [Int64: Int64] = [:]
        for session in sessions {
            value.bind(1, session)
            defer { value.reset() }
            guard try value.step(), let name = derivation.otherName(ofSession: value.text(0)) else {
                continue
            }
            try id.bind(1, name)
            if try id.step() { names[session] = id.int64(0) }
            id.reset()
        }
        return names
    }
}
