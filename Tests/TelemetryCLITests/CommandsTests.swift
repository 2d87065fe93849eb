import SchemaSupport
import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import Testing

@testable import TelemetryCLI

@Suite struct CommandsTests {
    @Test func cacheSyncPrintsTheContractsDocument() throws {
        let outcome = TestProgram().run("cache-sync", "--json")
        #expect(outcome.code == .success)
        #expect(
            outcome.output == """
                {"schema_version":1,"command":"cache-sync","rebuilt":false,"sources":["telemetry"],\
                "files":{"seen":31,"read":1,"skipped":30,"removed":0,"unread":0},\
                "bytes_read":61234,\
                "lines":{"ingested":100,"duplicate":2,"other":0,"rejected":1,"pending":0},\
                "rejections":[{"reason":"not-json","count":1,\
                "example":"2026-11-21/telemetry.jsonl:17"}],\
                "totals":{"calls":1000100,"duplicates":40,"rejected":1},"elapsed_ms":7,\
                "notes":[]}

                """)
    }

    @Test func cacheSyncPrintsALineForPeople() {
        #expect(
            TestProgram().run("cache-sync").output == """
                Synced (telemetry) in 7ms
                  Files: 1 read, 30 unchanged, 59.8 KiB
                  Lines: 100 new, 2 duplicate, 1 rejected
                  Cache: 1,000,100 calls, 40 duplicate, 1 rejected
                  Rejected: 1 not-json, such as 2026-11-21/telemetry.jsonl:17

                """)
    }

    @Test func cacheSyncPassesOnWhatWasAsked() {
        let plain = TestProgram().run("cache-sync").record.syncs
        #expect(plain == [SyncRequest()])
        let asked = TestProgram().run(
            "cache-sync", "--source", "codex", "--rebuild", "--verify", "--no-capture")
        #expect(
            asked.record.syncs == [
                SyncRequest(sources: ["codex"], rebuilds: true, verifies: true, captures: false)
            ])
    }

    @Test func doctorExitsWithOneWhenSomethingNeedsAttention() throws {
        let outcome = TestProgram().run("doctor", "--now", "2026-11-21")
        #expect(outcome.code == .failure)
        #expect(
            outcome.output == """
                Store: .llm-telemetry
                Sources: telemetry
                Logs of telemetry: /here/.llm-telemetry: 31 files, 59.8 KiB, 100 calls, \
                2 duplicates, 1 rejected
                Logs of claude: /home/u/.claude/projects: 2 files, 10 B, 1 call, \
                0 duplicates, 0 rejected
                Cache: /here/.llm-telemetry/cache.db, 4.0 KiB, version 3
                SQLite: 3.40.1
                Prices: 2026-09-04
                Note: agents' transcripts are a lower bound of the bill: title generation and \
                aborted streams are not logged
                Note: Claude Code deletes the logs in /home/u/.claude/projects after 30 days, the \
                oldest on 2026-12-01; captured: 3
                Note: gone from /home/u/.claude/projects and counted by what was captured: 1 log
                Problem: rejected lines of telemetry: 1 not-json, such as a/b.jsonl:17
                Problem: no price for foo-1^[[2J (3 calls)

                """)
    }

    @Test func healthyThingsAreFine() {
        let examination = Examination(
            store: "s", sources: ["telemetry"],
            findings: DoctorFindings(
                cache: .init(path: "c", bytes: nil, version: nil, isLocked: false),
                sqliteVersion: "3.40.1"),
            unpricedModels: [], priceSnapshot: Day(number: 20_000), today: Day(number: 20_180))
        #expect(examination.problems == [])
        #expect(examination.text.hasSuffix("Everything is fine.\n"))
        var older = examination
        older.today = Day(number: 20_181)
        #expect(older.problems == ["the price table is 181 days old"])
    }

    @Test(arguments: [
        ["cache-sync"], ["doctor"], ["prune"], ["verify"], ["pricing", "list"],
        ["pricing", "show", "claude-haiku-4-5"], ["pricing", "check"], ["pricing", "path"],
        ["query", "SELECT 1"], ["query", "--schema"], ["pricing", "show", "gpt-9"],
    ]) func everyDocumentIsAsTheSchemaSays(_ arguments: [String]) throws {
        let outcome = TestProgram().run(arguments + ["--json"])
        let name = arguments[0] == "pricing" ? arguments[0] + " " + arguments[1] : arguments[0]
        let document = try JSONValue(parsing: Array(outcome.output.utf8).span)
        let complaints = try SchemaFile.load().complaints(about: document, command: name)
        #expect(complaints == [], "\(outcome.output)")
        #expect(outcome.output.hasSuffix("}\n"))
    }

    @Test(arguments: [[], ["--quiet"]]) func aResultThatIsCutShortIsAFailure(_ options: [String]) {
        let outcome = TestProgram().run(["query", "SELECT endless"] + options)
        #expect(outcome.code == .failure)
        #expect(outcome.output == "model  n\n=x     3\n")
        #expect(
            outcome.errors == """
                llm-telemetry: error: only the first 1 rows are shown
                hint: ask for fewer with LIMIT and OFFSET

                """)
    }

    @Test func queryRunsOneStatement() {
        let outcome = TestProgram().run("query", "SELECT 1; --")
        #expect(outcome.code == .success)
        #expect(outcome.record.statements == ["SELECT 1; --"])
        #expect(outcome.output == "model  n\n=x     3\n")
        #expect(outcome.errors == "")
        #expect(TestProgram().run("query", "x", "--csv").output == "model,n\r\n'=x,3\r\n")
        #expect(
            TestProgram().run("query", "x", "--format", "markdown").output
                == "| model | n |\n| --- | ---: |\n| =x | 3 |\n")
    }

    @Test func querySchemaListsTheViews() {
        #expect(TestProgram().run("query", "--schema").output == "calls(source, timestamp)\n")
        #expect(
            TestProgram().run("query", "--schema", "--csv").output
                == "view,column\r\ncalls,source\r\ncalls,timestamp\r\n")
        #expect(TestProgram().run("query", "--schema", "SELECT 1").code == .usage)
        #expect(TestProgram().run("query").code == .usage)
        #expect(TestProgram().run("query", "").code == .usage)
    }

    @Test func pruneSaysWhatWent() {
        #expect(
            TestProgram().run("prune").output
                == "removed 2024-10-04: 2 files, 2.0 KiB (age)\n")
        let dry = TestProgram().run("prune", "--dry-run", "--archived")
        #expect(dry.output == "would remove 2024-10-04: 2 files, 2.0 KiB (age)\n")
        #expect(dry.record.prunes == [PruneRequest(isDryRun: true, includesArchived: true)])
        #expect(TestProgram().run("prune", "--quiet").output == "")
    }

    @Test func verifyFindsAndExitsWithOne() {
        let outcome = TestProgram().run("verify", "2026-11-21", "2026-11-20")
        #expect(outcome.code == .failure)
        #expect(
            outcome.output == """
                2026-11-21/telemetry.jsonl:17: not JSON
                1 finding in 1 day, 2 files, 30 lines

                """)
        #expect(outcome.record.verified.first?.map(\.description) == ["2026-11-21", "2026-11-20"])
        #expect(TestProgram().run("verify", "2026-02-30").code == .usage)
    }

    @Test func pricesAreListedShownAndChecked() {
        #expect(
            TestProgram().run("pricing", "list").output == """
                Prices per million tokens  (snapshot 2026-09-04)

                  Provider   Model             Input  Output  Cache read  Cache write  1 hour
                  anthropic  claude-haiku-4-5      1       5           –            –       –

                """)
        #expect(TestProgram().run("pricing", "list", "--provider", "x").code == .usage)
        let shown = TestProgram().run("pricing", "show", "claude-haiku-4-5", "--at", "2026-01-01")
        #expect(shown.output.contains("  Why: the id is equal to claude-haiku-4-5\n"))
        #expect(shown.output.contains("  input_mtok: $1\n"))
        #expect(TestProgram().run("pricing", "show", "gpt-9").code == .failure)
        #expect(TestProgram().run("pricing", "show", "gpt-9", "--at", "x").code == .usage)
        let checked = TestProgram().run("pricing", "check", "--now", "2026-11-21")
        #expect(checked.code == .failure)
        #expect(
            checked.output
                == "Price table of 2026-09-04, 78 days old\nNo price: foo-1^[[2J (3 calls)\n")
        #expect(
            TestProgram().run("pricing", "path").output
                == "/here/.llm-telemetry/prices.json (not there)\n")
    }

    @Test func theDemonstrationCleansUpAndTouchesNothingElse() throws {
        let program = TestProgram(
            environment: ["LLM_TELEMETRY_DIR": "/mine", "LLM_TELEMETRY_STORAGE": "false"],
            directories: ["/tmp/demo"])
        let outcome = program.run("demo", "--timezone", "utc")
        #expect(outcome.code == .success, "\(outcome.errors)")
        #expect(outcome.record.removed == ["/tmp/demo"])
        #expect(outcome.record.accesses.allSatisfy { $0.directory == "/tmp/demo" })
        #expect(outcome.record.accesses.allSatisfy { $0.environment["LLM_TELEMETRY_DIR"] == nil })
        #expect(outcome.record.requests.map(\.command) == ["costs", "performance", "patterns"])
        let calls = try #require(outcome.record.appended.first)
        #expect(calls.count == 300)
        #expect(calls.allSatisfy { ($0.timestamp ?? TestProgram.now) <= TestProgram.now })
        #expect(Set(calls.map(\.messageID)).count == 300)
    }

    @Test func versionAndHelpNeedNothing() {
        #expect(TestProgram(directories: []).run("-V").output == "llm-telemetry 0.1.0\n")
        let overview = TestProgram(directories: []).run().output
        #expect(overview == TestProgram().run("help").output)
        for spec in CommandTable.specs { #expect(overview.contains("  \(spec.name) ")) }
        for spec in CommandTable.specs {
            let help = TestProgram().run(spec.name.split(separator: " ").map(String.init) + ["-h"])
            #expect(help.code == .success)
            #expect(help.output.hasPrefix("Usage: \(spec.usage)\n"))
            for option in spec.options { #expect(help.output.contains("--\(option.name)")) }
        }
        #expect(TestProgram().run("help", "pricing").output.contains("pricing check"))
        #expect(TestProgram().run("help", "statz").code == .usage)
    }

    @Test func helpFitsATerminal() {
        for spec in CommandTable.specs {
            for line in HelpText.command(spec).split(separator: "\n") {
                #expect(line.count <= 96, "\(line)")
            }
        }
        for line in HelpText.overview(CommandTable.specs).split(separator: "\n") {
            #expect(line.count <= 100, "\(line)")
        }
    }

    @Test func commandsToComeAreUnknown() {
        for name in ["browse", "blocks", "tools", "routing", "report", "export"] {
            #expect(TestProgram().run(name).code == .usage)
        }
    }

    @Test func everyReadingCommandTakesTheReadingOptions() {
        let writing: Set = ["log", "prune", "demo", "help", "version"]
        for spec in CommandTable.specs where !writing.contains(spec.name) {
            for option in OptionTable.reading {
                #expect(spec.options.contains(option), "\(spec.name) --\(option.name)")
            }
        }
    }

    @Test func optionNamesAreDistinct() {
        for spec in CommandTable.specs {
            #expect(Set(spec.options.map(\.name)).count == spec.options.count, "\(spec.name)")
        }
    }
}
