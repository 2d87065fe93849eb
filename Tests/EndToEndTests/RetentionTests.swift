import Foundation
import Testing

@Suite struct RetentionTests {
    /// 2025-03-31 less thirty days is 2025-03-01: the day before goes, that day stays.
    @Test func prunesTheDaysBeforeTheLimitAndNothingElse() throws {
        let sandbox = try storeWithStrangers()
        let strangers = try sandbox.files().filter { !$0.key.hasSuffix("/telemetry.jsonl") }
        let dryRun = try sandbox.run("prune", "--dry-run")
        #expect(dryRun.succeeded, "\(dryRun.errorText)")
        #expect(dryRun.text.contains("2025-02-28") && !dryRun.text.contains("2025-03-01"))
        #expect(sandbox.exists("2025-02-28/telemetry.jsonl"))

        let outcome = try sandbox.run("prune")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        for day in ["2024-12-31", "2025-02-27", "2025-02-28"] {
            #expect(!sandbox.exists("\(day)/telemetry.jsonl"), "\(day)")
        }
        for day in ["2025-03-01", "2025-03-30", "2025-03-31", "2025-06-01"] {
            #expect(sandbox.exists("\(day)/telemetry.jsonl"), "\(day)")
        }
        #expect(!sandbox.exists("2024-12-31"))
        #expect(sandbox.exists("2025-02-27/notes.txt"))
        let left = try sandbox.files()
        for (path, bytes) in strangers { #expect(left[path] == bytes, "\(path)") }
    }

    @Test func theTotalsAreTheSameBeforeAndAfter() throws {
        let sandbox = try storeWithStrangers()
        let questions = [
            ["costs", "all", "--timezone", "utc"],
            ["costs", "all", "--by", "operation", "--by", "user", "--timezone", "utc"],
            ["costs", "all", "--mode", "calculate", "--timezone", "utc"],
        ]
        let before = try questions.map { try answer(sandbox, $0) }
        #expect(try sandbox.run("prune").succeeded)
        #expect(try questions.map { try answer(sandbox, $0) } == before)
        try FileManager.default.removeItem(at: sandbox.cache)
        #expect(try questions.map { try answer(sandbox, $0) } == before)
        #expect(try sandbox.run("prune").succeeded)
        #expect(try questions.map { try answer(sandbox, $0) } == before)
    }

    /// A day that was removed and is put back counts once.
    @Test func aDayThatComesBackCountsOnce() throws {
        let sandbox = try storeWithStrangers()
        let question = ["costs", "all", "--timezone", "utc"]
        let before = try answer(sandbox, question)
        let day = try sandbox.bytes("2025-02-28/telemetry.jsonl")
        #expect(try sandbox.run("prune").succeeded)
        try sandbox.write(day, to: "2025-02-28/telemetry.jsonl")
        #expect(try answer(sandbox, question) == before)
    }

    @Test(arguments: [("0", 7), ("30", 4), ("3650", 7)])
    func theNumberOfDaysIsASetting(days: String, left: Int) throws {
        let sandbox = try storeWithStrangers()
        #expect(try sandbox.run("prune", environment: ["LLM_RETENTION_DAYS": days]).succeeded)
        let segments = try sandbox.files().keys
            .filter { $0.wholeMatch(of: /\d{4}-\d\d-\d\d\/telemetry.jsonl/) != nil }
            .filter { !$0.hasPrefix("2025-02-30") }
        #expect(segments.count == left)
    }

    @Test func aBadNumberOfDaysRemovesNothing() throws {
        let sandbox = try storeWithStrangers()
        let before = try sandbox.files()
        let outcome = try sandbox.run("prune", environment: ["LLM_RETENTION_DAYS": "soon"])
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText.contains("LLM_RETENTION_DAYS"))
        #expect(try sandbox.files() == before)
    }

    /// An answer without its notes, which say where it comes from.
    private func answer(_ sandbox: Sandbox, _ question: [String]) throws -> [JSON.Member] {
        guard case .object(let members) = try sandbox.json(question) else { return [] }
        #expect(members.first { $0.name == "totals" }?.value["calls"]?.integer == 21)
        return members.filter { $0.name != "notes" }
    }

    /// Seven days of three calls, and what people leave lying about in such a place.
    private func storeWithStrangers() throws -> Sandbox {
        let sandbox = try Sandbox(now: "2025-03-31T12:00:00Z")
        let days = [
            "2024-12-31", "2025-02-27", "2025-02-28", "2025-03-01", "2025-03-30", "2025-03-31",
            "2025-06-01",
        ]
        for day in days {
            var records = (0..<3).map { Record.numbered($0, prefix: day, at: "\(day)T0\($0):00:00Z") }
            records[1].cost = nil
            records[2].success = false
            records[2].user = "somebody"
            try sandbox.write(records.lines, to: "\(day)/telemetry.jsonl")
        }
        for path in [
            "2025-02-27/notes.txt", "2025-02-30/telemetry.jsonl", "2025-1-7/telemetry.jsonl",
            "2025-01-27.bak/telemetry.jsonl", "backup/2025-01-01/telemetry.jsonl", "2025-01-03",
        ] {
            try sandbox.write("mine\n", to: path)
        }
        let victim = sandbox.root.appending(path: "victim")
        try FileManager.default.createDirectory(at: victim, withIntermediateDirectories: false)
        try Data("mine\n".utf8).write(to: victim.appending(path: "telemetry.jsonl"))
        try FileManager.default.createSymbolicLink(
            at: sandbox.store.appending(path: "2025-01-05"), withDestinationURL: victim)
        return sandbox
    }
}
