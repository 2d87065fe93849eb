import LLMTelemetry
import Synchronization
import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import TelemetryReport

@testable import TelemetryCLI

/// The program run in process, with canned answers and everything it did on record.
final class TestProgram: Sendable {
    struct Record: Sendable {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var input: [UInt8] = []
        var requests: [QueryRequest] = []
        var accesses: [StoreAccess] = []
        var statements: [String] = []
        var syncs: [SyncRequest] = []
        var prunes: [PruneRequest] = []
        var verified: [[Day]] = []
        var appended: [[Call]] = []
        var batches: [Int] = []
        var created: [String: [UInt8]] = [:]
        var removed: [String] = []
    }

    struct Outcome {
        var code: ExitCode
        var output: String
        var errors: String
        var record: Record
    }

    let record = Mutex(Record())
    let environment: [String: String]
    let directories: Set<String>
    let contents: [String: [UInt8]]
    let hasAgentLogs: Bool
    let changes: @Sendable (inout ProgramContext) -> Void

    /// 2026-11-21T14:00:00Z, a Saturday.
    static let now = Timestamp(milliseconds: 1_795_269_600_000)

    init(
        environment: [String: String] = [:],
        directories: Set<String> = ["/here/.llm-telemetry", "/usr/share/zoneinfo"],
        contents: [String: [UInt8]] = [:], input: String = "", hasAgentLogs: Bool = false,
        changes: @escaping @Sendable (inout ProgramContext) -> Void = { _ in }
    ) {
        self.environment = ["HOME": "/home/u"].merging(environment) { $1 }
        self.directories = directories
        self.contents = contents
        self.hasAgentLogs = hasAgentLogs
        self.changes = changes
        record.withLock { $0.input = Array(input.utf8) }
    }

    func run(_ arguments: String...) -> Outcome { run(arguments) }

    func run(_ arguments: [String]) -> Outcome {
        let code = CommandLineProgram.run(context(arguments))
        let record = record.withLock { $0 }
        return Outcome(
            code: code, output: String(decoding: record.output, as: UTF8.self),
            errors: String(decoding: record.errors, as: UTF8.self), record: record)
    }

    func context(_ arguments: [String]) -> ProgramContext {
        var context = ProgramContext(
            arguments: arguments, environment: environment, workingDirectory: "/here",
            clock: { Self.now }, console: console, files: files, engine: engine)
        changes(&context)
        return context
    }

    private var console: Console {
        Console(
            forEachInputLine: { [self] (_, take) throws(CommandFailure) in
                let input = record.withLock { $0.input }
                for line in input.split(separator: 0x0A, omittingEmptySubsequences: false) {
                    try take(Array(line).span, false)
                }
            },
            write: { [self] (bytes) throws(CommandFailure) in
                record.withLock { $0.output += bytes }
            },
            writeError: { [self] bytes in record.withLock { $0.errors += bytes } })
    }

    private var files: FileAccess {
        FileAccess(
            isDirectory: { [self] in directories.contains($0) },
            contents: { [self] (path) throws(CommandFailure) in contents[path] },
            canonicalPath: { $0 == "/etc/localtime" ? "/usr/share/zoneinfo/Etc/Test" : nil },
            create: { [self] (path, bytes, replaces) throws(CommandFailure) in
                if !replaces, contents[path] != nil { throw .failed("file exists: \(path)") }
                record.withLock { $0.created[path] = bytes }
            },
            makeTemporaryDirectory: { () throws(CommandFailure) in "/tmp/demo" },
            removeTemporaryDirectory: { [self] path in
                record.withLock { $0.removed.append(path) }
            })
    }

    private func keep(_ access: StoreAccess) {
        record.withLock { $0.accesses.append(access) }
    }

    private func take(_ request: QueryRequest, _ access: StoreAccess) -> AnswerHead {
        record.withLock {
            $0.requests.append(request)
            $0.accesses.append(access)
        }
        return request.head(priceSnapshot: "2026-11-21")
    }

