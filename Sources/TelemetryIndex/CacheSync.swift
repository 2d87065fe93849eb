import TelemetryFiles
package import TelemetryFormat
package import TelemetrySQLite

/// Brings the cache up to date with the logs on disk: the only thing that writes it.
package struct CacheSync: Sendable {
    /// What is done beyond reading what is new.
    package enum Depth: Sendable {
        /// Read what is new.
        case incremental
        /// Compare every file whole with what was read of it.
        case verify
        /// Read everything again: into a new cache, or in place beside other sources' rows.
        case rebuild
    }

    /// How far reading has come.
    package struct Progress: Sendable {
        package var bytesDone: Int64
        package var bytesTotal: Int64
    }

    /// Where slim twins of agent logs are kept, and the present, pinned or not.
    package struct Capture: Sendable {
        var store: String
        var now: Timestamp

        /// Captures into the store in this directory.
        package init(store: String, now: Timestamp) {
            self.store = store
            self.now = now
        }
    }

    private let location: CacheLocation
    private let sources: [any LogSource]
    private let depth: Depth
    private let capture: Capture?
    /// Whether somebody wants to know how many lines there are.
    private let countsLines: Bool
    private let lockTimeoutMilliseconds: Int64
    private let progress: (@Sendable (Progress) -> Void)?
    /// How much an incremental sync that is killed loses at most.
    var rowsPerTransaction = CacheWriter.usualRowsPerTransaction

    /// A sync of some sources into the cache at a location; without `capture` no slim twins are
    /// made, without `countsLines` the summary has neither new lines nor totals.
    package init(
        _ location: CacheLocation, sources: [any LogSource], depth: Depth = .incremental,
        capture: Capture? = nil, countsLines: Bool = true, lockTimeoutMilliseconds: Int64,
        progress: (@Sendable (Progress) -> Void)? = nil
    ) {
        self.location = location
        self.sources = sources
        self.depth = depth
        self.capture = capture
        self.countsLines = countsLines
        self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
        self.progress = progress
    }

    /// Does it. A cache that cannot be used is set aside and made anew, which the notes then say.
    package func run() throws(IndexError) -> CacheSyncSummary {
        try runForQuestions().summary
    }

    /// Does it and, where it can, leaves the cache open for questions.
    package func runForQuestions() throws(IndexError) -> SyncedCache {
        let start = SystemClock.monotonicNanoseconds()
        let lock = try location.lock(timeoutMilliseconds: lockTimeoutMilliseconds)
        try location.removeLeftover()
        var summary = CacheSyncSummary(sources: sources.map(\.kind.name))
        var work: Work
        do throws(IndexError) {
            work = try update(&summary)
        } catch .cache(let error) where !error.isPassing {
            // The damage showed only while working. Once more from nothing; then it is the disk.
            summary = CacheSyncSummary(sources: sources.map(\.kind.name))
            try abandon(because: error.message, &summary)
            work = try rebuild(&summary)
        }
        do throws(IndexError) {
            try captureLogs(work.plans, &summary)
        } catch {
            // What was read is in the cache all the same; the next sync looks at the twins again.
            summary.notes.append("captured logs are not noted: \(error)")
        }
        summary.elapsedMilliseconds = (SystemClock.monotonicNanoseconds() - start) / 1_000_000
        _ = consume lock
        return SyncedCache(summary: summary, location: location, connection: work.connection.take())
    }

    /// What was done, and the cache if it is still open.
    private struct Work: ~Copyable {
        let plans: [SourcePlan]
        var connection: Connection?
    }

    private func update(_ summary: inout CacheSyncSummary) throws(IndexError) -> Work {
        switch try location.open() {
        case .missing:
            return try rebuild(&summary)
        case .unusable(let reason):
            try abandon(because: reason, &summary)
            return try rebuild(&summary)
        case .usable(let connection):
            if depth == .rebuild {
                if try connection.sources().isSubset(of: sources.map(\.kind)) {
                    return try rebuild(&summary)
                }
                summary.isRebuilt = true
            }
            return try increment(connection, &summary)
        }
    }

    private func abandon(
        because reason: String, _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        try location.setAside()
        summary.notes.append("the cache is rebuilt: \(reason)")
    }

    private func rebuild(_ summary: inout CacheSyncSummary) throws(IndexError) -> Work {
        summary.isRebuilt = true
        do throws(IndexError) {
            let connection = try location.createNew()
            let plans = try plan(on: connection)
            _ = try apply(plans, to: connection, .bulk(path: location.newPath), &summary)
            try location.publish()
            return Work(plans: plans, connection: nil)
        } catch {
            // A half-made cache is of no use; the error that stopped it matters more than its rest.
            try? location.removeLeftover()
            throw error
        }
    }

    private func increment(
        _ connection: consuming Connection, _ summary: inout CacheSyncSummary
    ) throws(IndexError) -> Work {
        let plans = try plan(on: connection)
        let written = try apply(plans, to: connection, .incremental, &summary)
        return Work(plans: plans, connection: written)
    }

    /// Makes the twins that are due, and notes them in the cache.
    private func captureLogs(
        _ plans: [SourcePlan], _ summary: inout CacheSyncSummary
    ) throws(IndexError) {
        guard let capture else { return }
        for plan in plans {
            guard let twins = plan.twins else { continue }
            let run = CaptureRun(twins, store: capture.store, now: capture.now)
            let due = plan.capturable.filter(run.isDue)
            if due.isEmpty { continue }
            let outcome = run.run(plan.source, due)
            summary.notes += outcome.notes
            if outcome.captured.isEmpty { continue }
            let connection = try location.openForWriting()
            try IndexError.cache { () throws(SQLiteError) in
                try CheckpointTable.noteCaptures(outcome.captured, of: plan.source.kind, connection)
            }
        }
    }

    private func plan(
        on connection: borrowing Connection
    ) throws(IndexError) -> [SourcePlan] {
        var plans: [SourcePlan] = []
        for source in sources {
            let known = try IndexError.cache { () throws(SQLiteError) in
                try CheckpointTable.all(source.kind, connection)
            }
            var plan = try SourcePlan(source, known: known, depth)
            try IndexError.cache { () throws(SQLiteError) in try plan.recall(connection) }
            plans.append(plan)
        }
        return plans
    }

    /// Carries out the plans, in a writer only when there is anything to write; gives the cache
    /// back.
    private func apply(
        _ plans: [SourcePlan], to connection: consuming Connection, _ mode: CacheWriter.Mode,
        _ summary: inout CacheSyncSummary
    ) throws(IndexError) -> Connection {
        for plan in plans { plan.count(in: &summary) }
        var removals: [RemovalPlan] = []
        for plan in plans { removals.append(try RemovalPlan(plan, connection)) }
        if case .incremental = mode {
            if plans.allSatisfy(\.isEmpty), removals.allSatisfy(\.isEmpty) {
                if countsLines { summary.totals = try totals(connection) }
                try IndexError.cache { () throws(SQLiteError) in try connection.commit() }
                return connection
            }
            try IndexError.cache { () throws(SQLiteError) in try connection.prepareForWriting() }
        }
        let callsBefore = try countsLines ? self.callsBefore(connection) : nil
        var run = try IngestRun(
            connection, mode, rowsPerTransaction: rowsPerTransaction,
            bytesTotal: plans.reduce(0) { $0 + $1.bytesToRead }, progress)
        for plan in plans { try run.carryOut(plan, &summary) }
        for removal in removals { try run.carryOut(removal, &summary) }
        return try run.end(callsBefore: callsBefore, countsGone: depth != .rebuild, &summary)
    }

    private func totals(
        _ connection: borrowing Connection
    ) throws(IndexError) -> CacheSyncSummary.Totals {
        try IndexError.cache { () throws(SQLiteError) in try connection.totals() }
    }

    /// How many calls the cache holds that this run does not read anew in any case.
    private func callsBefore(_ connection: borrowing Connection) throws(IndexError) -> Int64 {
        try IndexError.cache { () throws(SQLiteError) in
            try depth == .rebuild
                ? connection.keptCalls(without: sources.map(\.kind)) : connection.totals().calls
        }
    }
}

