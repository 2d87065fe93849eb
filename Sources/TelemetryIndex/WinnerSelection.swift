import TelemetryFormat
import TelemetrySQLite

/// Chooses, among the lines of one call, the one that is kept (TelemetryFormat.DedupCandidate).
struct WinnerSelection: ~Copyable {
    private struct Line {
        var id: Int64
        var isKept: Bool
        var isContested: Bool
        var session: Int64
        var identity: String
        var candidate: DedupCandidate
    }

    private var keys: Set<UInt64> = []
    private var select: Statement
    private var selectSessionEnd: Statement
    private var selectContested: Statement
    private var update: Statement

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare(
            """
            SELECT call.id, kept, contested, timestamp_ms, session, output_tokens,
                input_tokens + output_tokens + cache_read_tokens + cache_write_tokens
                    + unsplit_tokens,
                details, is_sidechain, coalesce(text.value, ''),
                file.root || '/' || file.name, line_offset,
                coalesce(msg_id, ''), coalesce(req_id, '')
            FROM call JOIN file ON file.id = call.file LEFT JOIN text ON text.id = session
            WHERE key = ?
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

    /// Asks for a decision about every key that several lines have.
    mutating func touchAllDuplicates(_ connection: borrowing Connection) throws(SQLiteError) {
        var duplicates = try connection.prepare(
            "SELECT key FROM call WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1")
        while try duplicates.step() { touch(UInt64(bitPattern: duplicates.int64(0))) }
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
            let lines = try lines(with: key)
            for group in Dictionary(grouping: lines, by: \.identity).values {
                try decide(group, &changedHours)
            }
        }
        keys.removeAll()
    }

    /// The lines with a key. Two calls can share one by accident; their identities then differ.
    private mutating func lines(with key: UInt64) throws(SQLiteError) -> [Line] {
        var lines: [Line] = []
        select.bind(1, Int64(bitPattern: key))
        defer { select.reset() }
        while try select.step() {
            let timestamp = Timestamp(milliseconds: select.int64(3))
            lines.append(
                Line(
                    id: select.int64(0), isKept: select.int64(1) != 0,
                    isContested: select.int64(2) != 0, session: select.int64(4),
                    identity: select.text(12) + "\u{0}" + select.text(13),
                    candidate: DedupCandidate(
                        outputTokens: select.int64(5), totalTokens: select.int64(6),
                        details: select.int64(7), isSidechain: select.int64(8) != 0,
                        timestamp: timestamp, sessionLast: timestamp, sessionID: select.text(9),
                        path: select.text(10), offset: select.int64(11))))
        }
        return lines
    }

    private mutating func decide(
        _ group: [Line], _ changedHours: inout Set<Int>
    ) throws(SQLiteError) {
        var lines = group
        let isContested = lines.contains { $0.session != lines[0].session }
        if isContested {
            for index in lines.indices where lines[index].session != 0 {
                lines[index].candidate.sessionLast = try sessionEnd(lines[index].session)
            }
        }
        let winner = lines.dropFirst().reduce(lines[0]) {
            $1.candidate.wins(over: $0.candidate) ? $1 : $0
        }
        for line in lines {
            let isKept = line.id == winner.id
            if isKept == line.isKept, isContested == line.isContested { continue }
            if isKept != line.isKept { changedHours.insert(line.candidate.timestamp.hour) }
            update.bind(1, isKept ? 1 : 0)
            update.bind(2, isContested ? 1 : 0)
            update.bind(3, line.id)
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
