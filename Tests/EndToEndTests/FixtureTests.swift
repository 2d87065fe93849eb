import Foundation
import Testing

@Suite struct FixtureTests {
    @Test(arguments: Fixture.all)
    func answersAsTheCaseSays(_ fixture: Fixture) throws {
        let sandbox = try fixture.sandbox()
        for check in try fixture.checks() { try expect(check, in: sandbox) }
    }

    private func expect(_ check: Fixture.Check, in sandbox: Sandbox) throws {
        let outcome = try sandbox.run(check.arguments, input: check.input)
        let said = "\(check.arguments.joined(separator: " ")): \(outcome.errorText)"
        #expect(outcome.end == .exited(check.exitCode), "\(said)")
        if let answer = check.answer {
            let found = try JSON(parsing: outcome.output)
            #expect(found.differences(from: answer) == [], "\(said)")
        }
        for text in check.prints {
            #expect(outcome.text.contains(text), "\(said) prints \(text)")
        }
        for text in check.hides {
            #expect(!outcome.text.contains(text), "\(said) hides \(text.debugDescription)")
        }
    }

    /// Laws 1 and 2 for every situation, and that reading changes nothing.
    @Test(arguments: Fixture.all)
    func aRebuildChangesNothing(_ fixture: Fixture) throws {
        let sandbox = try fixture.sandbox()
        let files = try sandbox.files()
        let logs = try sandbox.agentLogs()
        let first = try sandbox.contentsOfCache()
        _ = try sandbox.json("cache-sync", "--rebuild")
        #expect(try sandbox.contentsOfCache() == first)
        #expect(try sandbox.files() == files)
        #expect(try sandbox.agentLogs() == logs)
    }

    /// What an agent deleted is answered from the twins that were captured while it was idle, also
    /// after the cache is lost.
    @Test(arguments: Fixture.withAgents)
    func twinsAnswerForDeletedLogs(_ fixture: Fixture) throws {
        let sandbox = try fixture.sandbox()
        try sandbox.letAgentLogsRest()
        _ = try sandbox.json("cache-sync", "--source", "claude", "--source", "codex")
        let captured = try sandbox.capturedLogs()
        #expect(!captured.isEmpty)
        try sandbox.removeAgentLogs()
        // What a twin leaves out is neither read nor refused again, so a sync counts differently.
        let checks = try fixture.checks().filter { ["costs", "query"].contains($0.arguments[0]) }
        #expect(!checks.isEmpty)
        for check in checks { try expect(check, in: sandbox) }
        _ = try sandbox.json("cache-sync", "--source", "claude", "--source", "codex", "--rebuild")
        for check in checks { try expect(check, in: sandbox) }
        #expect(try sandbox.capturedLogs() == captured)
    }

    @Test func thereAreFixtures() {
        #expect(Fixture.all.count >= 128)
    }

    /// Ten broken lines never stop a query.
    @Test(arguments: Program.queryCommands)
    func hostileLinesStopNoQuery(command: String) throws {
        let sandbox = try Fixture(name: "hostile-lines").sandbox()
        let answer = try sandbox.json(command, "all")
        #expect(answer["command"]?.string == command)
        #expect(answer["totals"]?["calls"]?.integer == 1)
        #expect(try sandbox.json("cache-sync")["totals"]?["rejected"]?.integer == 10)
        #expect(try sandbox.run(command, "all").succeeded)
    }

    @Test(.enabled(if: Corpora.root != nil, "public corpora are not on this machine"))
    func readsWhatAnotherProgramWrote() throws {
        let sandbox = try Sandbox()
        let corpus = try #require(Corpora.root).appending(path: "llm-cli-tools-core")
        try FileManager.default.copyItem(at: corpus, to: sandbox.store)
        let totals = try #require(try sandbox.json("costs")["totals"])
        let expected = """
            {"calls":5,"succeeded":4,"failed":1,"cost_usd":0.0575,"unpriced_calls":0,
             "tokens":{"input":7000,"output":3400,"total":10400}}
            """
        #expect(totals.differences(from: try JSON(parsing: expected)) == [])
    }
}
