import TelemetryPricing
import TelemetryQuery

extension Engine {
    /// The engine of the program: its own cache, prices and writer.
    static let live = Engine(
        stats: question { (engine, request) throws(QueryError) in try engine.stats(request) },
        breakdown: question { (engine, request) throws(QueryError) in
            try Self.breakdown(engine, request)
        },
        performance: question { (engine, request) throws(QueryError) in
            try engine.performance(request)
        },
        patterns: question { (engine, request) throws(QueryError) in
            try engine.patterns(request)
        },
        sessions: question { (engine, request) throws(QueryError) in
            try engine.sessions(request)
        },
        session: question { (engine, request) throws(QueryError) in
            try engine.session(request)
        },
        unpricedModels: { (request, access) throws(CommandFailure) in
            try Questioning.answer(access) { (engine) throws(QueryError) in
                try engine.modelsWithoutPrice(request)
            }.answer
        },
        sql: { (statement, access) throws(CommandFailure) in
            let watchdog = StatementWatchdog()
            defer { watchdog.rest() }
            let (answer, notes) = try Questioning.answer(access) { (engine) throws(QueryError) in
                watchdog.watch()
                return try engine.run(statement)
            }
            for note in notes { access.note?(note) }
            return answer
        },
        schema: { () throws(CommandFailure) in try Questioning.schema() },
        sync: { (request, access) throws(CommandFailure) in
            try Questioning.sync(request, access)
        },
        doctor: { (access) throws(CommandFailure) in try Questioning.doctor(access) },
        readableSources: LogReading.readable,
        hasAgentLogs: LogReading.hasAgentLogs,
        append: { (calls, access) throws(CommandFailure) in
            try StoreKeeping.append(calls, access)
        },
        lineAppender: StoreKeeping.lineAppender,
        maintain: StoreKeeping.maintain,
        prune: { (request, access) throws(CommandFailure) in
            try StoreKeeping.prune(request, access)
        },
        verify: { (days, access) throws(CommandFailure) in
            try StoreKeeping.verify(days, access)
        },
        prices: .live)

    /// A question whose answer's head takes the notes about the cache.
    private static func question<Request, Answer: HeadedAnswer & SendableMetatype>(
        _ ask:
            @escaping @Sendable (borrowing QueryEngine, Request) throws(QueryError) -> Answer
    ) -> Action<Request, Answer> {
        { (request, access) throws(CommandFailure) in
            var (answer, notes) = try Questioning.answer(access) { (engine) throws(QueryError) in
                try ask(engine, request)
            }
            answer.head.notes += notes
            return answer
        }
    }

    /// Which of the engine's questions a command asks.
    private static func breakdown(
        _ engine: borrowing QueryEngine, _ request: QueryRequest
    ) throws(QueryError) -> BreakdownAnswer {
        if request.command == "costs" { return try engine.breakdown(request) }
        let dimension = request.dimensions[0]
        return dimension.isTime
            ? try engine.timeline(request, by: dimension) : try engine.usage(request, by: dimension)
    }
}

/// An answer that says what it is about.
protocol HeadedAnswer {
    var head: AnswerHead { get set }
}

extension StatsAnswer: HeadedAnswer {}
extension BreakdownAnswer: HeadedAnswer {}
extension PerformanceAnswer: HeadedAnswer {}
extension PatternsAnswer: HeadedAnswer {}
extension SessionsAnswer: HeadedAnswer {}
extension SessionAnswer: HeadedAnswer {}
