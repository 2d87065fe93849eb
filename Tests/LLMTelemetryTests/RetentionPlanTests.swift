import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct RetentionPlanTests {
    /// A day with segments of these names and sizes in KiB.
    private func stored(
        _ name: String, _ segments: [(String, Int64)], isKept: Bool = false,
        hasChecksums: Bool = false
    ) throws -> StoredDay {
        var status = try #require(try FileStatus.of("/"))
        let segments = segments.map { name, size in
            status.size = size << 10
            return StoredDay.Segment(name: SegmentName(name)!, status: status)
        }
        return StoredDay(
            day: day(name), segments: segments.sorted { $0.name < $1.name }, isKept: isKept,
            hasChecksums: hasChecksums)
    }

    private func plan(
        _ days: [StoredDay], today: String = "2025-03-31", retention: Int = 30,
        capInKiB: Int64 = 0, archived: Bool = false
    ) -> [String] {
        var settings = StoreSettings()
        settings.retentionDays = retention
        settings.maximumBytes = capInKiB << 10
        return RetentionPlan(
            days: days, today: day(today), settings: settings, includesArchived: archived
        ).removals.flatMap { removal in removal.segments.map { "\(removal.day)/\($0.text)" } }
    }

    private let active = [("telemetry.jsonl", Int64(100))]

    @Test func theFirstDayOverTheLimitGoes() throws {
        let days = try ["2025-02-28", "2025-03-01", "2025-03-31", "2025-06-01"].map {
            try stored($0, active)
        }
        #expect(plan(days) == ["2025-02-28/telemetry.jsonl"])
        #expect(plan(days, retention: 0) == [])
        #expect(plan(days, retention: 1).count == 2)
    }

    @Test func anArchivedDayGoesOnlyWhenAskedFor() throws {
        let days = [
            try stored("2025-01-01", [("telemetry.jsonl.gz", 5)]),
            try stored("2025-01-02", active, hasChecksums: true),
            try stored("2025-01-03", active),
        ]
        #expect(plan(days) == ["2025-01-03/telemetry.jsonl"])
        #expect(plan(days, archived: true).count == 3)
    }

    @Test func aRestoredDayStays() throws {
        let days = [
            try stored("2025-01-01", active, isKept: true), try stored("2025-03-30", active),
        ]
        #expect(plan(days, capInKiB: 100, archived: true) == [])
        #expect(plan(days, capInKiB: 99) == ["2025-03-30/telemetry.jsonl"])
    }

    @Test func overTheCapTheOldestGoUntilItHolds() throws {
        let days = try ["2025-03-28", "2025-03-29", "2025-03-30"].map { try stored($0, active) }
        #expect(plan(days, capInKiB: 300) == [])
        #expect(plan(days, capInKiB: 299) == ["2025-03-28/telemetry.jsonl"])
        #expect(plan(days, capInKiB: 100).count == 2)
        #expect(plan(days, capInKiB: 1).count == 3)
    }

    @Test func storedTextsGoFirst() throws {
        let days = [
            try stored("2025-03-28", active),
            try stored("2025-03-29", active + [("prompts.jsonl", 50), ("responses.jsonl", 50)]),
        ]
        #expect(plan(days, capInKiB: 250) == ["2025-03-29/prompts.jsonl"])
        #expect(
            plan(days, capInKiB: 150) == [
                "2025-03-28/telemetry.jsonl", "2025-03-29/prompts.jsonl",
                "2025-03-29/responses.jsonl",
            ])
    }

    @Test func todayKeepsAllButItsFullSegments() throws {
        let today = try stored(
            "2025-03-31",
            [
                ("telemetry.jsonl", 100), ("telemetry.0001.jsonl", 100),
                ("telemetry.0002.jsonl", 100), ("telemetry.w5-0a1b2c3d.jsonl", 100),
                ("prompts.jsonl", 100), ("prompts.0001.jsonl", 100),
            ])
        #expect(
            plan([today], capInKiB: 1) == [
                "2025-03-31/telemetry.0001.jsonl", "2025-03-31/telemetry.0002.jsonl",
                "2025-03-31/prompts.0001.jsonl",
            ])
        #expect(plan([today], capInKiB: 599) == ["2025-03-31/prompts.0001.jsonl"])
    }

    @Test func archivedDaysDoNotCountAgainstTheCap() throws {
        let days = [
            try stored("2025-03-01", [("telemetry.jsonl.gz", 900)]),
            try stored("2025-03-30", active),
        ]
        #expect(plan(days, capInKiB: 100) == [])
    }

    @Test(arguments: [
        (today: "2026-11-21", days: ["2026-11-20", "2026-11-21"], credible: "2026-11-21"),
        (today: "2038-01-19", days: ["2026-11-21", "2038-01-19"], credible: "2026-11-22"),
        (today: "2026-11-21", days: ["2026-11-20", "2038-01-19"], credible: "2026-11-21"),
        (today: "2026-11-21", days: ["2026-11-21"], credible: "2026-11-21"),
        (today: "2026-11-21", days: [], credible: "2026-11-21"),
        (today: "1970-01-01", days: ["2026-11-20"], credible: "1970-01-01"),
    ])
    func aClockThatJumpedIsNotBelieved(today: String, days: [String], credible: String) {
        let result = RetentionPlan.credibleToday(day(today), days: days.map { day($0) })
        #expect(result == day(credible))
    }
}
