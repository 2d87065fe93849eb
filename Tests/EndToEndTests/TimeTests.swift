import Foundation
import Testing

/// Whether the machine knows other zones than UTC.
private let hasZones = ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo"]
    .contains { FileManager.default.fileExists(atPath: "\($0)/Europe/Berlin") }

/// Days are those of the display zone: 23 to 25 hours, whatever its offset.
@Suite(.enabled(if: hasZones, "no zoneinfo on this machine"))
struct TimeTests {
    /// A zone, the half hours logged (UTC), and how many fall on each local day.
    struct Case: Sendable, CustomTestStringConvertible {
        let zone: String
        /// First UTC day and number of days; one call every half hour.
        let first: String
        let days: Int
        let counts: [String: Int]

        var testDescription: String { "\(zone) from \(first)" }
    }

    static let cases = [
        Case(
            zone: "UTC", first: "2025-03-30", days: 2,
            counts: ["2025-03-30": 48, "2025-03-31": 48]),
        // Clocks go forward at 01:00 UTC: that day has 23 hours.
        Case(
            zone: "Europe/Berlin", first: "2025-03-29", days: 3,
            counts: ["2025-03-29": 46, "2025-03-30": 46, "2025-03-31": 48, "2025-04-01": 4]),
        // And back at 01:00 UTC: 25 hours.
        Case(
            zone: "Europe/Berlin", first: "2025-10-25", days: 3,
            counts: ["2025-10-25": 44, "2025-10-26": 50, "2025-10-27": 48, "2025-10-28": 2]),
        Case(
            zone: "America/New_York", first: "2025-03-09", days: 2,
            counts: ["2025-03-08": 10, "2025-03-09": 46, "2025-03-10": 40]),
        // Half an hour of summer time: 2025-04-06 has 24.5 hours.
        Case(
            zone: "Australia/Lord_Howe", first: "2025-04-05", days: 2,
            counts: ["2025-04-05": 26, "2025-04-06": 49, "2025-04-07": 21]),
        Case(
            zone: "Asia/Kathmandu", first: "2025-01-10", days: 1,
            counts: ["2025-01-10": 37, "2025-01-11": 11]),
        // There was no 30 December 2011 in Samoa.
        Case(
            zone: "Pacific/Apia", first: "2011-12-30", days: 1,
            counts: ["2011-12-29": 20, "2011-12-31": 28]),
    ]

    @Test(arguments: cases)
    func everyCallFallsOnItsLocalDay(_ example: Case) throws {
        let sandbox = try sandbox(with: example)
        let answer = try sandbox.json("daily", "all", "--timezone", example.zone)
        let rows = try #require(answer["daily"]?.array)
        #expect(Self.counts(rows, key: "date") == example.counts)
        #expect(answer["period"]?["timezone"]?.string == example.zone)
        let labels = rows.compactMap { $0["date"]?.string }
        #expect(labels == labels.sorted())
    }

    @Test(arguments: cases)
    func theProcessZoneIsTheDefault(_ example: Case) throws {
        let sandbox = try sandbox(with: example)
        let rows = try sandbox.json("daily", "all", environment: ["TZ": example.zone])["daily"]
        #expect(Self.counts(rows?.array ?? [], key: "date") == example.counts)
    }

    @Test(arguments: cases)
    func everyBreakdownByTimeAddsUp(_ example: Case) throws {
        let sandbox = try sandbox(with: example)
        for command in ["hourly", "daily", "weekly", "monthly"] {
            let answer = try sandbox.json(command, "all", "--timezone", example.zone)
            let sum = answer[command]?.array?.compactMap { $0["calls"]?.integer }.reduce(0, +)
            #expect(sum == example.days * 48, "\(command)")
        }
    }

    /// The hour that exists twice is one label with twice the calls.
    @Test func hoursAreLabelledInTheZone() throws {
        let sandbox = try sandbox(with: Self.cases[2])
        let answer = try sandbox.json("hourly", "all", "--timezone", "Europe/Berlin")
        let counts = Self.counts(answer["hourly"]?.array ?? [], key: "hour")
        #expect(counts["2025-10-26T02"] == 4)
        #expect(counts["2025-10-26T03"] == 2)
        let spring = try self.sandbox(with: Self.cases[1])
        let hours = try spring.json("hourly", "all", "--timezone", "Europe/Berlin")["hourly"]
        #expect(Self.counts(hours?.array ?? [], key: "hour")["2025-03-30T02"] == nil)
    }

