import LLMTelemetry
import TelemetryFormat
import TelemetryQuery
import Testing

@testable import TelemetryCLI

@Suite struct QueryCommandsTests {
    private func request(_ arguments: String...) throws -> QueryRequest {
        let outcome = TestProgram().run(arguments)
        #expect(outcome.code == .success, "\(outcome.errors)")
        return try #require(outcome.record.requests.first)
    }

    @Test(arguments: [
        ("stats", "today"), ("costs", "last 30 days"), ("models", "all"), ("agents", "all"),
        ("projects", "all"), ("operations", "all"), ("users", "all"), ("performance", "all"),
        ("patterns", "all"), ("daily", "all"), ("weekly", "all"), ("monthly", "all"),
        ("hourly", "all"), ("sessions", "all"),
    ]) func everyQueryHasItsDefaultPeriod(_ command: String, _ label: String) throws {
        let request = try request(command, "--timezone", "utc")
        #expect(request.command == command)
        #expect(request.period.label == label)
        #expect(request.sources == ["telemetry"])
        #expect(request.store == ".llm-telemetry")
    }

    @Test func filtersAreTakenLiterally() throws {
        let request = try request(
            "costs", "--model", "claude-*", "--model=' OR 1=1 --", "--user", ";", "--status",
            "failure")
        #expect(
            request.filters == [
                .init(name: "model", patterns: ["claude-*", "' OR 1=1 --"]),
                .init(name: "user", patterns: [";"]),
            ])
        #expect(request.status == .failure)
        #expect(request.head(priceSnapshot: "").filters.last?.patterns == ["failure"])
    }

    @Test func wordsBecomeValues() throws {
        let request = try request(
            "models", "--mode", "calculate", "--order", "asc", "--sort", "last-seen", "--top", "5",
            "--raw-models", "--source", "codex", "--source", "claude")
        #expect(request.costMode == .calculate)
        #expect(request.order == .ascending)
        #expect(request.sort == .lastSeen)
        #expect(request.top == 5)
        #expect(request.keepsRawModels)
        #expect(request.sources == ["claude", "codex"])
        #expect(request.dimensions == [.model])
    }

    @Test func costsAreBrokenDownAsAsked() throws {
        #expect(try request("costs").dimensions == [.model, .project, .agent, .day])
        #expect(try request("costs", "--by", "user").dimensions == [.user])
        #expect(
            try request("costs", "--json", "--by", "user", "--by", "day").dimensions
                == [.model, .project, .agent, .day, .user])
    }

    @Test func aSessionIsAskedForByItsName() throws {
        let outcome = TestProgram().run("sessions", "show", "week", "--days", "3", "--json")
        #expect(outcome.code == .success)
        #expect(outcome.output.contains("\"session_id\":\"week\""))
        #expect(outcome.record.requests.first?.command == "sessions show")
        #expect(outcome.record.requests.first?.period.label == "last 3 days")
    }

    @Test func aSessionIsNotFoundWhereThereIsNothing() {
        let outcome = TestProgram(directories: []).run("sessions", "show", "s-1")
        #expect(outcome.code == .failure)
        #expect(outcome.errors == "llm-telemetry: error: session not found: s-1\n")
        #expect(outcome.record.requests.isEmpty)
        let list = TestProgram(directories: []).run("sessions", "--json")
        #expect(list.code == .success)
        #expect(list.output.contains("\"sessions\":[]"))
    }

    @Test func everyWordOfAnOptionHasAMeaning() {
        func words(_ name: String) -> [String] {
            for option in OptionTable.query where option.name == name {
                if case .choice(let words) = option.value { return words }
            }
            return []
        }
        #expect(words("sort") == SortKey.allCases.map(\.rawValue))
        #expect(words("order") == SortOrder.allCases.map(\.rawValue))
        #expect(words("mode") == CostMode.allCases.map(\.rawValue))
        #expect(words("status") == CallStatus.allCases.map(\.rawValue))
        #expect(words("week-start") == Weekday.allCases.map(\.word))
        #expect(OperandSpec.period.words == PeriodRequest.Word.allCases.map(\.rawValue))
    }

    @Test(arguments: [
        (["stats", "--days", "0"], "--days is not a whole number from 1 to 36525: 0"),
        (["stats", "--days", "x"], "--days is not a whole number from 1 to 36525: x"),
        (["stats", "--top", "-1"], "--top is not a whole number at least 1: -1"),
        (["stats", "--since", "2026-13-01"], "--since is not a date: 2026-13-01"),
        (["stats", "--until", "yesterday"], "--until is not a date: yesterday"),
        (["stats", "--since", "2026-11-21", "--until", "2026-11-20"], "--since is after --until"),
        (["stats", "week", "--days", "3"], "give one period"),
        (["stats", "--days", "3", "--since", "2026-11-21"], "give one period"),
        (["stats", "--json", "--csv"], "give one format"),
        (["stats", "--json", "--format", "table"], "give one format"),
        (["stats", "--format", "xlsx"], "unknown value of --format: xlsx"),
        (["stats", "--force"], "--force needs --output"),
        (["stats", "--output", ""], "--output needs a path"),
        (["stats", "--now", "noon"], "--now is not a time: noon"),
        (["stats", "--timezone", "Mars/Olympus"], "unknown time zone: Mars/Olympus"),
        (["stats", "--source", "gemini"], "unknown value of --source: gemini"),
        (["stats", "--status", "meh"], "unknown value of --status: meh"),
        (["stats", "--dir", ""], "--dir needs a path"),
        (["sessions", "shwo"], "unknown period: shwo\nhint: did you mean show?"),
        (["sessions", "show"], "sessions show needs ID"),
        (["sessions", "show", ""], "sessions show needs ID"),
        (["costs", "--by", "colour"], "unknown value of --by: colour"),
    ]) func badValuesAreUsageErrors(_ arguments: [String], _ message: String) {
        let outcome = TestProgram().run(arguments)
        #expect(outcome.code == .usage)
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("llm-telemetry: error: \(message)"), "\(outcome.errors)")
        #expect(outcome.record.requests.isEmpty)
    }

    @Test func theFormatsOfNowAreNamed() {
        let outcome = TestProgram().run("costs", "--format", "html")
        #expect(outcome.errors.hasSuffix("hint: one of: table, json, csv, markdown\n"))
    }

    @Test(arguments: [
        ("LLM_TELEMETRY_NOW", "soon", "LLM_TELEMETRY_NOW must be"),
        ("LLM_RETENTION_DAYS", "-1", "LLM_RETENTION_DAYS must be"),
        ("LLM_TELEMETRY_SOURCES", "telemetry,cod", "LLM_TELEMETRY_SOURCES must be"),
        (
            "LLM_TELEMETRY_WEEK_START", "freeday",
            "unknown weekday in LLM_TELEMETRY_WEEK_START: freeday"
        ),
    ]) func aBadVariableIsNamed(_ name: String, _ value: String, _ message: String) {
        let outcome = TestProgram(environment: [name: value]).run("stats")
        #expect(outcome.code == .usage)
        #expect(outcome.errors.hasPrefix("llm-telemetry: error: \(message)"), "\(outcome.errors)")
    }

    @Test func variablesSetWhatOptionsDoNot() throws {
        let program = TestProgram(environment: [
            "LLM_TELEMETRY_NOW": "1795000000", "LLM_TELEMETRY_SOURCES": "codex, telemetry",
            "LLM_TELEMETRY_WEEK_START": "Sunday", "TZ": "",
        ])
        let outcome = program.run("stats", "week")
        let request = try #require(outcome.record.requests.first)
        #expect(request.sources == ["telemetry", "codex"])
        #expect(request.period.firstWeekday == .sunday)
        #expect(request.period.since == "2026-11-15")
        #expect(
            outcome.record.accesses.first?.settings.now
                == Timestamp(milliseconds: 1_795_000_000_000))
    }

    @Test func aSourceWithoutAReaderIsAUsageError() throws {
        let program = TestProgram { $0.engine.readableSources = ["telemetry"] }
        let outcome = program.run("stats", "--source", "codex")
        #expect(outcome.code == .usage)
        #expect(
            outcome.errors == "llm-telemetry: error: codex logs cannot be read by this version\n")
        let all = program.run("stats", "--source", "all")
        #expect(all.record.requests.first?.sources == ["telemetry"])
    }

    @Test func theAccessSaysWhatWasAsked() throws {
        let outcome = TestProgram().run("stats", "--no-sync", "--quiet", "--now", "2026-01-02")
        let access = try #require(outcome.record.accesses.first)
        #expect(access.directory == "/here/.llm-telemetry")
        #expect(!access.syncsFirst)
        #expect(access.note == nil)
        #expect(access.now == Timestamp(iso8601: "2026-01-02T00:00:00Z"))
    }

    @Test func resultsGoToAFileWhenAsked() {
        let outcome = TestProgram().run("stats", "--json", "--output", "out/stats.json")
        #expect(outcome.output == "")
        #expect(outcome.record.created["/here/out/stats.json"]?.last == UInt8(ascii: "\n"))
        let existing = TestProgram(contents: ["/here/stats.json": []])
        #expect(existing.run("stats", "--output", "stats.json").code == .failure)
        #expect(existing.run("stats", "--output", "stats.json", "--force").code == .success)
    }
}
