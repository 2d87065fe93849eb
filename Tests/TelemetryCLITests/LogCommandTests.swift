import Synchronization
import TelemetryFormat
import Testing

@testable import TelemetryCLI

@Suite struct LogCommandTests {
    @Test func optionsBecomeACall() throws {
        let program = TestProgram(contents: ["/here/p.txt": Array("hello".utf8)])
        let outcome = program.run(
            "log", "--agent", "doc-finder", "--operation", "search", "--model", "m",
            "--input-tokens", "500", "--output-tokens=200", "--cache-read-tokens", "3",
            "--cache-write-tokens", "4", "--reasoning-tokens", "5", "--duration-ms", "1234",
            "--cost-usd", "0.0025", "--error", "it failed", "--session", "s", "--user", "u",
            "--project", "p", "--msg-id", "i", "--req-id", "r", "--timestamp",
            "2026-11-20T10:00:00Z", "--prompt-file", "p.txt", "--metadata", "k=v=w",
            "--metadata", "q=\"x\"")
        #expect(outcome.code == .success)
        #expect(outcome.output == "")
        #expect(outcome.errors == "")
        let call = try #require(outcome.record.appended.first?.first)
        var expected = Call()
        expected.timestamp = Timestamp(iso8601: "2026-11-20T10:00:00Z")
        expected.agentName = "doc-finder"
        expected.operation = "search"
        expected.model = "m"
        expected.tokens = TokenCounts(
            input: 500, output: 200, cacheRead: 3, cacheWrite: 4, reasoning: 5)
        expected.durationMilliseconds = 1234
        expected.cost = Money(decimalText: "0.0025")
        expected.error = "it failed"
        expected.success = false
        expected.sessionID = "s"
        expected.userID = "u"
        expected.project = "p"
        expected.messageID = "i"
        expected.requestID = "r"
        expected.prompt = "hello"
        expected.metadata = [
            JSONMember(name: "k", json: "\"v=w\""), JSONMember(name: "q", json: "\"\\\"x\\\"\""),
        ]
        #expect(call == expected)
    }