/// A cache that was just brought up to date.
package struct SyncedCache: ~Copyable {
    package let summary: CacheSyncSummary
    private let location: CacheLocation
    private var connection: Connection?

    init(
        summary: CacheSyncSummary, location: CacheLocation, connection: consuming Connection?
    ) {
        self.summary = summary
        self.location = location
        self.connection = connection
    }

    /// The cache opened for reading, which the sync may have left it.
    package consuming func openForReading() throws(IndexError) -> Connection {
        guard let connection = connection.take() else { return try location.openForReading() }
        do throws(SQLiteError) {
            try connection.execute("PRAGMA query_only = ON")
        } catch {
            throw .cache(error)
        }
        return connection
    }
}

extension Connection {
    /// What the whole cache holds.
    borrowing func totals() throws(SQLiteError) -> CacheSyncSummary.Totals {
        var files = try prepare("SELECT sum(calls), sum(rejected) FROM file")
        _ = try files.step()
        let kept = try keptCalls()
        return CacheSyncSummary.Totals(
            calls: kept, duplicates: files.int64(0) - kept, rejected: files.int64(1))
    }

    /// The calls that the cache holds of other sources than these.
    fileprivate borrowing func keptCalls(
        without sources: [SourceKind]
    ) throws(SQLiteError) -> Int64 {
        let list = sources.map { String($0.rawValue) }.joined(separator: ", ")
        return try integer(
            """
            SELECT count(*) FROM call JOIN rate_class ON rate_class.id = call.rate_class
            WHERE kept = 1 AND source NOT IN (\(list))
            """) ?? 0
    }

    private borrowing func keptCalls() throws(SQLiteError) -> Int64 {
        var select = try prepare("SELECT cells FROM rollup WHERE id BETWEEN ? AND ?")
        select.bind(1, Facet.whole.rowID(day: 0))
        select.bind(2, Facet.whole.rowID(day: Int(UInt32.max)))
        var calls: Int64 = 0
        while try select.step() {
            select.withBlob(0) { bytes in
                RollupPacking.forEachCell(in: bytes) { calls &+= $0.usage.calls }
            }
        }
        return calls
    }
}
