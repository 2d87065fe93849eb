import Foundation
import Testing

@testable import TelemetryIndex

/// Which of several lines about one call is the call.
@Suite struct WinnerSelectionTests {
    /// A line of the call `m`, told apart by its operation.
    private static func line(
        _ operation: String, _ tokens: String = #"{"input":10,"output":5}"#,
        at time: String = "2026-10-01T10:00:00Z", session: String? = "s", more: String = ""
    ) -> String {
        let sessionMember = session.map { #","session_id":"\#($0)""# } ?? ""
        return #"{"timestamp":"\#(time)","msg_id":"m","model":"gpt-5","operation":"\#(operation)","#
            + #""tokens":\#(tokens)\#(sessionMember)\#(more)}"# + "\n"
    }

    /// By what a line wins, the line, and the one that it beats.
    static let rules: [(String, String, String)] = [
        (
            "output tokens", line("winner", #"{"input":1,"output":6}"#, at: "2026-10-01T11:00:00Z"),
            line("loser", #"{"input":900,"output":5,"cache_write_1h":1}"#)
        ),
        (
            "total tokens",
            line("winner", #"{"input":11,"output":5}"#, at: "2026-10-01T11:00:00Z"),
            line("loser", more: #","speed":"fast""#)
        ),
        (
            "total tokens without parts", line("winner", #"{"total":900}"#),
            line("loser", #"{"input":899}"#, at: "2026-10-01T09:00:00Z")
        ),
        (
            "its speed", line("winner", at: "2026-10-01T11:00:00Z", more: #","speed":"standard""#),
            line("loser")
        ),
        (
            "its split of cache writes",
            line(
                "winner", #"{"input":10,"output":5,"cache_write_1h":0}"#,
                at: "2026-10-01T11:00:00Z"),
            line("loser")
        ),
        (
            "its time, nulls telling nothing", line("winner"),
            line(
                "loser", #"{"input":10,"output":5,"cache_write_1h":null}"#,
                at: "2026-10-01T11:00:00Z", more: #","speed":null"#)
        ),
        (
            "its time", line("winner", session: "z"),
            line("loser", at: "2026-10-01T10:00:00.001Z", session: "a")
        ),
        (
            "its session's end",
            line("winner", session: "z")
                + record("o1", at: "2026-10-01T10:30:00Z", session: "z"),
            line("loser", session: "a") + record("o2", at: "2026-10-01T10:31:00Z", session: "a")
        ),
        (
            "its session's end, none being at once",
            line("winner", session: nil),
            line("loser", session: "a") + record("o2", at: "2026-10-01T10:31:00Z", session: "a")
        ),
        ("its session's id", line("winner", session: "a"), line("loser", session: "b")),
    ]

    @Test(arguments: rules)
    func theOrderOfArrivalDoesNotMatter(rule: (by: String, winner: String, loser: String)) throws {
        let names = ["2026-10-01/telemetry.jsonl", "2026-10-02/telemetry.jsonl"]
        for places in [names, names.reversed()] {
            for winnerIsFirst in [true, false] {
                let store = try TemporaryStore()
                let files = [(places[0], rule.winner), (places[1], rule.loser)]
                for (name, text) in winnerIsFirst ? files : files.reversed() {
                    try store.write(name, text)
                    try store.sync()
                }
                #expect(try operation(store) == ["winner"], "by \(rule.by)")
                #expect(try store.differenceFromRebuild() == nil, "by \(rule.by)")
            }
        }
    }

    private func operation(_ store: TemporaryStore) throws -> [String] {
        try store.rows("SELECT operation FROM calls WHERE msg_id = 'm'")
    }

    @Test func ofEqualLinesTheOneInTheFirstFileIsKept() throws {
        for names in [["2026-10-01", "2026-10-02"], ["2026-10-02", "2026-10-01"]] {
            let store = try TemporaryStore()
            for name in names {
                try store.write("\(name)/telemetry.jsonl", Self.line("in \(name)"))
                try store.sync()
            }
            #expect(try operation(store) == ["in 2026-10-01"])
        }
    }

    @Test func ofEqualLinesOfAFileTheFirstIsKept() throws {
        let store = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", Self.line("first"))
        try store.sync()
        try store.append("2026-10-01/telemetry.jsonl", Self.line("second"))
        let summary = try store.sync()
        #expect(try operation(store) == ["first"])
        #expect(summary.lines == .init(duplicate: 1))
    }

    @Test func everyOrderOfArrivalGivesTheSameCache() throws {
        let files = [
            (
                "2026-10-01/telemetry.jsonl",
                Self.line("a", session: "z") + record("o", session: "z")
            ),
            ("2026-10-01/telemetry.0001.jsonl", Self.line("b", session: "y")),
            (
                "2026-10-02/telemetry.jsonl",
                Self.line("c", session: "x") + record("o", session: "x")
            ),
            (
                "2026-10-03/telemetry.jsonl",
                record("p", at: "2026-10-01T12:00:00Z", session: "x") + Self.line("d", session: nil)
            ),
        ]
        var dumps: [[String]] = []
        for order in permutations(files.indices.map { $0 }) {
            let store = try TemporaryStore()
            for index in order {
                try store.write(files[index].0, files[index].1)
                try store.sync()
            }
            let columns = "msg_id, operation, session_id, timestamp, line_offset"
            dumps.append(try store.rows("SELECT \(columns) FROM calls ORDER BY msg_id"))
            #expect(dumps.last == dumps.first, "\(order)")
            #expect(try store.differenceFromRebuild() == nil, "\(order)")
        }
        #expect(dumps.count == 24)
    }

    private func permutations(_ values: [Int]) -> [[Int]] {
        if values.count < 2 { return [values] }
        return values.flatMap { first in
            permutations(values.filter { $0 != first }).map { [first] + $0 }
        }
    }

    @Test func whenTheWinnerGoesTheRightLoserTakesItsPlace() throws {
        let store = try TemporaryStore()
        let outputs = [7, 9, 3, 8]
        for (index, output) in outputs.enumerated() {
            try store.write(
                "2026-10-0\(index + 1)/telemetry.jsonl",
                Self.line("output \(output)", #"{"output":\#(output)}"#))
        }
        try store.sync()
        for output in outputs.sorted(by: >) {
            #expect(try operation(store) == ["output \(output)"])
            #expect(try store.differenceFromRebuild() == nil)
            try store.remove("2026-10-0\(outputs.firstIndex(of: output)! + 1)")
            let summary = try store.sync()
            #expect(summary.lines == .init() && summary.files.removed == 1)
        }
        #expect(try operation(store).isEmpty)
    }

    @Test func aSessionThatGoesOnLosesWhatItHadCopied() throws {
        let store = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", Self.line("in b", session: "b"))
        try store.write("2026-10-02/telemetry.jsonl", Self.line("in a", session: "a"))
        try store.sync()
        #expect(try operation(store) == ["in a"])
        let name = "2026-10-03/telemetry.jsonl"
        try store.write(name, record("later", at: "2026-10-03T10:00:00Z", session: "a"))
        try store.sync()
        #expect(try operation(store) == ["in b"])
        #expect(try store.differenceFromRebuild() == nil)
        try store.remove(name)
        try store.sync()
        #expect(try operation(store) == ["in a"])
        #expect(try store.differenceFromRebuild() == nil)
    }

    // MARK: What identifies a call

    static let identities: [(String, String, Int)] = [
        (record("m"), record("m"), 1), (record("m"), record("n"), 2), (record(), record(), 2),
        (record("m"), record(), 2), (record("m", request: "r"), record("m", request: "r"), 1),
        (record("m", request: "r"), record("m", request: "q"), 2),
        (record("m", request: "r"), record("m"), 2),
        (record(nil, request: "r"), record(nil, request: "r"), 2),
        (record("mr"), record("m", request: "r"), 2), (record("m"), record(#"\u006d"#), 1),
        (record("é"), record(#"\u00e9"#), 1), (record(#"e\u0301"#), record("é"), 2),
        (record("M"), record("m"), 2), (record("m"), record("m "), 2),
        (record(#"m\u0000"#), record("m"), 2),
        (record(#"a\u0000b"#), record("a", request: "b"), 2),
    ]

    @Test(arguments: identities)
    func messageAndRequestIDTogetherIdentifyACall(first: String, second: String, calls: Int) throws
    {
        let store = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", first + second)
        let summary = try store.sync()
        #expect(summary.totals == .init(calls: Int64(calls), duplicates: Int64(2 - calls)))
        #expect(summary.lines == .init(ingested: Int64(calls), duplicate: Int64(2 - calls)))
        #expect(try store.rows("SELECT count(*) FROM calls") == ["\(calls)"])
    }

    @Test func callsWhoseKeysCollideStayApart() throws {
        let store = try TemporaryStore()
        try store.write("2026-10-01/telemetry.jsonl", record("m") + record("n") + record("n"))
        try store.sync()
        // Two identities under one key, as an accident of hashing would give them.
        try store.execute("UPDATE call SET key = (SELECT min(key) FROM call), kept = 1")
        let key = try store.rows("SELECT DISTINCT key FROM call")
        #expect(key.count == 1)
        let connection = try CacheLocation(directory: store.path).openForWriting()
        var selection = try WinnerSelection(connection)
        selection.touch(UInt64(bitPattern: Int64(key[0])!))
        var hours: Set<Int> = []
        try selection.resolve(&hours)
        #expect(hours.count == 1)
        #expect(try store.rows("SELECT msg_id FROM call WHERE kept ORDER BY 1") == ["m", "n"])
    }
}
