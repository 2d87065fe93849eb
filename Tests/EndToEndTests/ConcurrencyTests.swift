import Foundation
import Testing

@Suite struct ConcurrencyTests {
    /// Eight writers at once, 64,000 records, rotation at 1 MiB: each record is there exactly once.
    @Test func eightWritersLoseAndDoubleNothing() throws {
        let sandbox = try Sandbox()
        let (writers, rounds, batch) = (8, 4, 2_000)
        let lanes = (0..<writers).map { writer in
            (0..<rounds).map { round in
                let records = (0..<batch).map {
                    Record.numbered($0, prefix: "w\(writer)-\(round)").line
                }
                return ProcessPool.Job(
                    invocation: sandbox.invocation(
                        ["log", "-"], input: records.joined(),
                        environment: ["LLM_TELEMETRY_ROTATE_MB": "1"]))
            }
        }
        try ProcessPool.run(lanes: lanes) { lane, job, outcome in
            #expect(outcome.succeeded, "writer \(lane), round \(job): \(outcome.errorText)")
        }
        let stored = try StoredLines(below: sandbox.store)
        #expect(stored.counts.count == writers * rounds * batch)
        #expect(stored.counts.values.allSatisfy { $0 == 1 })
        #expect(stored.unreadable == 0)
        #expect(stored.segments > 5)
        let totals = try sandbox.json("costs")["totals"]
        #expect(totals?["calls"]?.integer == writers * rounds * batch)
        #expect(totals?["cost_usd"] == .number("64"))
    }

    /// Queries read while writers write: counts only grow, and no half line is ever counted.
    @Test func readersSeeOnlyWholeRecords() throws {
        let sandbox = try Sandbox()
        let writing = (0..<2).map { writer in
            (0..<15).map { round in
                let records = (0..<100).map {
                    Record.numbered($0, prefix: "w\(writer)-\(round)").line
                }
                return ProcessPool.Job(
                    invocation: sandbox.invocation(["log", "-"], input: records.joined()))
            }
        }
        try sandbox.log([.numbered(0, prefix: "first")])
        let reading = (0..<2).map { _ in
            (0..<15).map { _ in
                ProcessPool.Job(invocation: sandbox.invocation(["costs", "--json"]))
            }
        }
        var last = [0, 0]
        try ProcessPool.run(lanes: writing + reading) { lane, _, outcome in
            #expect(outcome.succeeded, "\(outcome.errorText)")
            guard lane >= writing.count else { return }
            let calls = try JSON(parsing: outcome.output)["totals"]?["calls"]?.integer ?? -1
            #expect(calls >= last[lane - writing.count])
            last[lane - writing.count] = calls
        }
        #expect(try sandbox.json("costs")["totals"]?["calls"]?.integer == 3_001)
        #expect(try sandbox.json("cache-sync")["totals"]?["rejected"]?.integer == 0)
    }

    /// A lock that never comes free costs nothing but a segment of one's own.
    @Test func aLateLockMakesASegmentOfOnesOwn() throws {
        let sandbox = try Sandbox()
        try sandbox.log([.numbered(1)])
        let lock = open(sandbox.store.appending(path: ".lock").path(), O_RDWR | O_CLOEXEC)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        defer { close(lock) }
        try sandbox.log([.numbered(2)])
        let names = try sandbox.files().keys.map { String($0.dropFirst("2025-01-28/".count)) }
        #expect(names.contains { $0.wholeMatch(of: /telemetry\.w\d+-[0-9a-f]{8}\.jsonl/) != nil })
        let stored = try StoredLines(below: sandbox.store)
        #expect(stored.counts == ["m-1": 1, "m-2": 1])
        flock(lock, LOCK_UN)
        #expect(try sandbox.json("costs")["totals"]?["calls"]?.integer == 2)
    }

    /// Records of many past days rotate seldom; the last writer still leaves less than the cap.
    @Test func theCapHoldsWithoutAPrune() throws {
        let sandbox = try Sandbox()
        let lanes = (0..<4).map { writer in
            let records = (0..<2_500).map { number in
                Record.numbered(
                    number, prefix: "w\(writer)", at: "2025-01-2\(number % 8)T08:00:00Z"
                ).line
            }
            return [
                ProcessPool.Job(
                    invocation: sandbox.invocation(
                        ["log", "-"], input: records.joined(),
                        environment: ["LLM_STORAGE_MAX_SIZE_MB": "1"]))
            ]
        }
        try ProcessPool.run(lanes: lanes) { lane, _, outcome in
            #expect(outcome.succeeded, "lane \(lane): \(outcome.errorText)")
        }
        let size = try sandbox.files().filter { $0.key.contains("/") }.values.map(\.count)
            .reduce(0, +)
        #expect(size <= 1 << 20)
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 10_000)
    }

    /// The cap removes the oldest segments while writers write, and every call still counts.
    @Test func theCapKeepsTheTotals() throws {
        let sandbox = try Sandbox()
        let environment = ["LLM_STORAGE_MAX_SIZE_MB": "1"]
        let writing = (0..<4).map { writer in
            (0..<5).map { round in
                let records = (0..<400).map { number in
                    Record.numbered(
                        number, prefix: "w\(writer)-\(round)",
                        at: "2025-01-2\(4 + round)T08:00:00Z"
                    ).line
                }
                return ProcessPool.Job(
                    invocation: sandbox.invocation(
                        ["log", "-"], input: records.joined(), environment: environment))
            }
        }
        let pruning = (0..<8).map { _ in
            ProcessPool.Job(invocation: sandbox.invocation(["prune"], environment: environment))
        }
        try sandbox.log([.numbered(0, prefix: "first")])
        try ProcessPool.run(lanes: writing + [pruning]) { lane, _, outcome in
            #expect(outcome.succeeded, "lane \(lane): \(outcome.errorText)")
        }
        #expect(try sandbox.run("prune", environment: environment).succeeded)
        let size = try sandbox.files().filter { $0.key.contains("/") }.values.map(\.count)
            .reduce(0, +)
        #expect(size <= 1 << 20)
        #expect(try sandbox.json("costs", "all")["totals"]?["calls"]?.integer == 8_001)
    }
}
