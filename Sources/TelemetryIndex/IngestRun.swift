import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// One run of reading: carries out plans through a writer and counts what happens.
struct IngestRun: ~Copyable {
    /// What a run counts by itself; the summary shows it in other terms.
    private struct Counts {
        var callLines: Int64 = 0
        var rejections: [Rejection: RejectionCount] = [:]
    }

    private var writer: CacheWriter
    private var counts = Counts()
    private let report: (@Sendable (CacheSync.Progress) -> Void)?
    private var progress: CacheSync.Progress
    private let startMilliseconds = SystemClock.realtimeMilliseconds()

    init(
        _ connection: consuming Connection, _ mode: CacheWriter.Mode, bytesTotal: Int64,
        _ report: (@Sendable (CacheSync.Progress) -> Void)?
    ) throws(IndexError) {
        do throws(SQLiteError) {
            writer = try CacheWriter(connection, mode)
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
        for step in plan.steps {
            do throws(IndexError) {
                try carryOut(step, plan.source, &summary)
            } catch .cache(let error) {
                throw .cache(error)
            } catch .file(let error) where error.isMissing {
                // Deleted or renamed since it was listed; the next sync finds it where it is.
                summary.files.removed += 1
            } catch {
                summary.files.unread += 1
                summary.notes.append("not read: \(error)")
            }
        }
    }

    /// Takes over the totals of what is not in the store any more.
    mutating func carryOut(
        _ removal: RemovalPlan, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        try removal.carryOut(&writer, &summary.notes)
    }

    /// Ends the last transaction and completes the summary. Calls that were taken out and did not
    /// come back make room for new ones, unless those before the run were counted without them.
    consuming func end(
        callsBefore: Int64, countsGone: Bool, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        let gone: Int
        do throws(SQLiteError) {
            gone = try writer.end()
            summary.totals = try writer.connection.totals()
        } catch {
            throw .cache(error)
        }
        summary.lines.ingested = summary.totals.calls - callsBefore
        if countsGone { summary.lines.ingested += Int64(gone) }
        summary.lines.duplicate = counts.callLines - summary.lines.ingested
        summary.rejections = counts.rejections.sorted { $0.key.rawValue < $1.key.rawValue }
            .map(\.value)
    }

    // MARK: One log

    private mutating func carryOut(
        _ step: SourcePlan.Step, _ source: any LogSource, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        var checkpoint = step.checkpoint
        let file = step.file
        try prepare(&checkpoint, step)
        let offset = checkpoint.offset
        let before = (summary.lines, counts)
        do throws(IndexError) {
            checkpoint.pending = try read(file, source, &checkpoint, &summary.lines)
            checkpoint.note(file, at: startMilliseconds)
            if file.representation == .plain {
                let windows = try FileWindows(path: file.path, offset: checkpoint.offset)
                (checkpoint.headHash, checkpoint.tailHash) = (windows.head, windows.tail)
            }
        } catch {
            if try abandon(&checkpoint, error) { (summary.lines, counts) = before }
            throw error
        }
        try cache { (writer) throws(SQLiteError) in try writer.finish(&checkpoint) }
        if checkpoint.offset > offset || step.plan == .readAnew {
            summary.files.read += 1
        } else {
            summary.files.skipped += 1
        }
        if checkpoint.pending > 0 { summary.lines.pending += 1 }
        summary.bytesRead += checkpoint.offset - offset
        advance(to: progress.bytesDone + file.status.size - min(offset, file.status.size))
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

    /// A log that cannot be read to its end: of a damaged archive nothing counts, which is
    /// answered; of a plain file what was read does.
    private mutating func abandon(
        _ checkpoint: inout Checkpoint, _ error: IndexError
    ) throws(IndexError) -> Bool {
        var abandoned = checkpoint
        switch error {
        case .cache, .occupied, .locked: return false
        case .file(let cause) where !cause.isMissing:
            try cache { (writer) throws(SQLiteError) in try writer.finish(&abandoned) }
            return false
        case .file, .damaged:
            try cache { (writer) throws(SQLiteError) in
                try writer.flush(&abandoned)
                try writer.removeCalls(of: abandoned, andFile: true)
            }
            return true
        }
    }

    private mutating func read(
        _ file: LogFile, _ source: any LogSource, _ checkpoint: inout Checkpoint,
        _ lines: inout CacheSyncSummary.Lines
    ) throws(IndexError) -> Int64 {
        let id = checkpoint.id
        let memory = try IndexError.cache { () throws(SQLiteError) in try writer.memory(of: id) }
        var interpreter = source.makeInterpreter(for: file, memory: memory)
        var reader = LogFileReader(file, lineLimit: source.lineLimit)
        var current = checkpoint
        writer.batch.file = id
        defer { checkpoint = current }
        let pending = try reader.forEachLine(from: checkpoint.offset) {
            (line, position) throws(IndexError) in
            current.prefixHash = Self.hash(line, position, after: current.prefixHash)
            current.offset = position.end
            current.lines += 1
            try take(line, position, &interpreter, &current, &lines)
        }
        try note(interpreter, &current)
        return pending
    }

    /// Keeps what an interpreter has learned about its log.
    private mutating func note(
        _ interpreter: any LineInterpreter, _ checkpoint: inout Checkpoint
    ) throws(IndexError) {
        let facts = interpreter.facts
        if checkpoint.session == 0 {
            checkpoint.session = try writer.dictionary.id(of: facts.session)
        }
        if checkpoint.parentSession == 0 {
            checkpoint.parentSession = try writer.dictionary.id(of: facts.parentSession)
        }
        if checkpoint.projectPath == 0 {
            checkpoint.projectPath = try writer.dictionary.id(of: facts.projectPath)
        }
        let (memory, id) = (interpreter.memory, checkpoint.id)
        if memory.isEmpty { return }
        try cache { (writer) throws(SQLiteError) in try writer.remember(memory, of: id) }
    }

    @inline(__always)
    private static func hash(
        _ line: Span<UInt8>, _ position: LinePosition, after prefix: UInt64
    ) -> UInt64 {
        var hash = LineHash(prefix)
        hash.combine(line, position)
        return hash.value
    }

    @inline(__always)
    private mutating func take(
        _ line: Span<UInt8>, _ position: LinePosition, _ interpreter: inout any LineInterpreter,
        _ checkpoint: inout Checkpoint, _ lines: inout CacheSyncSummary.Lines
    ) throws(IndexError) {
        writer.batch.lineOffset = position.offset
        let before = writer.batch.added
        let outcome =
            position.isTooLong
            ? .rejected(.tooLong)
            : try interpreter.interpret(line, &writer.batch, &writer.dictionary)
        switch outcome {
        case .call:
            let calls = max(1, writer.batch.added - before)
            checkpoint.calls += calls
            counts.callLines += calls
            do throws(SQLiteError) {
                try writer.flushIfFull(&checkpoint)
            } catch {
                throw .cache(error)
            }
            if checkpoint.lines & 0xFFF == 0 {
                advance(to: progress.bytesDone, within: position.end)
            }
        case .other, .blank:
            checkpoint.others += outcome == .other ? 1 : 0
            lines.other += outcome == .other ? 1 : 0
        case .rejected(let reason):
            lines.rejected += 1
            try reject(reason, &checkpoint)
        }
    }

    private mutating func reject(
        _ reason: Rejection, _ checkpoint: inout Checkpoint
    ) throws(IndexError) {
        checkpoint.rejected += 1
        let example = RejectionCount(
            reason: reason.rawValue, count: 0, example: "\(checkpoint.name):\(checkpoint.lines)")
        counts.rejections[reason, default: example].count += 1
        let refused = checkpoint
        try cache { (writer) throws(SQLiteError) in
            try writer.reject(reason, line: refused.lines, refused)
        }
    }

    // MARK: Reporting

    private mutating func advance(to bytes: Int64, within file: Int64 = 0) {
        progress.bytesDone = bytes
        guard let report else { return }
        report(CacheSync.Progress(bytesDone: bytes + file, bytesTotal: progress.bytesTotal))
    }

    private mutating func cache(
        _ body: (inout CacheWriter) throws(SQLiteError) -> Void
    ) throws(IndexError) {
        do throws(SQLiteError) { try body(&writer) } catch { throw .cache(error) }
    }
}
