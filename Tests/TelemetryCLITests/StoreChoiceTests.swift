import SchemaSupport
import TelemetryFormat
import TelemetryQuery
import Testing

@testable import TelemetryCLI

@Suite struct StoreChoiceTests {
    struct Case: Sendable {
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var directories: Set<String> = []
        var shown: String
        var directory: String
        var sources = ["telemetry"]
    }

    @Test(arguments: [
        Case(
            arguments: ["--dir", "a"], environment: ["LLM_TELEMETRY_DIR": "b"],
            directories: ["/here/a", "/here/b", "/here/.llm-telemetry"], shown: "a",
            directory: "/here/a"),
        Case(
            environment: ["LLM_TELEMETRY_DIR": "~/b"],
            directories: ["/home/u/b", "/here/.llm-telemetry"], shown: "~/b",
            directory: "/home/u/b"),
        Case(
            environment: ["LLM_TELEMETRY_DIR": ""], directories: ["/here/.llm-telemetry"],
            shown: ".llm-telemetry", directory: "/here/.llm-telemetry"),
        Case(
            shown: "~/.local/share/llm-telemetry",
            directory: "/home/u/.local/share/llm-telemetry", sources: ["claude", "codex"]),
        Case(
            environment: ["XDG_DATA_HOME": "/data"], shown: "/data/llm-telemetry",
            directory: "/data/llm-telemetry", sources: ["claude", "codex"]),
        Case(
            environment: ["XDG_DATA_HOME": "relative"], shown: "~/.local/share/llm-telemetry",
            directory: "/home/u/.local/share/llm-telemetry", sources: ["claude", "codex"]),
    ]) func theStoreOfAQueryIs(_ theCase: Case) throws {
        let program = TestProgram(
            environment: theCase.environment, directories: theCase.directories, hasAgentLogs: true)
        let outcome = program.run(["stats"] + theCase.arguments)
        let request = try #require(outcome.record.requests.first, "\(outcome.errors)")
        #expect(request.store == theCase.shown)
        #expect(request.sources == theCase.sources)
        #expect(outcome.record.accesses.first?.directory == theCase.directory)
    }

    @Test(arguments: [
        ["stats"], ["costs"], ["models"], ["performance"], ["patterns"], ["daily"], ["cache-sync"],
        ["doctor"], ["query", "SELECT 1"], ["verify"], ["prune"], ["pricing", "list"],
        ["pricing", "show", "x"], ["pricing", "check"], ["pricing", "path"],
    ]) func aNamedStoreThatIsMissingIsAnError(_ arguments: [String]) {
        let outcome = TestProgram().run(arguments + ["--dir", "no/such"])
        #expect(outcome.code == .failure)
        #expect(outcome.output == "")
        #expect(outcome.errors == "llm-telemetry: error: telemetry directory not found: no/such\n")
        let byVariable = TestProgram(environment: ["LLM_TELEMETRY_DIR": "/x"]).run(arguments)
        #expect(byVariable.code == .failure)
        #expect(byVariable.errors == "llm-telemetry: error: telemetry directory not found: /x\n")
    }

    private static let queries = [
        "stats", "costs", "models", "agents", "projects", "operations", "users", "performance",
        "patterns", "daily", "weekly", "monthly", "hourly", "cache-sync", "doctor",
    ]

    @Test(arguments: queries) func nothingToReadIsOneFriendlyLine(_ command: String) {
        let outcome = TestProgram(directories: []).run(command)
        #expect(outcome.code == .success)
        #expect(outcome.output == QueryCommand.welcome)
        #expect(outcome.output.filter { $0 == "\n" }.count == 1)
        #expect(outcome.errors == "")
        #expect(outcome.record.requests.isEmpty)
    }

    @Test(arguments: queries.dropLast()) func nothingToReadIsAValidDocument(
        _ command: String
    ) throws {
        let outcome = TestProgram(directories: []).run(command, "--json")
        #expect(outcome.code == .success)
        let validator = try SchemaFile.load()
        let document = try JSONValue(parsing: Array(outcome.output.utf8).span)
        #expect(validator.complaints(about: document, command: command) == [])
        #expect(outcome.record.requests.isEmpty)
    }

    @Test func withoutAHomeTheErrorSaysSo() {
        let outcome = TestProgram(environment: ["HOME": ""], directories: []).run("stats")
        #expect(outcome.code == .failure)
        #expect(outcome.errors.contains("HOME is not set"))
    }
}