    @Test func theTimeIsNowUnlessGiven() throws {
        let clock = TestProgram().run("log", "--model", "m").record.appended.first?.first
        #expect(clock?.timestamp == TestProgram.now)
        let pinned = TestProgram().run("log", "--model", "m", "--now", "1795000000")
        #expect(
            pinned.record.appended.first?.first?.timestamp
                == Timestamp(milliseconds: 1_795_000_000_000))
    }

    /// Which sources queries read is no business of a command that writes.
    @Test(arguments: [["log", "--model", "m"], ["prune"], ["verify"]])
    func theSourcesOfQueriesDoNotMatter(arguments: [String]) {
        let program = TestProgram(environment: ["LLM_TELEMETRY_SOURCES": "telemetry,codex"]) {
            $0.engine.readableSources = ["telemetry"]
        }
        let outcome = program.run(arguments)
        #expect(outcome.code != .usage, "\(outcome.errors)")
    }

    @Test(arguments: ["log", "prune", "verify"])
    func aBadVariableIsNamedEvenWithoutAStore(command: String) {
        let program = TestProgram(
            environment: ["LLM_RETENTION_DAYS": "soon"], directories: [])
        let outcome = program.run(command == "log" ? ["log", "--model", "m"] : [command])
        #expect(outcome.code == .usage)
        #expect(outcome.errors.contains("LLM_RETENTION_DAYS"))
    }

    /// A prompt that is too long to be stored still has a hash.
    @Test func aPromptLongerThanAStoredOneIsRead() throws {
        let directory = try FileAccess.live.makeTemporaryDirectory()
        defer { FileAccess.live.removeTemporaryDirectory(directory) }
        let bytes = [UInt8](repeating: 0x78, count: (16 << 20) + 1)
        try FileAccess.live.create(directory + "/p.txt", bytes, false)
        #expect(try FileAccess.live.contents(directory + "/p.txt")?.count == bytes.count)
    }

    @Test func theStoreNeedNotBeThere() {
        let outcome = TestProgram(directories: []).run("log", "--cost-usd", "0", "--dir", "new")
        #expect(outcome.code == .success)
        #expect(outcome.record.accesses.first?.directory == "/here/new")
        #expect(outcome.record.appended.first?.first?.cost == .zero)
    }

    @Test(arguments: [
        (["log"], "nothing to log"),
        (["log", "--agent", "a"], "nothing to log"),
        (["log", "--model", ""], "nothing to log"),
        (["log", "--model", "m", "--input-tokens", "-1"], "--input-tokens is not a whole number"),
        (["log", "--model", "m", "--input-tokens", "1.5"], "--input-tokens is not a whole number"),
        (
            ["log", "--model", "m", "--output-tokens", "9007199254740993"],
            "--output-tokens is not a whole number"
        ),
        (["log", "--cost-usd", "NaN"], "--cost-usd is not an amount of dollars: NaN"),
        (["log", "--cost-usd", "-1"], "--cost-usd is not an amount of dollars: -1"),
        (["log", "--cost-usd", "100001"], "--cost-usd is not an amount of dollars: 100001"),
        (["log", "--model", "m", "--timestamp", "x"], "--timestamp is not a time: x"),
        (["log", "--model", "m", "--duration-ms", "x"], "--duration-ms is not a whole number"),
        (["log", "--model", "m", "--metadata", "k"], "--metadata is not K=V: k"),
        (["log", "--model", "m", "--prompt-file", "none"], "--prompt-file: no such file: none"),
        (["log", "-", "--model", "m"], "--model does not go with \"-\""),
        (["log", "x"], "unknown -: x"),
    ]) func badInputIsAUsageError(_ arguments: [String], _ message: String) {
        let outcome = TestProgram().run(arguments)
        #expect(outcome.code == .usage)
        #expect(outcome.errors.hasPrefix("llm-telemetry: error: \(message)"), "\(outcome.errors)")
        #expect(outcome.record.appended.isEmpty)
        #expect(TestProgram().run(arguments + ["--best-effort"]).code == .success)
    }

    @Test func recordsComeFromStandardInput() {
        let good = #"{"timestamp":"2026-11-20T10:00:00Z","model":"m","tokens":{"input":1}}"#
        let program = TestProgram(input: good + "\r\n\n  \n" + good)
        let outcome = program.run("log", "-")
        #expect(outcome.code == .success)
        #expect(outcome.output == "")
        #expect(outcome.record.batches == [2])
    }

    /// `tail -f … | llm-telemetry log -`: a record is in its file before the next one comes.
    @Test func whatWasPipedInBeforeAPauseDoesNotWait() {
        let good = Array(#"{"timestamp":"2026-11-20T10:00:00Z","model":"m"}"#.utf8)
        let program = TestProgram {
            $0.console.forEachInputLine = { (pause, take) throws(CommandFailure) in
                try pause()
                try take(good.span, false)
                try pause()
                try take(good.span, false)
                try take(good.span, false)
            }
        }
        #expect(program.run("log", "-").record.batches == [1, 2])
    }

    @Test func aLineThatIsTooLongIsTold() {
        let program = TestProgram {
            $0.console.forEachInputLine = { (_, take) throws(CommandFailure) in
                try take(Array("{".utf8).span, true)
            }
        }
        let outcome = program.run("log", "-")
        #expect(outcome.errors == "llm-telemetry: error: line 1: longer than 16 MiB\n")
    }

    @Test func badLinesAreToldAndGoodOnesKept() {
        let good = #"{"timestamp":"2026-11-20T10:00:00Z","model":"m"}"#
        let outcome = TestProgram(input: "\(good)\nnot json\n\(good)\n[1]\n").run("log", "-")
        #expect(outcome.code == .usage)
        #expect(
            outcome.errors == """
                llm-telemetry: error: line 2: not JSON
                llm-telemetry: error: line 4: not a JSON object

                """)
        #expect(outcome.record.batches == [2])
        let besteffort = TestProgram(input: "x\n").run("log", "-", "--best-effort")
        #expect(besteffort.code == .success)
    }

    @Test func aRecordWithoutATimeIsNone() {
        let outcome = TestProgram(input: #"{"model":"m"}"#).run("log", "-")
        #expect(outcome.code == .usage)
        #expect(outcome.errors == "llm-telemetry: error: line 1: no timestamp\n")
        #expect(outcome.record.batches == [])
    }

    @Test func manyRecordsGoInBatches() {
        let good = #"{"timestamp":"2026-11-20T10:00:00Z","model":"m"}"# + "\n"
        let outcome = TestProgram(input: String(repeating: good, count: 2_500)).run("log", "-")
        #expect(outcome.record.batches == [1_000, 1_000, 500])
    }

    @Test func aFullDiskIsAFailureUnlessBestEffort() {
        @Sendable func full(_ context: inout ProgramContext) {
            context.engine.append = { (_, _) throws(CommandFailure) in
                throw .failed("cannot write: No space left on device")
            }
        }
        #expect(TestProgram(changes: full).run("log", "--model", "m").code == .failure)
        #expect(
            TestProgram(changes: full).run("log", "--model", "m", "--best-effort").code == .success)
    }
}
