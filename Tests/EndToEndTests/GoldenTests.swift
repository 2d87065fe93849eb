import Foundation
import Testing

/// Our numbers for another tool's scenarios are that tool's numbers.
///
/// What cannot agree, and why: a week of theirs may begin in the middle of a day, where a limit was
/// reset, so of `reset-event-rebucketing` the labels differ; a model that nobody sells has no price
/// here, and with them that of another one; a session that names no directory has no project here;
/// a rollout's session is its id here, and with them its path.
@Suite(.enabled(if: Corpora.root != nil, "public corpora are not on this machine"))
struct GoldenTests {
    @Test func thereAreScenarios() {
        #expect(Golden.all.count >= 26)
    }

    @Test(arguments: Golden.all)
    func numbersAgree(_ golden: Golden) throws {
        let answer = try golden.sandbox().json(golden.arguments())
        let expected = try golden.expected()
        let isSessions = golden.report.hasSuffix("session")
        let theirs = expected[isSessions ? "sessions" : golden.isCodex ? "daily" : golden.report]
        let ours = answer[isSessions ? "sessions" : golden.isCodex ? "daily" : golden.report]
        var pairs = [(theirs?.array ?? [], ours?.array ?? [])]
        if isSessions { pairs = pairs.map { (byEnd($0.0), byEnd($0.1)) } }
        for (wanted, found) in pairs {
            #expect(wanted.count == found.count)
            for (row, our) in zip(wanted, found) {
                expectSame(row, our, golden)
                expectSameLabel(row, our, golden)
                try expectSameModels(row, our, golden)
            }
        }
        if let totals = expected["totals"], totals != .null, let our = answer["totals"] {
            expectSame(totals, our, golden)
        }
    }

    // MARK: Numbers

    private func expectSame(_ theirs: JSON, _ ours: JSON, _ golden: Golden) {
        let tokens = ours["tokens"]
        let cached = tokens?["cache_read"]?.integer ?? -1
        let input = tokens?["input"]?.integer ?? -1
        let numbers: [(String, Int?)] = [
            // Codex counts what was cached as part of the input.
            ("inputTokens", golden.isCodex ? input + cached : input),
            ("outputTokens", tokens?["output"]?.integer),
            ("cacheCreationTokens", tokens?["cache_write"]?.integer),
            ("cacheReadTokens", cached), ("cachedInputTokens", cached),
            ("reasoningOutputTokens", tokens?["reasoning"]?.integer),
            ("totalTokens", tokens?["total"]?.integer),
        ]
        for (name, number) in numbers {
            guard let wanted = theirs[name]?.integer else { continue }
            #expect(number == wanted, "\(name)")
        }
        if golden.name == "codex-daily/unknown-model-fallback" { return }
        let wanted = ["totalCost", "cost", "costUSD"].compactMap { theirs[$0]?.double }.first
        // Nothing has no cost here, and costs 0 with them.
        guard let wanted, ours["calls"]?.integer != 0 else { return }
        let cost = ours["cost_usd"]?.double ?? -1
        #expect(abs(cost - wanted) < 1e-9, "\(cost), not \(wanted)")
    }

    private func expectSameModels(_ theirs: JSON, _ ours: JSON, _ golden: Golden) throws {
        var wanted: [(String, JSON)] = (theirs["modelBreakdowns"]?.array ?? []).map {
            (($0["modelName"] ?? $0["model"])?.string ?? "", $0)
        }
        wanted += (theirs["models"]?.names ?? []).compactMap { name in
            theirs["models"]?[name].map { (name, $0) }
        }
        let names = (ours["models"]?.array ?? []).compactMap(\.string)
        #expect(Set(names) == Set(wanted.map(\.0)))
        for row in ours["by_model"]?.array ?? [] {
            let match = wanted.first { $0.0 == row["model"]?.string }?.1
            expectSame(try #require(match), row, golden)
        }
    }

    // MARK: Labels

    private func expectSameLabel(_ theirs: JSON, _ ours: JSON, _ golden: Golden) {
        if golden.name == "weekly/reset-event-rebucketing" { return }
        if golden.report.hasSuffix("session") {
            return expectSameSession(theirs, ours, golden)
        }
        let name = ["weekly": "week", "monthly": "month"][golden.report] ?? "date"
        let wanted = theirs[name]?.string ?? "none"
        #expect(ours[name]?.string == (golden.isCodex ? Self.day(wanted) : wanted))
    }

    private func expectSameSession(_ theirs: JSON, _ ours: JSON, _ golden: Golden) {
        let last = theirs["lastActivity"]?.string?.prefix(19)
        #expect(ours["ended_at"]?.string?.prefix(19) == last)
        if let first = theirs["firstActivity"]?.string?.prefix(19) {
            #expect(ours["started_at"]?.string?.prefix(19) == first)
        }
        if golden.isCodex { return }
        #expect(ours["session_id"] == theirs["sessionId"])
        if golden.name == "session/missing-session-id-fallback" { return }
        let project = theirs["projectPath"]?.string?.split(separator: "/").last.map(String.init)
        #expect(ours["project"]?.string == project)
    }

    private func byEnd(_ rows: [JSON]) -> [JSON] {
        rows.sorted { end($0) < end($1) }
    }

    private func end(_ row: JSON) -> String {
        String(((row["lastActivity"] ?? row["ended_at"])?.string ?? "").prefix(19))
    }

    /// `Apr 15, 2026` is 2026-04-15.
    private static func day(_ text: String) -> String {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let parts = text.replacing(",", with: "").split(separator: " ").map(String.init)
        guard parts.count == 3, let month = months.firstIndex(of: parts[0]) else { return text }
        return "\(parts[2])-\(String(101 + month).dropFirst())-\(parts[1])"
    }
}
