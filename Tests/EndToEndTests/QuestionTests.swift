import Foundation
import Testing

/// Filters and breakdowns over one store whose numbers can be added up by hand.
@Suite struct QuestionTests {
    @Test(
        arguments: [
            ([], 12), (["--model", "claude-3-5-haiku"], 6), (["--model", "CLAUDE-*"], 9),
            (["--model", "claude-3-5-haiku", "--model", "gpt-4o"], 9), (["--model", "claude"], 0),
            (["--model", "*4*"], 6), (["--agent", "writer"], 6), (["--project", "b*"], 4),
            (["--operation", "plan"], 4), (["--session", "s-1"], 6), (["--user", "ann"], 12),
            (["--provider", "nobody"], 0), (["--status", "failure"], 3),
            (["--status", "success", "--agent", "writer", "--project", "alpha"], 2),
            (["--agent", "' OR 1=1 --"], 0), (["--agent", "%"], 0), (["--agent", "write_"], 0),
        ])
    func filtersChoose(arguments: [String], calls: Int) throws {
        let answer = try Self.sandbox().json(["costs"] + arguments)
        #expect(answer["totals"]?["calls"]?.integer == calls)
    }

    @Test(
        arguments: [
            "model", "project", "agent", "operation", "user", "session", "source", "hour", "day",
            "week", "month",
        ])
    func everyBreakdownAddsUpToTheTotal(dimension: String) throws {
        let answer = try Self.sandbox().json("costs", "--by", dimension)
        let rows = try #require(answer["by_\(dimension)"]?.array)
        let total = try #require(answer["totals"])
        for name in ["calls", "succeeded", "failed", "unpriced_calls"] {
            #expect(rows.compactMap { $0[name]?.integer }.reduce(0, +) == total[name]?.integer)
        }
        for kind in ["input", "output", "total"] {
            let sum = rows.compactMap { $0["tokens"]?[kind]?.integer }.reduce(0, +)
            #expect(sum == total["tokens"]?[kind]?.integer)
        }
        let cost = rows.compactMap { $0["cost_usd"]?.double }.reduce(0, +)
        #expect(abs(cost - (total["cost_usd"]?.double ?? -1)) < 1e-9)
        let share = rows.compactMap { $0["cost_share"]?.double }.reduce(0, +)
        #expect(abs(share - 1) < 1e-9)
    }

    /// By cost descending, unknown last, equal ones by name.
    @Test func rowsAreInOrder() throws {
        let sandbox = try Self.sandbox()
        let models = try sandbox.json("costs")["by_model"]?.array?.compactMap {
            $0["model"]?.string
        }
        #expect(models == ["gpt-4o", "claude-3-5-haiku", "claude-sonnet-4-5"])
        let sessions = try sandbox.json("costs", "--by", "session")["by_session"]?.array
        #expect(sessions?.compactMap { $0["session"]?.string } == ["s-1", "s-0"])
        try sandbox.log([
            Record(timestamp: "2025-01-28T09:00:00Z", model: "gpt-9", input: 1, output: 1)
        ])
        let rows = try sandbox.json("costs")["by_model"]?.array
        #expect(rows?.last?["model"]?.string == "gpt-9")
        #expect(rows?.last?["cost_usd"] == .null)
    }

