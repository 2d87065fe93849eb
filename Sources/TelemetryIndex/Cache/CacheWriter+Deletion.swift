import TelemetryFormat
import TelemetrySQLite

extension CacheWriter {
    /// Forgets everything that was read of a log, and the log itself when it is gone for good.
    mutating func removeCalls(of checkpoint: Checkpoint, andFile: Bool) throws(SQLiteError) {
        try removeRows(of: checkpoint)
        try checkpoints.forgetRejections(of: checkpoint.id)
        try checkpoints.forgetMemory(of: checkpoint.id)
        if andFile { try checkpoints.remove(checkpoint.id) }
    }

    /// Removes the rows of a log.
    mutating func removeRows(of checkpoint: Checkpoint) throws(SQLiteError) {
        if loader != nil { return removalsAfterLoad.append(checkpoint) }
        var select = try connection.prepare(
            """
            SELECT key, kept, timestamp_ms, session, id FROM call
            WHERE id BETWEEN ? AND ? AND file = ?
            """)
        bindRange(of: checkpoint, to: select)
        while try select.step() {
            let key = UInt64(bitPattern: select.int64(0))
            let isKept = select.int64(1) != 0
            if key != 0 { winners.touch(key) }
            if isKept { dirtyHours.insert(Timestamp(milliseconds: select.int64(2)).hour) }
            if select.int64(4) >= firstNewID {
                deleted.takeBack(key)
            } else if isKept {
                deleted.note(key)
            }
            sessionEnds.remove(select.int64(3), file: checkpoint.id)
        }
        var delete = try connection.prepare(
            "DELETE FROM call WHERE id BETWEEN ? AND ? AND file = ?")
        bindRange(of: checkpoint, to: delete)
        try delete.run()
    }

    /// Lets the rows of a log that was renamed compete under its new name.
    mutating func reconsiderCalls(of checkpoint: Checkpoint) throws(SQLiteError) {
        var select = try connection.prepare(
            """
            SELECT key FROM call AS mine WHERE id BETWEEN ? AND ? AND file = ?
                AND EXISTS (SELECT 1 FROM call WHERE key = mine.key AND id <> mine.id)
            """)
        bindRange(of: checkpoint, to: select)
        while try select.step() { winners.touch(UInt64(bitPattern: select.int64(0))) }
    }

    private func bindRange(of checkpoint: Checkpoint, to statement: borrowing Statement) {
        statement.bind(1, checkpoint.firstCall)
        statement.bind(2, checkpoint.lastCall)
        statement.bind(3, checkpoint.id)
    }
}
