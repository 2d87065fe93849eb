import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// One run of reading: carries out plans through a writer and counts what happens.
struct IngestRun: ~Copyable {
    /// What is counted of lines; a log that turns out to be damaged takes its part back.
    private struct Counts {
        var lines = CacheSyncSummary.Lines()
        var callLines: Int64 = 0
        var rejections: [Rejection: RejectionCount] = [:]

        /// Adds what a portion of the log with this name holds.
        mutating func add(_ portion: borrowing LogPortion, name: String) {
            lines.other += portion.lines.other
            lines.rejected += portion.lines.rejected
            callLines += portion.callLines
            for line in portion.refused {
                let first = RejectionCount(
                    reason: line.reason.rawValue, count: 0, example: "\(name):\(line.number)")
                rejections[line.reason, default: first].count += 1
            }
        }

        mutating func add(_ other: Counts) {
            lines.other += other.lines.other
            lines.rejected += other.lines.rejected
            callLines += other.callLines
            for (reason, count) in other.rejections {
                let first = RejectionCount(reason: count.reason, count: 0, example: count.example)
                rejections[reason, default: first].count += count.count
            }
        }
    }

    /// A log of which portions have come.
    private struct Reading {
        var checkpoint: Checkpoint
        var counts = Counts()
    }

    private var writer: CacheWriter
    private var counts = Counts()
    /// By position in the plan: the logs that are being read.
    private var readings: [Int: Reading] = [:]
    /// By reader: the cache's ids of its numbers.
    private var ids: [Int: NameIDs] = [:]
    private var changed = ChangedLogs()
    private let report: (@Sendable (CacheSync.Progress) -> Void)?
    private var progress: CacheSync.Progress
    private let startMilliseconds = SystemClock.realtimeMilliseconds()

    init(
        _ connection: consuming Connection, _ mode: CacheWriter.Mode, rowsPerTransaction: Int,
        bytesTotal: Int64,
        _ report: (@Sendable (CacheSync.Progress) -> Void)?
    ) throws(IndexError) {
        do throws(SQLiteError) {
            writer = try CacheWriter(connection, mode, rowsPerTransaction: rowsPerTransaction)
        } catch {
            throw .cache(error)
        }
        self.report = report
        progress = CacheSync.Progress(bytesDone: 0, bytesTotal: bytesTotal)
    }

    /// Removes what is gone and reads what is new.
    mutating func carryOut(
        _ plan: SourcePlan, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        for checkpoint in plan.gone {
            try cache { (writer) throws(SQLiteError) in
                try writer.removeCalls(of: checkpoint, andFile: true)
            }
        }
        for step in plan.steps where step.isRenamed {
            try cache { (writer) throws(SQLiteError) in try writer.vacateName(of: step.checkpoint) }
        }
        ids.removeAll()
        // Calls that are derived from several logs are whole only when all of those are read.
        writer.isIndivisible = plan.derivation != nil
        defer { writer.isIndivisible = false }
        for checkpoint in plan.gone { changed.noteGone(checkpoint) }
        try ReaderPool(plan, startMilliseconds: startMilliseconds).read {
            (portion) throws(IndexError) in
            try take(portion, plan.steps[portion.step], &summary)
        }
        try deriveCalls(of: plan, changed)
        changed = ChangedLogs()
    }

    /// Takes over the totals of what is not in the store any more.
    mutating func carryOut(
        _ removal: RemovalPlan, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        try removal.carryOut(&writer, &summary.notes)
    }

    /// Ends the last transaction, completes the summary and gives the cache back. Calls that were
    /// taken out and did not come back make room for new ones, unless those before the run were
    /// counted without them. Without the number of those nobody wants to know.
    consuming func end(
        callsBefore: Int64?, countsGone: Bool, _ summary: inout CacheSyncSummary
    ) throws(IndexError) -> Connection {
        do throws(SQLiteError) {
            let gone = try writer.end()
            if let callsBefore {
                summary.totals = try writer.connection.totals()
                summary.lines.ingested = summary.totals.calls - callsBefore
                if countsGone { summary.lines.ingested += Int64(gone) }
                completeLines(of: &summary)
            }
            return writer.takeConnection()
        } catch {
            throw .cache(error)
        }
    }

    private func completeLines(of summary: inout CacheSyncSummary) {
        summary.lines.other = counts.lines.other
        summary.lines.rejected = counts.lines.rejected
        summary.lines.duplicate = counts.callLines - summary.lines.ingested
        summary.rejections = counts.rejections.sorted { $0.key.rawValue < $1.key.rawValue }
            .map(\.value)
    }

    // MARK: One log

