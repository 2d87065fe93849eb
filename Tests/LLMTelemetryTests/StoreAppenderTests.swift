import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct StoreAppenderTests {
    private let active = "2026-11-21/telemetry.jsonl"

    @Test func makesEverythingForTheOwnerOnly() throws {
        let store = try TestStore()
        var appender = store.appender()
        let outcome = appender.append(batch([line("a")]))
        #expect(outcome.error == nil)
        #expect(outcome.writtenRecords == 1)
        #expect(outcome.createdDays == [day("2026-11-21")])
        #expect(try store.text(active) == line("a") + "\n")
        for path in [store.layout.root, store.path("2026-11-21")] {
            #expect(try FileStatus.of(path)?.permissions == 0o700)
        }
        for path in [store.path(active), store.layout.lock] {
            #expect(try FileStatus.of(path)?.permissions == 0o600)
        }
    }

    @Test func eachDayHasItsDirectory() throws {
        let store = try TestStore()
        var appender = store.appender()
        var lines = batch([line("a")], day: "2026-11-20")
        lines.append(Array(line("b").utf8), to: .init(day: day("2026-11-21"), content: .telemetry))
        lines.append(Array("{}".utf8), to: .init(day: day("2026-11-21"), content: .prompts))
        let outcome = appender.append(lines)
        #expect(outcome.writtenRecords == 2)
        #expect(
            store.files().filter { $0.hasSuffix("jsonl") } == [
                "2026-11-20/telemetry.jsonl", "2026-11-21/prompts.jsonl", active,
            ])
    }

    @Test(arguments: [#"{"timestamp":"2026"#, "x", "\u{0}\u{0}"])
    func doesNotGlueARecordToATornOne(tail: String) throws {
        let store = try TestStore()
        try store.write(line("a") + "\n" + tail, to: active)
        var appender = store.appender()
        #expect(appender.append(batch([line("b")])).writtenRecords == 1)
        #expect(try store.text(active) == "\(line("a"))\n\(tail)\n\(line("b"))\n")
        #expect(store.records().map(\.messageID) == ["a", "b"])
    }

    @Test func rotatesAFullSegmentAndNumbersOn() throws {
        let store = try TestStore()
        var appender = store.appender { $0.rotationBytes = 0 }
        try store.write("", to: "2026-11-21/telemetry.0007.jsonl")
        let long = #"{"pad":"\#(String(repeating: "x", count: 40_000))"}"#
        for _ in 0..<3 { #expect(appender.append(batch([long])).error == nil) }
        #expect(
            store.files().filter { $0.contains("telemetry") } == [
                "2026-11-21/telemetry.0007.jsonl", "2026-11-21/telemetry.0008.jsonl",
                "2026-11-21/telemetry.0009.jsonl", active,
            ])
        #expect(try store.text("2026-11-21/telemetry.0009.jsonl") == long + "\n")
    }

    @Test func numbersOnAfterWhatWasRemoved() throws {
        let store = try TestStore()
        var appender = store.appender { $0.rotationBytes = 0 }
        let long = #"{"pad":"\#(String(repeating: "x", count: 40_000))"}"#
        for _ in 0..<3 { _ = appender.append(batch([long])) }
        let entry = RemovalSummary.Entry(
            day: day("2026-11-21"),
            segments: [.init(name: "telemetry.0041.jsonl", bytes: 1, sha256: "")], groups: [])
        try SummaryFile(layout: store.layout).replace(with: RemovalSummary(entries: [entry]))
        _ = appender.append(batch([long]))
        #expect(try store.exists("2026-11-21/telemetry.0042.jsonl"))
    }

    @Test func othersMayRotateBetweenBatches() throws {
        let store = try TestStore()
        var first = store.appender { $0.rotationBytes = 0 }
        var second = store.appender { $0.rotationBytes = 0 }
        let long = #"{"pad":"\#(String(repeating: "x", count: 40_000))"}"#
        for _ in 0..<5 {
            #expect(first.append(batch([long])).writtenRecords == 1)
            #expect(second.append(batch([long])).writtenRecords == 1)
        }
        #expect(try store.text("2026-11-21/telemetry.0009.jsonl") == long + "\n")
        #expect(try store.text(active) == long + "\n")
        #expect(try store.lines().count == 10)
    }

    @Test func seesWhatOthersAppendedBetweenBatches() throws {
        let store = try TestStore()
        var appender = store.appender()
        #expect(appender.append(batch([line("a")])).writtenRecords == 1)
        try run("sh", "-c", "printf torn >> '\(store.path(active))'")
        #expect(appender.append(batch([line("b")])).writtenRecords == 1)
        #expect(appender.append(batch([line("c")])).writtenRecords == 1)
        #expect(
            try store.text(active) == "\(line("a"))\ntorn\n\(line("b"))\n\(line("c"))\n")
    }

    /// Whoever appends all the time is told of changes instead of looking for them.
    @Test(arguments: [
        "mv 2026-11-21/telemetry.jsonl 2026-11-21/telemetry.0001.jsonl",
        "mv 2026-11-21 moved", "rm -r 2026-11-21", "rm 2026-11-21/telemetry.jsonl",
        "rm -r ../store", "rm .lock && mv 2026-11-21 moved",
        "cp 2026-11-21/telemetry.jsonl new && mv new 2026-11-21/telemetry.jsonl",
    ])
    func noticesWhatBecameOfItsSegmentBetweenManyBatches(command: String) throws {
        let store = try TestStore()
        var appender = store.appender()
        let end = SystemClock.monotonicNanoseconds() + 50_000_000
        while SystemClock.monotonicNanoseconds() < end {
            #expect(appender.append(batch([line("a")])).writtenRecords == 1)
        }
        try run("sh", "-c", "cd '\(store.layout.root)' && \(command)")
        for _ in 0..<3 { #expect(appender.append(batch([line("b")])).writtenRecords == 1) }
        #expect(try store.text(active).hasSuffix(String(repeating: line("b") + "\n", count: 3)))
    }

    @Test func seesWhatOthersAppendedBetweenManyBatches() throws {
        let store = try TestStore()
        var appender = store.appender()
        let end = SystemClock.monotonicNanoseconds() + 50_000_000
        while SystemClock.monotonicNanoseconds() < end {
            #expect(appender.append(batch([line("a")])).writtenRecords == 1)
        }
        try run("sh", "-c", "printf torn >> '\(store.path(active))'")
        #expect(appender.append(batch([line("b")])).writtenRecords == 1)
        #expect(try store.text(active).hasSuffix("\ntorn\n\(line("b"))\n"))
    }

    @Test func aDayThatWasMovedAwayGetsNoMoreRecords() throws {
        let store = try TestStore()
        var appender = store.appender()
        _ = appender.append(batch([line("a")]))
        try FileTree.rename(store.path("2026-11-21"), to: store.path("moved"))
        #expect(appender.append(batch([line("b")])).createdDays == [day("2026-11-21")])
        #expect(try store.text("moved/telemetry.jsonl") == line("a") + "\n")
        #expect(try store.text(active) == line("b") + "\n")
    }

    @Test func manyDaysNeedFewOpenFiles() throws {
        let store = try TestStore()
        var appender = store.appender()
        for round in 0..<3 {
            for number in 10..<30 {
                let outcome = appender.append(batch([line("\(round)")], day: "2026-11-\(number)"))
                #expect(outcome.writtenRecords == 1)
            }
        }
        #expect(try store.text("2026-11-29/telemetry.jsonl").utf8.split(separator: 0x0A).count == 3)
        #expect(try store.lines().count == 60)
    }

    @Test func splitsABatchOverSegments() throws {
        let store = try TestStore()
        var appender = store.appender { $0.rotationBytes = 0 }
        let lines = (0..<2000).map { line("\($0)") }
        let outcome = appender.append(batch(lines))
        #expect(outcome.writtenRecords == 2000)
        let segments = try #require(try store.layout.contents(of: day("2026-11-21"))).segments
        #expect(segments.count > 2)
        #expect(segments.allSatisfy { $0.status.size <= 64 << 10 })
        #expect(store.records().map(\.messageID) == (0..<2000).map { "\($0)" })
    }

    @Test func aLineLongerThanASegmentGetsOneOfItsOwn() throws {
        let store = try TestStore()
        var appender = store.appender { $0.rotationBytes = 0 }
        let long = #"{"pad":"\#(String(repeating: "x", count: 200_000))"}"#
        #expect(appender.append(batch([line("a"), long, line("b")])).writtenRecords == 3)
        #expect(try store.text("2026-11-21/telemetry.0002.jsonl") == long + "\n")
    }

    @Test func aLateLockIsNotWaitedFor() throws {
        let store = try TestStore()
        var appender = store.appender { $0.lockTimeoutMilliseconds = 20 }
        _ = appender.append(batch([line("a")]))
        let lock = try FileLock.tryAcquire(store.layout.lock)
        let start = SystemClock.monotonicNanoseconds()
        #expect(appender.append(batch([line("b")])).writtenRecords == 1)
        #expect(appender.append(batch([line("c")])).writtenRecords == 1)
        #expect(SystemClock.monotonicNanoseconds() - start < 2_000_000_000)
        let own = store.files().filter { $0.contains("telemetry.w") }
        #expect(own.count == 1)
        #expect(try store.text(own[0]) == "\(line("b"))\n\(line("c"))\n")
        let isHeld = try !FileDescriptor.openForReading(store.path(own[0])).tryLock()
        #expect(isHeld)
        _ = consume lock
        #expect(appender.append(batch([line("d")])).writtenRecords == 1)
        #expect(try store.text(active) == "\(line("a"))\n\(line("d"))\n")
        let file = try FileDescriptor.openForReading(store.path(own[0]))
        let isFree = try file.tryLock()
        #expect(isFree)
    }

    @Test func anOwnSegmentThatWasMovedAwayIsReplaced() throws {
        let store = try TestStore()
        var appender = store.appender { $0.lockTimeoutMilliseconds = 0 }
        _ = appender.append(batch([line("a")]))
        let lock = try FileLock.tryAcquire(store.layout.lock)
        _ = appender.append(batch([line("b")]))
        try FileTree.rename(store.path("2026-11-21"), to: store.path("moved"))
        #expect(appender.append(batch([line("c")])).writtenRecords == 1)
        #expect(store.records().map(\.messageID) == ["c"])
        _ = consume lock
    }

    @Test func theDayMayVanishBetweenBatches() throws {
        let store = try TestStore()
        var appender = store.appender()
        for round in 0..<20 {
            #expect(appender.append(batch([line("\(round)")])).error == nil)
            try run("rm", "-rf", round % 2 == 0 ? store.path("2026-11-21") : store.layout.root)
        }
        #expect(appender.append(batch([line("last")])).writtenRecords == 1)
        #expect(store.records().map(\.messageID) == ["last"])
    }

    @Test(arguments: [
        "mkfifo", "mkdir", "ln -s ../../victim", "ln -s /dev/full", "ln ../../victim",
    ])
    func writesThroughNothingButItsOwnFile(command: String) throws {
        let store = try TestStore()
        var appender = store.appender()
        _ = appender.append(batch([line("a")], day: "2026-11-20"))
        try FileTree.createDirectory(store.path("2026-11-21"))
        try AtomicReplacement.write(Array("mine".utf8).span, to: store.directory + "/victim")
        try run(
            "sh", "-c", "cd '\(store.path("2026-11-21"))' && \(command) telemetry.jsonl")
        let start = SystemClock.monotonicNanoseconds()
        let outcome = appender.append(batch([line("b")]))
        #expect(SystemClock.monotonicNanoseconds() - start < 1_000_000_000)
        #expect(outcome.writtenRecords == 0)
        #expect(outcome.droppedRecords == 1)
        #expect(outcome.error != nil)
        let victim = try FileContents.read(store.directory + "/victim", maximumBytes: 100)
        #expect(victim == Array("mine".utf8))
    }

    @Test func doesNotFollowALinkInThePlaceOfADay() throws {
        let store = try TestStore()
        var appender = store.appender()
        _ = appender.append(batch([line("a")], day: "2026-11-20"))
        try FileTree.createDirectory(store.directory + "/victim")
        try run("ln", "-s", store.directory + "/victim", store.path("2026-11-21"))
        #expect(appender.append(batch([line("b")])).droppedRecords == 1)
        #expect(DirectoryListing.walk(store.directory + "/victim").files == [])
    }

    @Test func aFileWhereTheStoreShouldBeIsAnError() throws {
        let store = try TestStore()
        try AtomicReplacement.write(Array("x".utf8).span, to: store.layout.root)
        var appender = store.appender()
        let outcome = appender.append(batch([line("a"), line("b")]))
        #expect(outcome.droppedRecords == 2)
        #expect(outcome.error?.symbol == "ENOTDIR")
    }

    /// A file system of 64 kB, for those who may mount one.
    @Test func keepsWhatAFullDiskTookAndNothingTwice() throws {
        let store = try TestStore()
        try FileTree.createDirectory(store.layout.root)
        do {
            try run(
                "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", store.layout.root)
        } catch {
            return print("skipped: mounting a small file system is not allowed here")
        }
        defer {
            _ = try? Subprocess.run(["umount", store.layout.root], maximumOutputBytes: 0) { _ in
                true
            }
        }
        var appender = store.appender()
        let lines = (0..<2000).map { line("\($0)") }
        let outcome = appender.append(batch(lines))
        #expect(outcome.error?.symbol == "ENOSPC")
        #expect(outcome.writtenRecords > 0)
        #expect(outcome.writtenRecords + outcome.droppedRecords == 2000)
        #expect(try store.text(active).hasSuffix("\n"))
        #expect(
            store.records().map(\.messageID) == (0..<outcome.writtenRecords).map { "\($0)" })
    }

    @Test func syncsWhenAsked() throws {
        let store = try TestStore()
        var appender = store.appender { $0.synchronization = .always }
        #expect(appender.append(batch([line("a")])).error == nil)
        #expect(store.records().count == 1)
    }

    /// The totals of a removed segment count only while no file of its name is there.
    @Test func aLateRecordOfARemovedDaySilencesNoTotals() throws {
        let store = try TestStore()
        let entry = RemovalSummary.Entry(
            day: day("2026-10-01"),
            segments: [.init(name: "telemetry.jsonl", bytes: 1, sha256: "")], groups: [])
        try FileTree.createDirectories(store.layout.root)
        try SummaryFile(layout: store.layout).replace(with: RemovalSummary(entries: [entry]))
        var appender = store.appender()
        for id in ["a", "b"] {
            let late = line(id, at: "2026-10-01T10:00:00Z")
            #expect(appender.append(batch([late], day: "2026-10-01")).writtenRecords == 1)
        }
        #expect(try !store.exists("2026-10-01/telemetry.jsonl"))
        #expect(store.files().filter { $0.contains("2026-10-01/telemetry.w") }.count == 1)
        #expect(store.records().map(\.messageID) == ["a", "b"])
    }
}