    private var engine: Engine {
        let take = take
        let keep = keep
        return Engine(
            stats: { (request, access) throws(CommandFailure) in
                StatsAnswer(
                    head: take(request, access), latency: LatencySummary(), sessions: 2, models: 1,
                    previous: nil)
            },
            breakdown: { (request, access) throws(CommandFailure) in
                var head = take(request, access)
                head.unpricedModels = [.init(model: "foo-1\u{1B}[2J", calls: 3)]
                return BreakdownAnswer(
                    head: head,
                    breakdowns: request.dimensions.map { Breakdown(dimension: $0, rows: []) })
            },
            performance: { (request, access) throws(CommandFailure) in
                Self.performance(take(request, access))
            },
            patterns: { (request, access) throws(CommandFailure) in
                Self.patterns(take(request, access))
            },
            sessions: { (request, access) throws(CommandFailure) in
                SessionsAnswer(head: take(request, access), count: 0, sessions: [])
            },
            session: { (request, access) throws(CommandFailure) in
                Self.session(take(request.query, access), request.id)
            },
            unpricedModels: { (request, access) throws(CommandFailure) in
                _ = take(request, access)
                return [.init(model: "foo-1\u{1B}[2J", calls: 3)]
            },
            sql: { [self] (statement, access) throws(CommandFailure) in
                keep(access)
                record.withLock { $0.statements.append(statement) }
                return Self.rows(isTruncated: statement.contains("endless"))
            },
            schema: { [("calls", ["source", "timestamp"])] },
            sync: { [self] (request, access) throws(CommandFailure) in
                keep(access)
                record.withLock { $0.syncs.append(request) }
                return Self.syncSummary
            },
            doctor: { (access) throws(CommandFailure) in
                keep(access)
                return Self.findings
            },
            readableSources: ["telemetry", "claude", "codex"],
            hasAgentLogs: { [self] _ in hasAgentLogs },
            append: { [self] (calls, access) throws(CommandFailure) in
                keep(access)
                record.withLock { $0.appended.append(calls) }
            },
            lineAppender: { [self] access in
                return { batch in self.record.withLock { $0.batches.append(batch.count) } }
            },
            maintain: { _ in },
            prune: { [self] (request, access) throws(CommandFailure) in
                keep(access)
                record.withLock { $0.prunes.append(request) }
                return Self.pruneSummary
            },
            verify: { [self] (days, access) throws(CommandFailure) in
                keep(access)
                record.withLock { $0.verified.append(days) }
                return Self.verifySummary
            },
            prices: prices)
    }

    private var prices: PriceBook {
        let entry = PriceBook.Entry(
            provider: "anthropic", model: "claude-haiku-4-5", name: "Claude Haiku 4.5",
            contextTokens: 200_000,
            prices: [
                .init(unit: "input_mtok", dollars: "1"), .init(unit: "output_mtok", dollars: "5"),
            ])
        return PriceBook(
            snapshot: Day(number: 20_700),
            list: { (provider, _) throws(CommandFailure) in
                provider == nil || provider == "anthropic" ? [entry] : []
            },
            match: { (model, _, _) throws(CommandFailure) in
                guard model == "claude-haiku-4-5" else { return nil }
                return PriceBook.Match(
                    entry: entry, reason: "the id is equal to claude-haiku-4-5",
                    origin: "built in")
            },
            overrides: { (access) throws(CommandFailure) in
                [.init(path: access.directory + "/prices.json", exists: false)]
            })
    }

    private static func rows(isTruncated: Bool) -> SQLAnswer {
        SQLAnswer(
            columns: ["model", "n"], rows: [[.text("=x"), .integer(3)]], isTruncated: isTruncated)
    }

    private static func performance(_ head: AnswerHead) -> PerformanceAnswer {
        let overall = PerformanceAnswer.Row(
            key: nil, latency: LatencySummary(), calls: 0, failed: 0, outputTokensPerSecond: nil)
        return PerformanceAnswer(head: head, overall: overall, byOperation: [], byModel: [])
    }

    private static func patterns(_ head: AnswerHead) -> PatternsAnswer {
        let hours = [Int64](repeating: 0, count: 24)
        return PatternsAnswer(
            head: head, byHour: hours, byWeekday: Array(repeating: 0, count: 7),
            heatmap: Array(repeating: hours, count: 7), peakHours: [], busiestWeekday: nil,
            operations: [])
    }

    private static func session(_ head: AnswerHead, _ id: String) -> SessionAnswer {
        let row = SessionRow(id: id, source: "telemetry", usage: PricedUsage())
        return SessionAnswer(head: head, session: row, calls: [])
    }

    static let pruneSummary = PruneSummary(removals: [
        .init(day: Day(number: 20_000), files: 2, bytes: 2_048, reason: "age")
    ])

    static let verifySummary = VerifySummary(
        days: 1, files: 2, lines: 30,
        findings: [
            .init(file: "2026-11-21/telemetry.jsonl", line: 17, message: "not JSON")
        ])

    static let syncSummary = CacheSyncSummary(
        sources: ["telemetry"], files: .init(seen: 31, read: 1, skipped: 30), bytesRead: 61_234,
        lines: .init(ingested: 100, duplicate: 2, rejected: 1),
        rejections: [
            RejectionCount(reason: "not-json", count: 1, example: "2026-11-21/telemetry.jsonl:17")
        ],
        totals: .init(calls: 1_000_100, duplicates: 40, rejected: 1), elapsedMilliseconds: 7)

    static let findings = DoctorFindings(
        roots: [
            .init(
                source: "telemetry", path: "/here/.llm-telemetry", isReadable: true, files: 31,
                bytes: 61_234, calls: 100, duplicates: 2, rejected: 1),
            .init(
                source: "claude", path: "/home/u/.claude/projects", isReadable: true, files: 2,
                bytes: 10, calls: 1, ownerDeletesAfterDays: 30, firstDeletion: Day("2026-12-01"),
                captured: 3, knownByTwins: 1),
        ],
        rejections: [
            RejectionCount(
                reason: "not-json", count: 1, example: "a/b.jsonl:17", source: "telemetry")
        ],
        cache: .init(
            path: "/here/.llm-telemetry/cache.db", bytes: 4_096, version: 3, isLocked: false),
        sqliteVersion: "3.40.1")
}
