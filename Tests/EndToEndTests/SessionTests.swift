import Foundation
import Testing

/// `sessions` and `sessions show` over stores whose numbers can be added up by hand. A call of
/// Haiku 3.5 with 1,000 tokens in and 100 out costs 0.8 + 0.4 thousandths of a dollar.
@Suite struct SessionTests {
    @Test func sessionsAreInTheOrderOfTheirEnds() throws {
        let answer = try Self.sandbox().json("sessions")
        let expected = """
            {"command":"sessions","period":{"label":"all"},
             "totals":{"calls":7,"succeeded":6,"failed":1,"cost_usd":0.0072,"unpriced_calls":1},
             "notes":["1 call names no session and is in the totals only"],
             "sessions":[
              {"session_id":"b2-1","source":"telemetry","project":"beta","git_branch":null,
               "cli_tool":null,"persona":null,"started_at":"2025-01-27T11:00:00.000Z",
               "ended_at":"2025-01-28T09:00:00.000Z","models":["claude-3-5-haiku"],"calls":2,
               "succeeded":2,"failed":0,"cost_usd":0.0024,"unpriced_calls":0,
               "tokens":{"input":2000,"output":200,"total":2200}},
              {"session_id":"a1-1","source":"telemetry","project":"alpha","git_branch":"fix",
               "cli_tool":"claude-code","persona":"reviewer",
               "started_at":"2025-01-27T10:00:00.000Z","ended_at":"2025-01-27T12:00:00.000Z",
               "models":["claude-3-5-haiku","foo-1"],"calls":3,"succeeded":2,"failed":1,
               "cost_usd":0.0024,"unpriced_calls":1,
               "tokens":{"input":3000,"output":300,"total":3300}},
              {"session_id":"a1-2","project":null,"calls":1}]}
            """
        #expect(answer.differences(from: try JSON(parsing: expected)) == [])
    }

    @Test func aSessionShowsEveryCallWithTheRunningCost() throws {
        let answer = try Self.sandbox().json("sessions", "show", "a1-1")
        let expected = """
            {"command":"sessions show","totals":{"calls":3,"cost_usd":0.0024},
             "session":{"session_id":"a1-1","calls":3,"failed":1,"cost_usd":0.0024,
              "unpriced_calls":1},
             "unpriced_models":[{"model":"foo-1","calls":1}],"notes":[],
             "calls":[
              {"timestamp":"2025-01-27T10:00:00.000Z","model":"foo-1","operation":"plan",
               "agent":"finder","tokens":{"input":1000,"output":100,"cache_read":0,
               "cache_write":0,"reasoning":0,"total":1100},"cost_usd":null,
               "cumulative_cost_usd":null,"success":true,"error":null,"is_sidechain":false,
               "msg_id":"m-1","duration_ms":250},
              {"timestamp":"2025-01-27T11:30:00.000Z","model":"claude-3-5-haiku","agent":null,
               "cost_usd":0.0012,"cumulative_cost_usd":0.0012,"success":false,
               "error":"overloaded","duration_ms":null},
              {"timestamp":"2025-01-27T12:00:00.000Z","cost_usd":0.0012,
               "cumulative_cost_usd":0.0024,"success":true,"msg_id":null}]}
            """
        #expect(answer.differences(from: try JSON(parsing: expected)) == [])
    }