    @Test(arguments: ["models", "agents", "projects", "operations", "users"])
    func rankingsHaveTheirKeys(command: String) throws {
        let answer = try Self.sandbox().json(command)
        let rows = try #require(answer[command]?.array)
        #expect(!rows.isEmpty)
        let keys = [
            String(command.dropLast()), "calls", "tokens", "cost_usd", "call_share", "cost_share",
            "latency", "first_seen", "last_seen",
        ]
        for row in rows { #expect(Set(keys).isSubset(of: row.names)) }
        #expect(try Self.sandbox().json(command, "--top", "1")[command]?.array?.count == 1)
    }

    /// Durations of 100 to 1,200 ms in steps of 100, by nearest rank.
    @Test func latenciesAreNearestRanks() throws {
        let answer = try Self.sandbox().json("performance")
        let latency = try #require(answer["latency"])
        #expect(latency["count"]?.integer == 12)
        #expect(latency["mean_ms"]?.double == 650)
        let tolerance = latency["approximate"]?.bool == true ? 0.01 : 0
        for (name, value) in [("p50_ms", 600.0), ("p95_ms", 1_200), ("p99_ms", 1_200)] {
            let found = latency[name]?.double ?? -1
            #expect(abs(found - value) <= value * tolerance, "\(name): \(found)")
        }
        #expect(latency["max_ms"]?.integer == 1_200)
        let slowest = answer["by_operation"]?.array?.first
        #expect(slowest?["operation"]?.string == "write")
        #expect(slowest?["failed"]?.integer == 1)
    }

    @Test func patternsCountHoursAndWeekdays() throws {
        let answer = try Self.sandbox().json("patterns", "--timezone", "utc")
        let hours = answer["by_hour"]?.array?.compactMap(\.integer) ?? []
        let weekdays = answer["by_weekday"]?.array?.compactMap(\.integer) ?? []
        let heatmap = answer["heatmap"]?.array?.map { $0.array?.compactMap(\.integer) ?? [] } ?? []
        #expect(hours.count == 24 && hours.reduce(0, +) == 12 && hours[8] == 12)
        #expect(weekdays == [12, 0, 0, 0, 0, 0, 0])
        #expect(heatmap.count == 7 && heatmap.allSatisfy { $0.count == 24 })
        #expect(heatmap.first?[8] == 12)
        #expect(answer["busiest_weekday"]?.string == "Monday")
        let peak = answer["peak_hours"]?.array?.first
        #expect(peak == (try JSON(parsing: #"{"from":8,"to":9}"#)))
    }

    @Test func statsCompareWithThePeriodBefore() throws {
        let answer = try Self.sandbox().json("stats", "yesterday")
        let expected = """
            {"totals":{"calls":12,"failed":3},"sessions":2,"models":3,"previous":{"calls":0},
             "latency":{"count":12}}
            """
        #expect(answer.differences(from: try JSON(parsing: expected)) == [])
    }

    @Test(arguments: [
        ("daily", "2025-01-27"), ("weekly", "2025-01-27"), ("monthly", "2025-01"),
        ("hourly", "2025-01-27T08"),
    ])
    func bucketsBreakDownByModel(command: String, label: String) throws {
        let sandbox = try Self.sandbox()
        for (filter, models) in [([], 3), (["--session", "s-1"], 2)] {
            let answer = try sandbox.json([command, "--breakdown"] + filter)
            let rows = try #require(answer[command]?.array)
            #expect(rows.count == 1)
            let byModel = rows.first?["by_model"]?.array ?? []
            #expect(byModel.count == models)
            #expect(rows.first?["models"]?.array?.count == models)
            let cost = byModel.compactMap { $0["cost_usd"]?.double }.reduce(0, +)
            #expect(abs(cost - (answer["totals"]?["cost_usd"]?.double ?? -1)) < 1e-9)
            let csv = CSV.rows(
                try sandbox.run([command, "--breakdown", "--csv"] + filter).text)
            #expect(csv.dropFirst().map { $0[0] } == Array(repeating: label, count: models))
            let costs = csv.first?.firstIndex(of: "cost_usd") ?? 0
            #expect(
                csv.dropFirst().map { Double($0[costs]) } == byModel.map { $0["cost_usd"]?.double })
            let text = try sandbox.run([command, "--breakdown"] + filter).text
            #expect(text.contains("\n  \(label) "))
            for row in byModel { #expect(text.contains("\n    \(row["model"]?.string ?? "–") ")) }
        }
    }

    @Test(
        arguments: ["session", "source"],
        [[], ["--session", "s-1"], ["--session", "S-*", "--model", "gpt-*"], ["--session", "x"]])
    func everyFormatOfABreakdownSaysTheSame(dimension: String, filter: [String]) throws {
        let sandbox = try Self.sandbox()
        let arguments = ["costs", "--by", dimension] + filter
        let rows = try #require(try sandbox.json(arguments)["by_\(dimension)"]?.array)
        let csv = CSV.rows(try sandbox.run(arguments + ["--csv"]).text)
        let header = try #require(csv.first)
        let calls = try #require(header.firstIndex(of: "calls"))
        let cost = try #require(header.firstIndex(of: "cost_usd"))
        #expect(csv.dropFirst().map { $0[1] } == rows.map { $0[dimension]?.string })
        #expect(csv.dropFirst().map { Int($0[calls]) } == rows.map { $0["calls"]?.integer })
        #expect(csv.dropFirst().map { Double($0[cost]) } == rows.map { $0["cost_usd"]?.double })
        #expect(Set(csv.dropFirst().map { $0[0] }).isSubset(of: [dimension]))
        let text = try sandbox.run(arguments).text
        #expect(text.contains("By \(dimension):") == !rows.isEmpty)
        let markdown = try sandbox.run(arguments + ["--format", "markdown"]).text
        for row in rows {
            let name = row[dimension]?.string ?? "none"
            #expect(text.contains("\n    \(name) "), "\(text)")
            #expect(markdown.contains("\n| \(name) | "), "\(markdown)")
        }
    }

    /// Twelve calls on Monday 2025-01-27: three models, two agents, three projects, three
    /// operations, two sessions; every fourth fails.
    static func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox()
        let models = ["claude-3-5-haiku", "claude-3-5-haiku", "claude-sonnet-4-5", "gpt-4o"]
        let costs = ["0.001", "0.001", "0.001", "0.003"]
        let records = (0..<12).map { number in
            var record = Record.numbered(
                number, at: "2025-01-27T08:\(number + 10):00Z")
            record.model = models[number % 4]
            record.cost = costs[number % 4]
            record.agent = ["reader", "writer"][number % 2]
            record.project = ["alpha", "beta", "gamma"][number % 3]
            record.operation = ["search", "plan", "write"][number % 3]
            record.session = "s-\(number % 2)"
            record.user = "ann"
            record.success = number % 4 != 0
            record.durationMilliseconds = (number + 1) * 100
            return record
        }
        try sandbox.write(records.lines, to: "2025-01-27/telemetry.jsonl")
        return sandbox
    }
}
