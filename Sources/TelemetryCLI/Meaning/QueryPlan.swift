import LLMTelemetry
import TelemetryFormat
import TelemetryQuery
import TelemetryReport

/// A query's invocation turned into values: what to ask, of which store, and how to show it.
struct QueryPlan: Sendable {
    var request: QueryRequest
    var access: StoreAccess
    var presentation: Presentation
    /// Whether there is neither a store nor any agent log, and so nothing to ask.
    var hasNothingToRead: Bool

    /// Understands an invocation; `days` is how far back the command looks unless told otherwise.
    init(
        _ invocation: Invocation, _ context: ProgramContext, dimensions: [Dimension] = [],
        defaultPeriod: PeriodRequest = .word(.all)
    ) throws(CommandFailure) {
        let store = try StoreChoice.forReading(invocation, context)
        presentation = try Presentation(invocation, context)
        access = try context.access(store, invocation)
        let period = try Self.period(invocation, context, now: access.now, defaultPeriod)
        request = QueryRequest(
            command: invocation.command.name, store: store.shown, sources: access.sources,
            period: period, filters: Self.filters(invocation),
            status: invocation.value("status").flatMap { CallStatus(rawValue: $0) },
            costMode: invocation.value("mode").flatMap { CostMode(rawValue: $0) } ?? .auto,
            order: invocation.value("order").flatMap { SortOrder(rawValue: $0) },
            sort: invocation.value("sort").flatMap { SortKey(rawValue: $0) },
            top: try ProgramContext.count("top", invocation),
            keepsRawModels: invocation.has("raw-models"),
            breaksDownByModel: invocation.has("breakdown"), dimensions: dimensions)
        hasNothingToRead = !store.exists && !context.engine.hasAgentLogs(context.environment)
    }

    private static func filters(_ invocation: Invocation) -> [AnswerHead.Filter] {
        OptionTable.filterNames.filter { invocation.has($0) }
            .map { AnswerHead.Filter(name: $0, patterns: invocation.all($0)) }
    }

    private static func period(
        _ invocation: Invocation, _ context: ProgramContext, now: Timestamp,
        _ defaultPeriod: PeriodRequest
    ) throws(CommandFailure) -> PeriodSpec {
        let zone = try context.zone(invocation)
        let firstWeekday = try context.firstWeekday(invocation)
        let request = try periodRequest(invocation) ?? defaultPeriod
        if let period = request.resolved(now: now, zone: zone, firstWeekday: firstWeekday) {
            return period
        }
        throw .usage("--since is after --until")
    }

    private static func periodRequest(
        _ invocation: Invocation
    ) throws(CommandFailure) -> PeriodRequest? {
        let takesWord = invocation.command.operands == [.period]
        let word = takesWord ? invocation.operands.first : nil
        let days = try ProgramContext.count(
            "days", invocation, maximum: PeriodRequest.maximumDays)
        let since = try bound("since", invocation)
        let until = try bound("until", invocation)
        let hasBounds = since != nil || until != nil
        if (word != nil && (days != nil || hasBounds)) || (days != nil && hasBounds) {
            throw .usage("give one period: a word, --days, or --since and --until")
        }
        if let word = word.flatMap({ PeriodRequest.Word(rawValue: $0) }) { return .word(word) }
        if let days { return .days(days) }
        return hasBounds ? .bounds(since: since, until: until) : nil
    }

    private static func bound(
        _ option: String, _ invocation: Invocation
    ) throws(CommandFailure) -> PeriodRequest.Bound? {
        guard let text = invocation.value(option) else { return nil }
        if let bound = PeriodRequest.Bound(text) { return bound }
        throw .usage(
            "--\(option) is not a date: \(text)",
            hint: "YYYY-MM-DD, YYYYMMDD, or a timestamp such as 2026-11-21T14:00:00Z")
    }
}

extension ProgramContext {
    /// The access to a store for an invocation that asks about its calls.
    func access(
        _ store: StoreChoice, _ invocation: Invocation
    ) throws(CommandFailure) -> StoreAccess {
        var access = try upkeep(of: store, invocation)
        access.sources = try namedSources(invocation) ?? store.defaultSources
        return access
    }

    /// The access for an invocation that works on the store itself, whatever sources are read.
    func upkeep(
        of store: StoreChoice, _ invocation: Invocation
    ) throws(CommandFailure) -> StoreAccess {
        var settings = try settings()
        if let pinned = try pinnedNow(invocation) { settings.now = pinned }
        settings.directory = store.directory
        let console = console
        let isQuiet = invocation.has("quiet")
        let note: @Sendable (String) -> Void = { console.note($0) }
        let draw: @Sendable (String) -> Void = { console.writeError(Array($0.utf8)) }
        return StoreAccess(
            directory: store.directory,
            sources: store.defaultSources,
            syncsFirst: !invocation.has("no-sync"), now: settings.now ?? clock(),
            settings: settings,
            environment: environment, workingDirectory: workingDirectory,
            note: isQuiet ? nil : note, isVerbose: invocation.has("verbose"),
            draw: console.errorIsTerminal && !isQuiet ? draw : nil)
    }
}
