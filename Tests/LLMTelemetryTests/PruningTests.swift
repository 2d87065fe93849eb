import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct PruningTests {
    private func pruning(
        _ store: TestStore, today: String = "2026-11-21",
        _ change: (inout StoreSettings) -> Void = { _ in }
    ) -> Pruning {
        Pruning(layout: store.layout, settings: store.settings(change), today: day(today))
    }

    private let command = Pruning.Occasion.command(includesArchived: false)

    /// What the summary counts while none of an entry's segments is in the store.
    private func summedCalls(_ store: TestStore) throws -> Int64 {
        let summary = try #require(SummaryFile(layout: store.layout).read())
        return summary.entries.filter { entry in
            entry.counts { day, name in
                [name, name + ".gz"].contains { (try? store.exists("\(day)/\($0)")) == true }
            }
        }.flatMap(\.groups).reduce(0) { $0 + $1.usage.calls }
    }

    private func fill(_ store: TestStore, _ name: String, _ count: Int = 3) throws {
        let lines = (0..<count).map { line("\(name)-\($0)", at: "\(name)T0\($0 % 10):00:00Z") }
        try store.write(lines.joined(separator: "\n") + "\n", to: "\(name)/telemetry.jsonl")
    }

    @Test func removesDueDaysAndNothingElse() throws {
        let store = try TestStore()
        for name in ["2026-10-21", "2026-10-22", "2026-11-21", "2027-01-01"] {
            try fill(store, name)
        }
        let strangers = [
            "2026-10-21/notes.txt", "2026-02-30/telemetry.jsonl", "2026-1-7/telemetry.jsonl",
            "2026-01-27.bak/telemetry.jsonl", "backup/2026-01-01/telemetry.jsonl", "2026-01-03",
            "history/imported.jsonl", "prices.json",
        ]
        for name in strangers { try store.write("mine\n", to: name) }
        try FileTree.createDirectory(store.directory + "/victim")
        try AtomicReplacement.write(
            Array("mine".utf8).span, to: store.directory + "/victim/telemetry.jsonl")
        try run("ln", "-s", store.directory + "/victim", store.path("2026-01-05"))

        let dry = try pruning(store).plan(command)
        #expect(dry.removals.map(\.day) == [day("2026-10-21")])
        #expect(try store.exists("2026-10-21/telemetry.jsonl"))
        let result = pruning(store).run(command)
        #expect(result.problems == [])
        #expect(result.removals.map(\.day) == [day("2026-10-21")])
        #expect(result.calls == 3)
        #expect(result.leftovers == [store.path("2026-10-21/notes.txt")])
        #expect(try !store.exists("2026-10-21/telemetry.jsonl"))
        for name in ["2026-10-22", "2026-11-21", "2027-01-01"] {
            #expect(try store.exists("\(name)/telemetry.jsonl"))
        }
        for name in strangers { #expect(try store.text(name) == "mine\n") }
        #expect(try store.exists("2026-01-05"))
        let victim = try FileStatus.of(store.directory + "/victim/telemetry.jsonl")
        #expect(victim != nil)
    }

    @Test func anEmptyDayLeavesNoDirectory() throws {
        let store = try TestStore()
        try fill(store, "2026-01-01")
        try store.write("", to: "2026-01-01/.telemetry.jsonl.gz.tmp-2000000000-00000000")
        #expect(pruning(store).run(command).leftovers == [])
        #expect(try !store.exists("2026-01-01"))
    }

    @Test func theTotalsSayWhatTheRecordsSaid() throws {
        let store = try TestStore()
        let records = [
            line("a", at: "2026-01-01T10:30:00Z", output: 5, cost: "0.0025"),
            line("a", at: "2026-01-01T10:30:00Z", output: 20, cost: "0.01"),
            line("b", at: "2026-01-01T11:00:00Z"), "torn", #"{"event":"dropped","count":1}"#,
            #"{"timestamp":"2026-01-01T11:59:59Z","model":"m","agent_name":"x","duration_ms":7,"#
                + #""success":false,"metadata":{"project":"p"}}"#,
        ]
        try store.write(records.joined(separator: "\n") + "\n", to: "2026-01-01/telemetry.jsonl")
        #expect(pruning(store).run(command).calls == 3)
        let summary = try #require(SummaryFile(layout: store.layout).read())
        let entry = try #require(summary.entries.first)
        #expect(entry.segments.map(\.name) == ["telemetry.jsonl"])
        let groups = entry.groups
        #expect(groups.count == 3)
        let priced = try #require(groups.first { $0.key.rateClass.hasRecordedCost })
        #expect(priced.usage.recordedCost == Money(decimalText: "0.01"))
        #expect(priced.usage.tokens.output == 20)
        #expect(priced.key.hour == instant("2026-01-01T10:00:00Z").hour)
        let failed = try #require(groups.first { $0.key.project == "p" })
        #expect(failed.usage.failed == 1)
        #expect(failed.latency.count == 1)
        #expect(try FileStatus.of(store.layout.summary)?.permissions == 0o600)
    }

    @Test func aSecondRunFindsNothingToDo() throws {
        let store = try TestStore()
        try fill(store, "2026-01-01")
        _ = pruning(store).run(command)
        let before = try store.text("summary.json")
        #expect(pruning(store).run(command).removals == [])
        #expect(try store.text("summary.json") == before)
    }

    /// Killed after the totals were entered and some of the names were removed.
    @Test(arguments: [0, 1, 2])
    func aRemovalThatWasCutShortCountsOnce(removed: Int) throws {
        let store = try TestStore()
        let names = ["telemetry.0001.jsonl", "telemetry.0002.jsonl"]
        for name in names {
            try store.write(
                line(name, at: "2026-01-01T10:00:00Z") + "\n", to: "2026-01-01/\(name)")
        }
        let saved = try names.map { try store.text("2026-01-01/\($0)") }
        #expect(pruning(store).run(command).calls == 2)
        for index in removed..<2 { try store.write(saved[index], to: "2026-01-01/\(names[index])") }
        #expect(try summedCalls(store) == (removed == 2 ? 2 : 0))
        #expect(pruning(store).run(command).calls == 0)
        #expect(try summedCalls(store) == 2)
        #expect(try !store.exists("2026-01-01"))
    }

    @Test func whatWasAppendedToADayThatCameBackCountsToo() throws {
        let store = try TestStore()
        try fill(store, "2026-01-01", 3)
        let saved = try store.text("2026-01-01/telemetry.jsonl")
        #expect(pruning(store).run(command).calls == 3)
        let later = line("later", at: "2026-01-01T12:00:00Z") + "\n"
        try store.write(saved + later, to: "2026-01-01/telemetry.jsonl")
        #expect(try summedCalls(store) == 0)
        #expect(pruning(store).run(command).calls == 1)
        #expect(try summedCalls(store) == 4)
        try store.write(saved + later, to: "2026-01-01/telemetry.jsonl")
        #expect(pruning(store).run(command).calls == 0)
        #expect(try summedCalls(store) == 4)
    }

    @Test func anArchivedDayGoesWithItsChecksums() throws {
        let store = try TestStore()
        try fill(store, "2026-01-01")
        try store.gzip("2026-01-01/telemetry.jsonl")
        try store.write("x", to: "2026-01-01/SHA256SUMS")
        #expect(pruning(store).run(command).removals == [])
        let result = pruning(store).run(.command(includesArchived: true))
        #expect(result.calls == 3)
        #expect(try !store.exists("2026-01-01"))
        let entry = try #require(SummaryFile(layout: store.layout).read()?.entries.first)
        #expect(entry.segments.map(\.name) == ["telemetry.jsonl"])
        #expect(entry.segments[0].bytes > 200)
    }

    @Test func aDamagedArchiveStays() throws {
        let store = try TestStore()
        try store.write("no gzip at all", to: "2026-01-01/telemetry.jsonl.gz")
        let result = pruning(store).run(.command(includesArchived: true))
        #expect(result.problems.count == 1)
        #expect(try store.exists("2026-01-01/telemetry.jsonl.gz"))
    }

    @Test func aDamagedSummaryStopsNothing() throws {
        let store = try TestStore()
        try fill(store, "2026-01-01")
        try store.write("{half", to: "summary.json")
        #expect(pruning(store).run(command).calls == 3)
        #expect(try store.text("summary.json.bad") == "{half")
        #expect(try summedCalls(store) == 3)
    }

    @Test(arguments: ["telemetry.w123-0a1b2c3d.jsonl", "telemetry.0001.jsonl"])
    func aSegmentInUseIsLeftAlone(segment: String) throws {
        let store = try TestStore()
        try fill(store, "2026-01-01")
        let name = "2026-01-01/\(segment)"
        try store.write(line("own", at: "2026-01-01T10:00:00Z") + "\n", to: name)
        let held = try FileDescriptor.openForReading(store.path(name))
        let isHeld = try held.tryLock()
        #expect(isHeld)
        #expect(pruning(store).run(command).calls == 3)
        #expect(try store.exists(name))
        held.unlock()
        #expect(pruning(store).run(command).calls == 1)
        #expect(try !store.exists("2026-01-01"))
        #expect(try summedCalls(store) == 4)
    }

    @Test func theWriterRemovesNothingAfterAClockJumped() throws {
        let store = try TestStore()
        for name in ["2026-09-01", "2026-11-20", "2026-11-21", "2038-01-19"] {
            try fill(store, name)
        }
        #expect(
            pruning(store, today: "2038-01-19").run(.fromWriter).removals.map(\.day)
                == [day("2026-09-01")])
        #expect(try store.exists("2026-11-20/telemetry.jsonl"))
    }

    @Test func theWriterPrunesOnTheFirstRecordOfADayAndAfterARotation() throws {
        let store = try TestStore()
        for name in ["2026-01-01", "2026-11-20"] { try fill(store, name) }
        let telemetry = store.telemetry()
        try telemetry.append(call("old", at: "2026-11-20T10:00:00Z"))
        telemetry.maintainIfDue()
        #expect(try store.exists("2026-01-01"))
        try telemetry.append(call("today"))
        telemetry.maintainIfDue()
        #expect(try !store.exists("2026-01-01"))
        #expect(try summedCalls(store) == 3)
        // Within the hour the same recorder looks no second time.
        try fill(store, "2026-01-02")
        try FileTree.rename(store.path("2026-11-21"), to: store.path("away"))
        try telemetry.append(call("new directory"))
        telemetry.maintainIfDue()
        #expect(try store.exists("2026-01-02"))
        let other = store.telemetry { $0.rotationBytes = 0 }
        var big = call()
        big.operation = String(repeating: "x", count: 70_000)
        try other.append([big, big])
        other.maintainIfDue()
        #expect(try !store.exists("2026-01-02"))
    }

    @Test func theBackgroundThreadPrunesByItself() throws {
        let store = try TestStore()
        for name in ["2026-01-01", "2026-11-20"] { try fill(store, name) }
        let telemetry = Telemetry(settings: store.settings(), workingDirectory: nil)
        telemetry.record(call())
        #expect(telemetry.flush(timeout: .seconds(10)))
        for _ in 0..<500 where try store.exists("2026-01-01") {
            SystemClock.sleep(nanoseconds: 10_000_000)
        }
        #expect(try !store.exists("2026-01-01"))
        #expect(try summedCalls(store) == 3)
    }

    @Test func whatSomebodyElseLeftInADueDayIsNoRemoval() throws {
        let store = try TestStore()
        try store.write("mine", to: "2026-01-01/notes.txt")
        try FileTree.createDirectory(store.path("2026-01-02"))
        #expect(try pruning(store).plan(command).removals.map(\.day) == [day("2026-01-02")])
        #expect(pruning(store).run(command).removals.map(\.day) == [day("2026-01-02")])
        #expect(try store.text("2026-01-01/notes.txt") == "mine")
        #expect(try !store.exists("2026-01-02"))
    }

    /// However many days are due, and whoever holds the lock: recording goes on soon.
    @Test func theWriterDoesNotWaitLongForTheLock() throws {
        let store = try TestStore()
        try fill(store, "2026-11-20")
        for number in 10...20 { try fill(store, "2026-01-\(number)") }
        let lock = try FileLock.tryAcquire(store.layout.lock)
        let start = SystemClock.monotonicNanoseconds()
        let result = pruning(store).run(.fromWriter)
        #expect(SystemClock.monotonicNanoseconds() - start < 2_000_000_000)
        #expect(result.problems.count == 1 && result.removals == [])
        #expect(try store.exists("2026-01-10/telemetry.jsonl"))
        _ = consume lock
    }

    @Test func withoutAStoreThereIsNothingToDo() throws {
        let store = try TestStore()
        let result = pruning(store).run(command)
        #expect(result.problems == [] && result.removals == [])
    }
}