    @Test func aUniqueBeginningSuffices() throws {
        let sandbox = try Self.sandbox()
        let answer = try sandbox.json("sessions", "show", "b")
        #expect(answer["session"]?["session_id"]?.string == "b2-1")
        let ambiguous = try sandbox.run("sessions", "show", "a1")
        #expect(ambiguous.end == .exited(2))
        #expect(
            ambiguous.errorText
                == "llm-telemetry: error: 2 sessions begin with a1: a1-1, a1-2\n")
        #expect(ambiguous.output.isEmpty)
    }

    @Test(arguments: ["zz", "beta", "*", "%", "a1-11"])
    func anUnknownSessionIsNotFound(name: String) throws {
        let sandbox = try Self.sandbox()
        let outcome = try sandbox.run("sessions", "show", name)
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText == "llm-telemetry: error: session not found: \(name)\n")
        let empty = try Sandbox().run("sessions", "show", name)
        #expect(empty.end == .exited(1))
        #expect(empty.errorText == outcome.errorText)
    }

    @Test(arguments: [["sessions", "show"], ["sessions", "show", ""], ["sessions", "shwo"]])
    func wrongUsageIsSaidSo(arguments: [String]) throws {
        #expect(try Self.sandbox().run(arguments).end == .exited(2))
    }

    @Test func tablesAreInTheDisplayZone() throws {
        let sandbox = try Self.sandbox()
        let list = try sandbox.run("sessions", "--timezone", "Asia/Kolkata").text
        #expect(list.contains("b2-1     2025-01-28 14:30  beta"), "\(list)")
        #expect(list.contains("Note: 1 call names no session and is in the totals only"))
        let show = try sandbox.run("sessions", "show", "a1-1", "--timezone", "Asia/Kolkata").text
        #expect(show.contains("Time: 2025-01-27 15:30:00 to 2025-01-27 17:30:00"), "\(show)")
        #expect(show.contains("  Persona: reviewer\n"))
    }

    @Test func periodsFiltersAndTopChoose() throws {
        let sandbox = try Self.sandbox()
        func ids(_ arguments: String...) throws -> [String?] {
            let rows = try sandbox.json(["sessions"] + arguments)["sessions"]?.array
            return (rows ?? []).map { $0["session_id"]?.string }
        }
        #expect(try ids("today") == ["b2-1"])
        #expect(try ids("--top", "2") == ["b2-1", "a1-1"])
        #expect(try ids("--sort", "name", "--order", "desc") == ["b2-1", "a1-2", "a1-1"])
        #expect(try ids("--sort", "calls", "--top", "1") == ["a1-1"])
        #expect(try ids("--project", "be*") == ["b2-1"])
        #expect(try ids("--status", "failure") == ["a1-1"])
        #expect(try ids("--session", "a1-*") == ["a1-1", "a1-2"])
        let show = try sandbox.json("sessions", "show", "b", "--until", "2025-01-27")
        #expect(show["calls"]?.array?.count == 1)
        #expect(show["session"]?["ended_at"]?.string == "2025-01-27T11:00:00.000Z")
    }

    @Test func csvAgreesWithJSON() throws {
        let sandbox = try Self.sandbox()
        let rows = CSV.rows(try sandbox.run("sessions", "--csv").text)
        let header = try #require(rows.first)
        let id = try #require(header.firstIndex(of: "session_id"))
        let cost = try #require(header.firstIndex(of: "cost_usd"))
        let pairs = rows.dropFirst().map { [$0[id], $0[cost]] }
        #expect(pairs == [["b2-1", "0.0024"], ["a1-1", "0.0024"], ["a1-2", "0.0012"]])
        let calls = CSV.rows(try sandbox.run("sessions", "show", "a1-1", "--csv").text)
        #expect(calls.count == 4)
        #expect(Set(calls.map(\.count)) == [17])
    }

    /// A session whose calls lie in logs of two days, a second one, one with a call only, and a
    /// call of none.
    static func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        func record(_ time: String, _ session: String?) -> Record {
            Record(
                timestamp: "2025-01-2\(time):00Z", model: "claude-3-5-haiku", session: session,
                input: 1_000, output: 100, success: true)
        }
        var first = record("7T10:00", "a1-1")
        first.model = "foo-1"
        first.messageID = "m-1"
        first.agent = "finder"
        first.operation = "plan"
        first.durationMilliseconds = 250
        first.further = #""cli_tool":"claude-code","metadata":{"git_branch":"main"}"#
        var second = record("7T11:30", "a1-1")
        second.success = false
        second.further = """
            "persona":"reviewer",\
            "metadata":{"project":"alpha","git_branch":"fix","error":"overloaded"}
            """
        var beta = record("7T11:00", "b2-1")
        beta.project = "beta"
        let monday = [second, record("7T12:00", "a1-1"), first, beta, record("7T11:00", "a1-2")]
        try sandbox.write(monday.lines, to: "2025-01-27/telemetry.jsonl")
        let tuesday = [record("8T09:00", "b2-1"), record("8T10:00", nil)]
        try sandbox.write(tuesday.lines, to: "2025-01-28/telemetry.jsonl")
        return sandbox
    }
}