    private mutating func take(
        _ portion: consuming LogPortion, _ step: SourcePlan.Step,
        _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        let position = portion.step
        var reading: Reading
        if let begun = readings.removeValue(forKey: position) {
            reading = begun
        } else {
            reading = Reading(checkpoint: step.checkpoint)
            try prepare(&reading.checkpoint, step)
        }
        let end = portion.end
        try write(portion, &reading)
        switch end {
        case .whole(let ending): try finish(&reading, ending, step, &summary)
        case .failure(let error): try abandon(&reading, error, step, &summary)
        case nil: readings[position] = reading
        }
        try commitIfLarge()
        if end == nil { return advance(to: progress.bytesDone, within: reading.checkpoint.offset) }
        let start = step.plan == .readAnew ? 0 : min(step.checkpoint.offset, step.file.status.size)
        advance(to: progress.bytesDone + step.file.status.size - start)
    }

    /// Ends a transaction that has become large, with the checkpoints of all logs in the making:
    /// rows without theirs would be read, and counted, again after a kill.
    private mutating func commitIfLarge() throws(IndexError) {
        guard writer.isTransactionLarge else { return }
        let checkpoints = readings.values.map(\.checkpoint)
        try cache { (writer) throws(SQLiteError) in try writer.commit(checkpoints) }
    }

    private mutating func prepare(
        _ checkpoint: inout Checkpoint, _ step: SourcePlan.Step
    ) throws(IndexError) {
        var prepared = checkpoint
        try cache { (writer) throws(SQLiteError) in
            if step.plan == .readAnew, prepared.id != 0 {
                try writer.removeCalls(of: prepared, andFile: false)
                prepared.rewind()
            }
            if step.isRenamed {
                prepared.note(step.file, at: prepared.ingestedMilliseconds)
                try writer.save(&prepared)
                try writer.reconsiderCalls(of: prepared)
            }
            try writer.register(&prepared)
        }
        checkpoint = prepared
    }

    /// Writes what a portion holds.
    private mutating func write(
        _ portion: consuming LogPortion, _ reading: inout Reading
    ) throws(IndexError) {
        var checkpoint = portion.checkpoint
        checkpoint.adoptIDs(of: reading.checkpoint)
        reading.counts.add(portion, name: checkpoint.name)
        var names = ids.removeValue(forKey: portion.reader) ?? NameIDs()
        let reader = portion.reader
        try cache { (writer) throws(SQLiteError) in
            try names.add(portion.names, &writer.texts)
            portion.batch.settle(file: checkpoint.id, names)
            for line in portion.refused {
                try writer.reject(line.reason, line: line.number, checkpoint)
            }
            try writer.write(portion.batch, &checkpoint)
        }
        ids[reader] = names
        reading.checkpoint = checkpoint
    }

    /// Ends a log that was read to its end.
    private mutating func finish(
        _ reading: inout Reading, _ ending: LogEnding, _ step: SourcePlan.Step,
        _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        var checkpoint = reading.checkpoint
        try cache { (writer) throws(SQLiteError) in
            try writer.note(ending, &checkpoint)
            try writer.save(&checkpoint)
        }
        changed.note(step.checkpoint, checkpoint)
        counts.add(reading.counts)
        let start = step.plan == .readAnew ? 0 : step.checkpoint.offset
        if checkpoint.offset > start || step.plan == .readAnew {
            summary.files.read += 1
        } else {
            summary.files.skipped += 1
        }
        if checkpoint.pending > 0 { summary.lines.pending += 1 }
        summary.bytesRead += checkpoint.offset - start
    }

    /// Ends a log that cannot be read to its end: of a damaged archive nothing counts; of a plain
    /// file what was read does.
    private mutating func abandon(
        _ reading: inout Reading, _ error: IndexError, _ step: SourcePlan.Step,
        _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        var checkpoint = reading.checkpoint
        changed.note(step.checkpoint, checkpoint)
        var isMissing = false
        if case .file(let cause) = error { isMissing = cause.isMissing }
        if case .file = error, !isMissing {
            counts.add(reading.counts)
            try cache { (writer) throws(SQLiteError) in try writer.save(&checkpoint) }
        } else {
            try cache { (writer) throws(SQLiteError) in
                try writer.removeCalls(of: checkpoint, andFile: true)
            }
        }
        if isMissing {
            // Deleted or renamed since it was listed; the next sync finds it where it is.
            summary.files.removed += 1
        } else {
            summary.files.unread += 1
            summary.notes.append("not read: \(error)")
        }
    }

    // MARK: Reporting

    private mutating func advance(to bytes: Int64, within file: Int64 = 0) {
        progress.bytesDone = bytes
        guard let report else { return }
        report(CacheSync.Progress(bytesDone: bytes + file, bytesTotal: progress.bytesTotal))
    }

    mutating func cache(
        _ body: (inout CacheWriter) throws(SQLiteError) -> Void
    ) throws(IndexError) {
        do throws(SQLiteError) { try body(&writer) } catch { throw .cache(error) }
    }
}
