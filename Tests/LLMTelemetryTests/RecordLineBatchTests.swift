import LLMTelemetry
import TelemetryFormat
import Testing

@Suite struct RecordLineBatchTests {
    @Test func keepsLinesByteForByte() throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        let given = [
            #"  {"timestamp" : "2026-11-21T10:00:00+02:00", "msg_id":"a","model":"m","x":[ 1 ]} "#,
            #"{"msg_id":null,"timestamp":"2026-11-20T10:00:00Z","cost_usd":0}"#,
            "{\"timestamp\":\"2026-11-21T10:00:00Z\",\"msg_id\":\"\\u0062\",\"model\":\"m\"}\r",
        ]
        for text in given { try lines.add(Array(text.utf8).span) }
        #expect(lines.count == 3)
        let outcome = store.telemetry().append(lines)
        #expect(outcome.writtenRecords == 3)
        #expect(try store.text("2026-11-20/telemetry.jsonl") == given[1] + "\n")
        #expect(try store.text("2026-11-21/telemetry.jsonl") == "\(given[0])\n\(given[2])\n")
    }

    @Test func canBeFilledAgain() throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        for day in ["2026-11-20", "2026-11-21", "2026-11-20"] {
            let text = #"{"msg_id":"\#(day)","timestamp":"\#(day)T10:00:00Z","cost_usd":0}"#
            try lines.add(Array(text.utf8).span)
            #expect(lines.count == 1)
            #expect(lines.byteCount == text.utf8.count + 1)
            #expect(store.telemetry().append(lines).writtenRecords == 1)
            lines.removeAll()
            #expect(lines.count == 0)
            #expect(lines.byteCount == 0)
        }
        let text = try store.text("2026-11-20/telemetry.jsonl")
        #expect(text.utf8.split(separator: 0x0A).count == 2)
    }

    @Test(arguments: ["", "\u{FEFF}", "   "])
    func givesALineWithoutAnIdOne(lead: String) throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        let rest = #""timestamp":"2025-01-27T10:30:45.123Z","model":"m"}"#
        try lines.add(Array((lead + "{" + rest).utf8).span)
        _ = store.telemetry().append(lines)
        let text = try store.text("2025-01-27/telemetry.jsonl")
        #expect(text.hasPrefix(lead + #"{"msg_id":"0194"#))
        #expect(text.hasSuffix("\"," + rest + "\n"))
        #expect(store.records().first?.messageID?.utf8.count == 36)
    }

    @Test(arguments: [
        ("torn", Rejection.notJSON), ("[]", .notAnObject), (#"{"event":"x"}"#, .noCall),
        (#"{"model":"m"}"#, .noTimestamp), (#"{"timestamp":"2026-11-21T10:00:00Z"}"#, .noCall),
    ])
    func refusesWhatIsNoRecord(text: String, reason: Rejection) throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        #expect(throws: reason) { try lines.add(Array(text.utf8).span) }
        #expect(lines.count == 0)
    }

    @Test func passesBlankLinesOver() throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        try lines.add(Array("  \t\u{0}".utf8).span)
        #expect(lines.count == 0)
    }

    @Test func shortensARecordOverTheLimit() throws {
        let store = try TestStore()
        var lines = RecordLineBatch(settings: store.settings())
        let pad = String(repeating: "x", count: 2 << 20)
        let text = #"{"timestamp":"2026-11-21T10:00:00Z","model":"m","pad":"\#(pad)"}"#
        try lines.add(Array(text.utf8).span)
        #expect(lines.byteCount < 10_000)
        _ = store.telemetry().append(lines)
        #expect(store.records().first?.model == "m")
        #expect(store.records().first?.additional.first?.json.contains("truncated") == true)
    }
}
