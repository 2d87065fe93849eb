import Foundation
import Testing

@Suite struct CommandLineTests {
    @Test(
        arguments: [
            (["costz"], "costs"), (["costs", "--modle", "x"], "--model"),
            (["costs", "--mode", "automatic"], "auto"), (["costs", "yesterdya"], "yesterday"),
            (["cache-sink"], "cache-sync"), (["prune", "--dryrun"], "--dry-run"),
        ])
    func aMistypedWordIsAnsweredWithTheNearest(arguments: [String], meant: String) throws {
        let outcome = try sandbox().run(arguments)
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
        #expect(outcome.errorText.contains(meant), "\(outcome.errorText)")
        #expect(outcome.output.isEmpty)
    }

    @Test(
        arguments: [
            ["costs", "--days"], ["costs", "--days", "0.5"], ["costs", "--days", "-1"],
            ["costs", "--since", "2025-02-30"], ["costs", "--since", "soon"],
            ["costs", "--since", "2025-01-28", "--until", "2025-01-27"],
            ["costs", "--timezone", "Europe/Atlantis"], ["costs", "--by", "colour"],
            ["costs", "--now", "later"], ["costs", "--top", "few"], ["costs", "extra", "words"],
            ["costs", "--source", "elsewhere"], ["query"], ["costs", "--status", "maybe"],
            ["costs", "--no-sync=yes"], ["costs", "--format", "clay"],
        ])
    func wrongUsageIsTwo(arguments: [String]) throws {
        let outcome = try sandbox().run(arguments)
        #expect(outcome.end == .exited(2), "\(outcome.text)")
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
        #expect(outcome.output.isEmpty)
    }

    @Test(
        arguments: [
            ("LLM_TELEMETRY_NOW", "someday"), ("LLM_TELEMETRY_SOURCES", "nowhere"),
            ("LLM_TELEMETRY_WEEK_START", "someday"),
        ])
    func aBadVariableIsNamed(variable: String, value: String) throws {
        let outcome = try sandbox().run("costs", environment: [variable: value])
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText.contains(variable))
    }

    @Test func aNamedStoreMustExist() throws {
        let sandbox = try Sandbox()
        for outcome in [
            try sandbox.run("costs", "--dir", "elsewhere"),
            try sandbox.run("costs", environment: ["LLM_TELEMETRY_DIR": "elsewhere"]),
        ] {
            #expect(outcome.end == .exited(1))
            #expect(outcome.errorText.contains("telemetry directory not found: elsewhere"))
        }
    }

    @Test func theStoreCanBeElsewhere() throws {
        let sandbox = try sandbox()
        let other = sandbox.root.appending(path: "home/store")
        try FileManager.default.moveItem(at: sandbox.store, to: other)
        let named = try sandbox.json("costs", "--dir", other.path())
        #expect(named["totals"]?["calls"]?.integer == 1)
        let tilde = try sandbox.json("costs", environment: ["LLM_TELEMETRY_DIR": "~/store"])
        #expect(tilde["totals"]?["calls"]?.integer == 1)
        #expect(!sandbox.exists(""))
    }

    @Test func withoutAnythingItSaysHowToBegin() throws {
        let sandbox = try Sandbox()
        let outcome = try sandbox.run("costs")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect((outcome.text + outcome.errorText).contains("llm-telemetry"))
        #expect(!sandbox.exists(""))
    }

    @Test func withoutACommandItHelps() throws {
        let outcome = try Sandbox().run()
        #expect(outcome.succeeded)
        #expect(outcome.text.contains("costs") && outcome.text.contains("cache-sync"))
    }

    @Test func theVersionNeedsNothing() throws {
        var invocation = try Sandbox().invocation(["version"])
        invocation.environment = [:]
        invocation.directory = "/"
        let outcome = try ChildProcess(invocation).wait()
        #expect(outcome.succeeded)
        #expect(outcome.text.contains(/\d+\.\d+/))
        #expect(try Sandbox().run("-V").text == outcome.text)
    }

    @Test func theDemoLeavesNothingBehind() throws {
        let sandbox = try Sandbox()
        let outcome = try sandbox.run("demo")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect(outcome.text.contains("Total cost"))
        let left = FileManager.default.enumerator(atPath: sandbox.root.path())?.allObjects
        #expect(left?.compactMap { $0 as? String }.sorted() == ["home", "project"])
    }

    // MARK: Standard output

    @Test(arguments: [["costs"], ["costs", "--json"], ["help"], ["query", "SELECT * FROM calls"]])
    func aFullDiskBehindStandardOutputIsAFailure(arguments: [String]) throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let sandbox = try sandbox()
        var invocation = sandbox.invocation(arguments)
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        invocation.output = full
        let outcome = try ChildProcess(invocation).wait()
        withExtendedLifetime(sandbox) {}
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
    }

    /// As in `… | head -1`, at its most impatient: the reader is gone before the first byte.
    @Test(arguments: [["costs"], ["costs", "--json"], ["help"], ["query", "SELECT * FROM calls"]])
    func aClosedPipeIsTheEndAndASuccess(arguments: [String]) throws {
        let sandbox = try sandbox()
        try sandbox.log((0..<3_000).map { .numbered($0) })
        _ = try sandbox.json("cache-sync")
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        var invocation = sandbox.invocation(arguments)
        invocation.output = ends[1]
        let outcome = try ChildProcess(invocation).wait()
        #expect(outcome.end == .exited(0))
        #expect(outcome.errorText == "")
    }

    @Test func resultsAndMessagesDoNotMix() throws {
        let sandbox = try sandbox()
        try sandbox.write("junk\n", to: "2025-01-27/telemetry.0001.jsonl")
        let outcome = try sandbox.run("costs", "--json", "--verbose")
        #expect(outcome.succeeded)
        _ = try JSON(parsing: outcome.output)
        let quiet = try sandbox.run("costs", "--json", "--quiet")
        #expect(quiet.succeeded && quiet.errorText == "")
    }

    private func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        try sandbox.write(Record.seed, to: "2025-01-27/telemetry.jsonl")
        return sandbox
    }
}
