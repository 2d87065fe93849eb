import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct StoredRecordsTests {
    private func store() throws -> TestStore {
        let store = try TestStore()
        try store.write(
            "\(line("a", at: "2026-11-19T10:00:00Z"))\ntorn\n", to: "2026-11-19/telemetry.jsonl")
        try store.write(
            "\(line("b", at: "2026-11-20T10:00:00Z"))\n", to: "2026-11-20/telemetry.0001.jsonl")
        try store.write(
            "\(line("c", at: "2026-11-20T11:00:00Z"))\n", to: "2026-11-20/telemetry.jsonl")
        try store.write("{\"half", to: "2026-11-21/telemetry.jsonl")
        return store
    }

    @Test func readsAllDaysOldestFirst() throws {
        #expect(try store().records().map(\.messageID) == ["a", "b", "c"])
    }

    @Test func boundsAreIncluded() throws {
        let store = try store()
        defer { withExtendedLifetime(store) {} }
        let telemetry = store.telemetry()
        let since = instant("2026-11-20T10:00:00Z")
        #expect(telemetry.records(since: since).map(\.messageID) == ["b", "c"])
        #expect(telemetry.records(until: since).map(\.messageID) == ["a", "b"])
        #expect(telemetry.records(since: since, until: since).map(\.messageID) == ["b"])
        #expect(Array(telemetry.records(since: instant("2026-11-22T00:00:00Z"))).isEmpty)
    }

    @Test func compressedSegmentsReadLikePlainOnes() throws {
        let store = try store()
        try store.gzip("2026-11-20/telemetry.0001.jsonl")
        #expect(store.records().map(\.messageID) == ["a", "b", "c"])
    }

    @Test func ofTwoRepresentationsThePlainOneIsRead() throws {
        let store = try store()
        try store.gzip("2026-11-20/telemetry.0001.jsonl")
        try store.write(
            "\(line("plain", at: "2026-11-20T10:00:00Z"))\n", to: "2026-11-20/telemetry.0001.jsonl")
        #expect(store.records().map(\.messageID) == ["a", "plain", "c"])
    }

    @Test func ofADamagedArchiveNothingIsBelieved() throws {
        let store = try store()
        try store.gzip("2026-11-20/telemetry.0001.jsonl")
        let path = store.path("2026-11-20/telemetry.0001.jsonl.gz")
        try run("sh", "-c", "printf 'xxxxxxxx' | dd of='\(path)' bs=1 seek=60 conv=notrunc")
        #expect(store.records().map(\.messageID) == ["a", "c"])
    }

    @Test func readsNothingThroughLinks() throws {
        let store = try store()
        try run("ln", "-s", store.path("2026-11-20"), store.path("2026-11-18"))
        try run(
            "ln", "-s", store.path("2026-11-20/telemetry.jsonl"),
            store.path("2026-11-19/telemetry.0009.jsonl"))
        #expect(store.records().map(\.messageID) == ["a", "b", "c"])
    }

    @Test func withoutAStoreThereAreNone() throws {
        #expect(try TestStore().records().isEmpty)
    }

    @Test func addsUpTodayOnce() throws {
        let store = try store()
        let lines = [
            line("x", output: 5), line("x", output: 50, cost: "0.5"), line("y", cost: "0.25"),
            line("z", at: "2026-11-20T23:59:59.999Z"),
            #"{"timestamp":"2026-11-21T23:59:59.999Z","model":"m","success":false}"#,
        ]
        try store.write(lines.joined(separator: "\n") + "\n", to: "2026-11-21/telemetry.jsonl")
        let stats = store.telemetry().todayStats()
        #expect(stats.day == day("2026-11-21"))
        #expect(stats.calls == 3)
        #expect(stats.failed == 1)
        #expect(stats.tokens == TokenCounts(input: 20, output: 70))
        #expect(stats.recordedCost == Money(decimalText: "0.75"))
        #expect(stats.callsWithoutCost == 1)
    }
}
