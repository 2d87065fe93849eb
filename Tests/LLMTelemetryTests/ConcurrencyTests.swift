import LLMTelemetry
import Synchronization
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite(.serialized) struct ConcurrencyTests {
    /// Runs bodies on threads of their own and waits for all.
    private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let running = Counter(count)
        for index in 0..<count {
            let started = BackgroundThread.start {
                body(index)
                running.decrement()
            }
            #expect(started)
        }
        while running.value > 0 { SystemClock.sleep(nanoseconds: 1_000_000) }
    }

    /// The ids of all records; a line that is no record has none and so is missed.
    private func ids(in store: TestStore) throws -> [String] {
        var scanner = RecordScanner()
        var ids: [String] = []
        for file in store.files() where file.contains("/telemetry") {
            let rest = try SegmentReader(path: store.path(file)).forEachLine { line, _ in
                guard scanner.scan(line) == .call, let id = scanner.text(.messageID) else { return }
                ids.append(JSONString.decoded(id, in: line))
            }
            #expect(rest == 0)
        }
        return ids
    }

    @Test func allRecordsOfManyWritersArrive() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed: \(seed)")
        let store = try TestStore()
        let (writers, perWriter) = (8, 8_000)
        onThreads(writers) { writer in
            var generator = SeededGenerator(seed: seed &+ UInt64(writer))
            let telemetry = store.telemetry {
                $0.rotationBytes = 256 << 10
                $0.maximumBytes = 0
            }
            var index = 0
            while index < perWriter {
                let count = min(Int.random(in: 1...400, using: &generator), perWriter - index)
                let calls = (index..<index + count).map { number in
                    var call = call("\(writer)-\(number)")
                    let length = Int.random(in: 0...100, using: &generator)
                    call.operation = String(repeating: "x", count: length)
                    return call
                }
                #expect(throws: Never.self) { try telemetry.append(calls) }
                index += count
            }
        }
        let ids = try ids(in: store)
        #expect(ids.count == writers * perWriter)
        #expect(Set(ids).count == writers * perWriter)
    }

    @Test func rotationLosesNothing() throws {
        let store = try TestStore()
        onThreads(4) { writer in
            var appender = store.appender {
                $0.rotationBytes = 0
                $0.lockTimeoutMilliseconds = 1
            }
            for number in 0..<500 {
                let lines = (0..<5).map { line("\(writer)-\(number)-\($0)") }
                #expect(appender.append(batch(lines)).writtenRecords == 5)
            }
        }
        let ids = try ids(in: store)
        #expect(ids.count == 10_000)
        #expect(Set(ids).count == 10_000)
        let contents = try #require(try store.layout.contents(of: day("2026-11-21")))
        #expect(contents.segments.allSatisfy { $0.status.size <= 64 << 10 })
        #expect(contents.strangers == [])
    }

    @Test func theLockMayVanishAtAnyTime() throws {
        let store = try TestStore()
        let isDone = Counter(0)
        onThreads(3) { writer in
            if writer == 2 {
                // Whoever deletes the lock file breaks no writer; only then may two be at it at
                // once, and O_APPEND still keeps whole writes apart.
                while isDone.value < 2 {
                    try? FileTree.unlink(store.layout.lock)
                    SystemClock.sleep(nanoseconds: 200_000)
                }
                return
            }
            var appender = store.appender()
            for number in 0..<1_000 {
                let outcome = appender.append(batch([line("\(writer)-\(number)")]))
                #expect(outcome.writtenRecords == 1, "\(String(describing: outcome.error))")
            }
            isDone.increment()
        }
        #expect(Set(store.records().compactMap(\.messageID)).count == 2_000)
    }

    /// Days that are due are written to and removed at the same time, over and over.
    @Test func lateRecordsOfDueDaysAreNeitherLostNorCountedTwice() throws {
        let store = try TestStore()
        let writing = Counter(2)
        onThreads(4) { index in
            if index < 2 {
                var appender = store.appender { $0.lockTimeoutMilliseconds = 2 }
                for number in 0..<500 {
                    let name = "2026-01-0\(1 + number % 3)"
                    let late = line("\(index)-\(number)", at: "\(name)T10:00:00Z")
                    let outcome = appender.append(batch([late], day: name))
                    #expect(outcome.writtenRecords == 1, "\(String(describing: outcome.error))")
                }
                writing.decrement()
            } else {
                let pruning = Pruning(
                    layout: store.layout, settings: store.settings(), today: day("2026-11-21"))
                repeat {
                    let result = pruning.run(.command(includesArchived: false))
                    #expect(result.problems == [])
                } while writing.value > 0
            }
        }
        let summary = try #require(SummaryFile(layout: store.layout).read())
        let counting = summary.entries.filter { entry in
            entry.counts { day, name in (try? store.exists("\(day)/\(name)")) == true }
        }
        let entered = counting.flatMap(\.groups).reduce(0) { $0 + $1.usage.calls }
        #expect(Int(entered) + store.records().count == 1_000)
    }

    @Test func threeEnforcersAndTwoWritersKeepTheSums() throws {
        let store = try TestStore()
        let old = ["2026-11-17", "2026-11-18", "2026-11-19"]
        for name in old {
            let lines = (0..<2_000).map { line("\(name)-\($0)", at: "\(name)T10:00:00Z") }
            try store.write(lines.joined(separator: "\n") + "\n", to: "\(name)/telemetry.jsonl")
        }
        let removed = Counter(0)
        let writing = Counter(2)
        let change: @Sendable (inout StoreSettings) -> Void = {
            $0.maximumBytes = 600 << 10
            $0.rotationBytes = 0
        }
        onThreads(5) { index in
            if index < 2 {
                var appender = store.appender(change)
                for number in 0..<400 {
                    let lines = (0..<10).map { line("\(index)-\(number)-\($0)") }
                    #expect(appender.append(batch(lines)).writtenRecords == 10)
                }
                writing.decrement()
            } else {
                let pruning = Pruning(
                    layout: store.layout, settings: store.settings(change),
                    today: day("2026-11-21"))
                repeat {
                    let result = pruning.run(.command(includesArchived: false))
                    removed.add(Int(result.calls))
                } while writing.value > 0
            }
        }
        let last = Pruning(
            layout: store.layout, settings: store.settings(change), today: day("2026-11-21")
        ).run(.command(includesArchived: false))
        #expect(last.problems == [])
        removed.add(Int(last.calls))
        let summary = try #require(SummaryFile(layout: store.layout).read())
        let entered = summary.entries.flatMap(\.groups).reduce(0) { $0 + $1.usage.calls }
        let present = store.records().count
        #expect(Int(entered) + present == 6_000 + 8_000)
        #expect(removed.value == Int(entered))
        let days = try store.layout.days().compactMap { try store.layout.contents(of: $0) }
        #expect(days.reduce(0) { $0 + $1.bytes } <= (600 << 10) + (64 << 10))
    }
}

/// A number that several threads change.
final class Counter: Sendable {
    private let count: Atomic<Int>

    init(_ value: Int) { count = Atomic(value) }

    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func add(_ number: Int) { count.add(number, ordering: .sequentiallyConsistent) }
    func increment() { add(1) }
    func decrement() { add(-1) }
}

/// Random numbers that come again for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
