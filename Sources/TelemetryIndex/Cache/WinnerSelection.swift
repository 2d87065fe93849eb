import TelemetryFormat
import TelemetrySQLite

/// Chooses, among the lines of one call, the one that is kept (TelemetryFormat.DedupCandidate).
/// A line is kept or not with all of its rows.
struct WinnerSelection: ~Copyable {
    private var keys: Set<UInt64> = []
    private var select: Statement
    private var selectSessionEnd: Statement
    private var selectContested: Statement
    private var update: Statement

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare(
            """
            SELECT call.id, kept, contested, timestamp_ms, call.session, output_tokens,
                input_tokens + output_tokens + cache_read_tokens + cache_write_tokens
                    + unsplit_tokens,
                details, is_sidechain, coalesce(text.value, ''),
                file.root || '/' || file.name, line_offset, msg_id, req_id, file.source
            FROM call JOIN file ON file.id = call.file LEFT JOIN text ON text.id = call.session
            WHERE key = ? ORDER BY call.file, line_offset, call.id
            """)
        let selectSessionEnd = try connection.prepare(
            "SELECT max(last_ms) FROM file_session WHERE session = ?")
        let selectContested = try connection.prepare(
            "SELECT key FROM call WHERE contested = 1 AND session = ?")
        let update = try connection.prepare(
            "UPDATE call SET kept = ?, contested = ? WHERE id = ?")
        self.select = select
        self.selectSessionEnd = selectSessionEnd
        self.selectContested = selectContested
        self.update = update
    }

    /// Asks for a decision about the lines with this key.
    @inline(__always)
    mutating func touch(_ key: UInt64) {
        keys.insert(key)
    }

    /// Asks for a decision wherever the end of one of these sessions can matter.
    mutating func touchContested(sessions: Set<Int64>) throws(SQLiteError) {
        for session in sessions {
            selectContested.bind(1, session)
            while try selectContested.step() {
                touch(UInt64(bitPattern: selectContested.int64(0)))
            }
            selectContested.reset()
        }
    }

    /// Decides what was asked; adds the hours in which a decision changed what counts.
    mutating func resolve(_ changedHours: inout Set<Int>) throws(SQLiteError) {
        for key in keys {
            for group in CallIdentity.groups(try lines(with: key)) {
                try decide(group, &changedHours)
            }
        }
        keys.removeAll()
    }

    /// The lines with a key, each with all of its rows. Two calls can share a key by accident.
    private mutating func lines(with key: UInt64) throws(SQLiteError) -> [CallLine] {
        var lines: [CallLine] = []
        select.bind(1, Int64(bitPattern: key))
        defer { select.reset() }
        while try select.step() {
            let line = CallLine(select)
            if let last = lines.last, last.isSameLine(as: line) {
                lines[lines.count - 1].add(line)
            } else {
                lines.append(line)
            }
        }
        return lines
    }

    private mutating func decide(
        _ group: CallIdentity.Group, _ changedHours: inout Set<Int>
    ) throws(SQLiteError) {
        for replay in group.replays { try keep(replay, false, false, &changedHours) }
        var lines = group.lines
        if lines.isEmpty { return }
        let isContested = lines.contains { $0.session != lines[0].session }
        if isContested {
            for index in lines.indices where lines[index].session != 0 {
                lines[index].candidate.sessionLast = try sessionEnd(lines[index].session)
            }
        }
        let winner = lines.indices.dropFirst().reduce(0) {
            lines[$1].candidate.wins(over: lines[$0].candidate) ? $1 : $0
        }
        for index in lines.indices {
            try keep(lines[index], index == winner, isContested, &changedHours)
        }
    }

    private mutating func keep(
        _ line: CallLine, _ isKept: Bool, _ isContested: Bool, _ changedHours: inout Set<Int>
    ) throws(SQLiteError) {
        for row in line.rows where isKept != row.isKept || isContested != row.isContested {
            if isKept != row.isKept { changedHours.insert(line.candidate.timestamp.hour) }
            update.bind(1, isKept ? 1 : 0)
            update.bind(2, isContested ? 1 : 0)
            update.bind(3, row.id)
            try update.run()
        }
    }

    private mutating func sessionEnd(_ session: Int64) throws(SQLiteError) -> Timestamp {
        selectSessionEnd.bind(1, session)
        defer { selectSessionEnd.reset() }
        _ = try selectSessionEnd.step()
        return Timestamp(milliseconds: selectSessionEnd.int64(0))
    }
}

extension CallLine {
    /// Reads the row that `WinnerSelection.select` stands on.
    fileprivate init(_ row: borrowing Statement) {
        let timestamp = Timestamp(milliseconds: row.int64(3))
        self.init(
            source: SourceKind(rawValue: row.int64(14)) ?? .telemetry,
            rows: [
                Row(id: row.int64(0), isKept: row.int64(1) != 0, isContested: row.int64(2) != 0)
            ],
            session: row.int64(4), messageID: row.optionalText(12), requestID: row.optionalText(13),
            candidate: DedupCandidate(
                outputTokens: row.int64(5), totalTokens: row.int64(6), details: row.int64(7),
                isSidechain: row.int64(8) != 0, timestamp: timestamp, sessionLast: timestamp,
                sessionID: row.text(9), path: row.text(10), offset: row.int64(11)))
    }
}
