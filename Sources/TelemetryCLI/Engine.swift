package import LLMTelemetry
package import TelemetryFormat
package import TelemetryIndex
package import TelemetryQuery

/// The floors below as functions: the one place where commands meet writer, cache and prices.
package struct Engine: Sendable {
    /// Does something to or with a store.
    package typealias Action<Request, Outcome> =
        @Sendable (Request, StoreAccess) throws(CommandFailure) -> Outcome
    /// Syncs first unless the access says not to, then answers.
    package typealias Question<Answer> = Action<QueryRequest, Answer>

    /// Puts one batch of lines after the other into files; when it returns they are there.
    package typealias LineAppender =
        @Sendable (RecordLineBatch) throws(CommandFailure) -> Void

    package var stats: Question<StatsAnswer>
    /// `costs`, `models` and its like, `daily` and its like.
    package var breakdown: Question<BreakdownAnswer>
    package var performance: Question<PerformanceAnswer>
    package var patterns: Question<PatternsAnswer>
    package var sessions: Question<SessionsAnswer>
    package var session: Action<SessionRequest, SessionAnswer>
    /// The models with calls that no price applies to.
    package var unpricedModels: Question<[AnswerHead.UnpricedModel]>
    /// Runs one read-only statement over the views.
    package var sql: Action<String, SQLAnswer>
    /// The views and their columns, for `query --schema`.
    package var schema: @Sendable () throws(CommandFailure) -> [(name: String, columns: [String])]
    package var sync: Action<SyncRequest, CacheSyncSummary>
    package var doctor: @Sendable (StoreAccess) throws(CommandFailure) -> DoctorFindings
    /// The sources that can be read, of all that have a name.
    package var readableSources: [String]
    /// Whether any log of Claude Code or Codex is where it would be looked for.
    package var hasAgentLogs: @Sendable (_ environment: [String: String]) -> Bool
    /// Puts the calls into files; when it returns they are there.
    package var append: Action<[Call], Void>
    /// The same for records that come as lines, many batches of them.
    package var lineAppender: @Sendable (StoreAccess) -> LineAppender
    /// Removes what is too old or too much, after many records were appended.
    package var maintain: @Sendable (StoreAccess) -> Void
    package var prune: Action<PruneRequest, PruneSummary>
    /// Checks these days, or all when none is named.
    package var verify: Action<[Day], VerifySummary>
    package var prices: PriceBook

    package init(
        stats: @escaping Question<StatsAnswer>, breakdown: @escaping Question<BreakdownAnswer>,
        performance: @escaping Question<PerformanceAnswer>,
        patterns: @escaping Question<PatternsAnswer>,
        sessions: @escaping Question<SessionsAnswer>,
        session: @escaping Action<SessionRequest, SessionAnswer>,
        unpricedModels: @escaping Question<[AnswerHead.UnpricedModel]>,
        sql: @escaping Action<String, SQLAnswer>,
        schema:
            @escaping @Sendable () throws(CommandFailure)
            -> [(name: String, columns: [String])],
        sync: @escaping Action<SyncRequest, CacheSyncSummary>,
        doctor: @escaping @Sendable (StoreAccess) throws(CommandFailure) -> DoctorFindings,
        readableSources: [String], hasAgentLogs: @escaping @Sendable ([String: String]) -> Bool,
        append: @escaping Action<[Call], Void>,
        lineAppender: @escaping @Sendable (StoreAccess) -> LineAppender,
        maintain: @escaping @Sendable (StoreAccess) -> Void,
        prune: @escaping Action<PruneRequest, PruneSummary>,
        verify: @escaping Action<[Day], VerifySummary>,
        prices: PriceBook
    ) {
        self.stats = stats
        self.breakdown = breakdown
        self.performance = performance
        self.patterns = patterns
        self.sessions = sessions
        self.session = session
        self.unpricedModels = unpricedModels
        self.sql = sql
        self.schema = schema
        self.sync = sync
        self.doctor = doctor
        self.readableSources = readableSources
        self.hasAgentLogs = hasAgentLogs
        self.append = append
        self.lineAppender = lineAppender
        self.maintain = maintain
        self.prune = prune
        self.verify = verify
        self.prices = prices
    }
}

/// Which store a command works on, and how.
package struct StoreAccess: Sendable {
    /// From the root on.
    package var directory: String
    /// Which sources to read.
    package var sources: [String]
    /// Whether to bring the cache up to date before answering.
    package var syncsFirst: Bool
    /// The present, pinned or not.
    package var now: Timestamp
    /// What the environment says of the store, with this directory and clock.
    package var settings: StoreSettings
    package var environment: [String: String]
    package var workingDirectory: String
    /// Takes a line for standard error; nil = be quiet.
    package var note: (@Sendable (String) -> Void)?
    /// Whether to say more than what went wrong.
    package var isVerbose: Bool
    /// Draws on the terminal behind standard error; nil = there is none, or be quiet.
    package var draw: (@Sendable (String) -> Void)?

    package init(
        directory: String, sources: [String], syncsFirst: Bool = true, now: Timestamp,
        settings: StoreSettings, environment: [String: String], workingDirectory: String,
        note: (@Sendable (String) -> Void)? = nil, isVerbose: Bool = false,
        draw: (@Sendable (String) -> Void)? = nil
    ) {
        self.directory = directory
        self.sources = sources
        self.syncsFirst = syncsFirst
        self.now = now
        self.settings = settings
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.note = note
        self.isVerbose = isVerbose
        self.draw = draw
    }
}

/// What `cache-sync` was asked for beside its sources.
package struct SyncRequest: Equatable, Sendable {
    /// nil = the access's sources and those already in the cache.
    package var sources: [String]?
    package var rebuilds: Bool
    package var verifies: Bool
    package var captures: Bool
    /// Whether somebody wants to know how many lines there are.
    package var countsLines: Bool

    package init(
        sources: [String]? = nil, rebuilds: Bool = false, verifies: Bool = false,
        captures: Bool = true, countsLines: Bool = true
    ) {
        self.sources = sources
        self.rebuilds = rebuilds
        self.verifies = verifies
        self.captures = captures
        self.countsLines = countsLines
    }
}