    @Test func bucketsAreLabelled() throws {
        let sandbox = try Sandbox()
        for (number, day) in ["2025-01-01", "2025-01-05", "2025-01-06", "2025-01-27"].enumerated() {
            try sandbox.write(
                Record.numbered(number, at: "\(day)T23:59:59.999Z").line,
                to: "\(day)/telemetry.jsonl")
        }
        let weekly = try sandbox.json("weekly", "all")["weekly"]?.array ?? []
        #expect(
            Self.counts(weekly, key: "week") == ["2024-12-30": 2, "2025-01-06": 1, "2025-01-27": 1])
        let sundays = try sandbox.json("weekly", "all", "--week-start", "sunday")["weekly"]?.array
        #expect(
            Self.counts(sundays ?? [], key: "week")
                == ["2024-12-29": 1, "2025-01-05": 2, "2025-01-26": 1])
        let monthly = try sandbox.json("monthly", "all")["monthly"]?.array ?? []
        #expect(Self.counts(monthly, key: "month") == ["2025-01": 4])
    }

    /// The clock stands at 2025-01-28T12:00:00Z; one call at noon of each of sixty days before it.
    @Test(
        arguments: [
            (["--days", "1"], 1), (["--days", "7"], 7), (["--days=30"], 30), ([], 30),
            (["today"], 1), (["yesterday"], 1), (["week"], 2), (["month"], 28), (["year"], 28),
            (["all"], 60), (["--since", "2025-01-27"], 2), (["--since", "20250127"], 2),
            (["--since", "2025-01-20", "--until", "2025-01-21"], 2),
            (["--until", "2024-12-01", "--since", "2024-01-01"], 2),
            (["--since", "2025-01-27T12:00:00Z"], 2), (["--since", "2025-01-27T12:00:01Z"], 1),
            (["--now", "2025-01-10T12:00:00Z", "--days", "7"], 7),
            (["--now", "1736510400", "--days", "1"], 1),
            // There the 29th has begun two hours ago: noon of the 28th is its only call.
            (["--days", "1", "--timezone", "Pacific/Kiritimati"], 1),
        ])
    func aPeriodIsCalendarDays(arguments: [String], calls: Int) throws {
        let sandbox = try Sandbox()
        let start = try #require(try? Date("2024-11-30T12:00:00Z", strategy: .iso8601))
        let records = (0..<60).map { day in
            let instant = start.addingTimeInterval(Double(day) * 86_400)
            return Record.numbered(day, at: instant.formatted(.iso8601))
        }
        try sandbox.write(records.lines, to: "2025-01-28/telemetry.jsonl")
        let answer = try sandbox.json(["costs"] + arguments)
        #expect(answer["totals"]?["calls"]?.integer == calls)
    }

    @Test func theAnswerSaysItsPeriod() throws {
        let sandbox = try Sandbox(now: "2026-11-21T12:00:00Z")
        try sandbox.log([.numbered(1, at: "2026-11-21T08:00:00Z")])
        let answer = try sandbox.json("costs", "--days", "7", "--timezone", "utc", "--model", "C*")
        let expected = """
            {"schema_version":1,"command":"costs","period":{"label":"last 7 days",
             "since":"2026-11-15","until":"2026-11-21","timezone":"UTC"},
             "store":".llm-telemetry","sources":["telemetry"],"filters":{"model":["C*"]},
             "pricing":{"mode":"auto"},"totals":{"calls":1}}
            """
        #expect(answer.differences(from: try JSON(parsing: expected)) == [])
        #expect(answer.names.first == "schema_version")
        let snapshot = answer["pricing"]?["snapshot"]?.string ?? ""
        #expect(snapshot.wholeMatch(of: /\d{4}-\d{2}(-\d{2})?/) != nil)
    }

    /// `all` has no bounds: what is dated later than now is there.
    @Test func allIncludesTheFuture() throws {
        let sandbox = try Sandbox()
        try sandbox.log([.numbered(1), .numbered(2, at: "2030-01-01T00:00:00Z")])
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 2)
        #expect(try sandbox.json("costs")["totals"]?["calls"]?.integer == 1)
    }

    private func sandbox(with example: Case) throws -> Sandbox {
        let sandbox = try Sandbox(now: "2026-01-01T00:00:00Z")
        let start = try Date("\(example.first)T00:00:00Z", strategy: .iso8601)
        let records = (0..<example.days * 48).map { number in
            let instant = start.addingTimeInterval(Double(number) * 1_800)
            return Record.numbered(number, at: instant.formatted(.iso8601))
        }
        try sandbox.write(records.lines, to: "2025-01-28/telemetry.jsonl")
        return sandbox
    }

    private static func counts(_ rows: [JSON], key: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in rows {
            counts[row[key]?.string ?? "?", default: 0] += row["calls"]?.integer ?? 0
        }
        return counts
    }
}
