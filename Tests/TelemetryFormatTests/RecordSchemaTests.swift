import Foundation
import TelemetryFormat
import Testing

/// The schema, the page about the format, the reader and the writer say the same.
@Suite struct RecordSchemaTests {
    private static let time = #""timestamp":"2025-01-27T10:30:45Z""#

    private static let lines = [
        "{}", #"{\#(time)}"#, #"{"model":"m"}"#, #"{\#(time),"model":"m"}"#,
        #"{\#(time),"model":null}"#, #"{\#(time),"model":""}"#, #"{\#(time),"model":1}"#,
        #"{\#(time),"tokens":{}}"#, #"{\#(time),"tokens":{"input":null}}"#,
        #"{\#(time),"tokens":{"input":0}}"#, #"{\#(time),"tokens":{"total":700}}"#,
        #"{\#(time),"tokens":{"cache_write_1h":7}}"#, #"{\#(time),"tokens":{"other":7}}"#,
        #"{\#(time),"tokens":[]}"#, #"{\#(time),"tokens":null,"model":"m"}"#,
        #"{\#(time),"tokens":{"input":-1}}"#, #"{\#(time),"tokens":{"input":1.5}}"#,
        #"{\#(time),"tokens":{"input":5.0,"output":5e0}}"#, #"{\#(time),"tokens":{"input":"5"}}"#,
        #"{\#(time),"tokens":{"input":9007199254740992}}"#,
        #"{\#(time),"tokens":{"input":9007199254740993}}"#,
        #"{\#(time),"cost_usd":0}"#, #"{\#(time),"cost_usd":null}"#,
        #"{\#(time),"cost_usd":-0.1}"#, #"{\#(time),"cost_usd":100000}"#,
        #"{\#(time),"cost_usd":100000.1}"#, #"{\#(time),"cost_usd":"1"}"#,
        #"{\#(time),"cost_usd":1,"cloud_cost_equivalent":-1}"#,
        #"{\#(time),"model":"m","duration_ms":1.5}"#, #"{\#(time),"model":"m","duration_ms":-1}"#,
        #"{\#(time),"model":"m","duration_ms":1000000000}"#,
        #"{\#(time),"model":"m","duration_ms":1000000001}"#,
        #"{\#(time),"model":"m","ttft_ms":true}"#, #"{\#(time),"model":"m","success":"yes"}"#,
        #"{\#(time),"model":"m","success":null}"#, #"{\#(time),"model":"m","web_searches":-1}"#,
        #"{\#(time),"model":"m","prompt_chars":1.5}"#, #"{\#(time),"model":"m","agent_name":7}"#,
        #"{\#(time),"model":"m","metadata":[]}"#, #"{\#(time),"model":"m","metadata":null}"#,
        #"{\#(time),"model":"m","metadata":{"project":1}}"#,
        #"{\#(time),"model":"m","metadata":{"error":{"code":1},"x":[]}}"#,
        #"{\#(time),"model":"m","routing":[1],"else":{"deep":[]}}"#,
        #"{\#(time),"model":"m","event":"dropped"}"#, #"{\#(time),"model":"m","event":1}"#,
    ]

    @Test(arguments: lines)
    func schemaAndReaderAgree(line: String) throws {
        try expectAgreement(Array(line.utf8))
    }

    @Test(arguments: [
        "2025-01-27T10:30:45.123456789Z", "2025-01-27 10:30:45", "2025-01-27t10:30:45z",
        "2025-01-27T10:30:45+01:00", "2025-01-27T10:30:45-0330", "2025-01-27T10:30:60Z",
        "1999-12-31T23:30:00-01:00", "2100-12-31T23:59:59Z", "", "2025-01-27",
        "2025-01-27T10:30:45.", "2025-01-27T10:30:45.1234567890", "2025-01-27T24:00:00Z",
        "2025-13-27T10:30:45Z", "2025-01-32T10:30:45Z", "2025-01-27T10:60:45Z",
        "2025-01-27T10:30:61Z", "2025-01-27T10:30:45+1", "2025-01-27T10:30:45 Z",
        "1998-01-27T10:30:45Z", "2102-01-27T10:30:45Z", "x2025-01-27T10:30:45Z",
    ])
    func schemaAndReaderAgreeOnTimestamps(text: String) throws {
        try expectAgreement(Array(#"{"timestamp":"\#(text)","model":"m"}"#.utf8))
    }

    @Test func schemaAndReaderAgreeOnTheFixtures() throws {
        let lines = try Self.fixtureLines()
        #expect(lines.count > 20)
        for line in lines { try expectAgreement(line) }
    }

    @Test func theSchemaAcceptsWhatTheWriterWrites() throws {
        let schema = try RecordSchema()
        for call in [Self.fullCall, Self.sparseCall] {
            let line = call.jsonLine()
            #expect(schema.accepts(try JSONValue(parsing: line.span)))
            #expect(try Call(line: Array(line.dropLast()).span).jsonLine() == line)
        }
    }

    @Test func thePageNamesEveryRejection() throws {
        let page = try Self.text("docs/log-format.md")
        let table = page.split(separator: "| Rejection |").last ?? ""
        let rows = table.matches(of: /\n\| `([a-z0-9-]+)` \|/).map { String($0.1) }
        #expect(rows == Rejection.allCases.map(\.rawValue))
    }

    @Test func pageAndSchemaNameEveryMember() throws {
        let (page, schema) = (
            try Self.text("docs/log-format.md"), try Self.text("docs/record.schema.json")
        )
        for key in RecordKey.allCases {
            #expect(page.contains("`\(key.name)`"), "\(key.name) is not on the page")
            #expect(schema.contains("\"\(key.name)\": {"), "\(key.name) is not in the schema")
        }
    }

    // MARK: Helpers

    /// Rejections that are about single values, which is all that a schema can speak of.
    private static let expressible: Set<Rejection> = [
        .noTimestamp, .badTimestamp, .noCall, .badTokens, .badCost, .badDuration, .badValue,
    ]

    private func expectAgreement(_ line: [UInt8]) throws {
        var scanner = RecordScanner()
        let outcome = scanner.scan(line.span)
        if outcome == .blank { return }
        if case .rejected(let reason) = outcome, !Self.expressible.contains(reason) { return }
        let isAccepted = try RecordSchema().accepts(try JSONValue(parsing: line.span))
        #expect(isAccepted == (outcome == .call), "\(String(decoding: line, as: UTF8.self))")
    }

    private static func text(_ path: String) throws -> String {
        let file = RecordSchema.packageDirectory.appending(path: path)
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    private static func fixtureLines() throws -> [[UInt8]] {
        let folder = RecordSchema.packageDirectory.appending(path: "fixtures")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var lines: [[UInt8]] = []
        while let file = files?.nextObject() as? URL {
            let name = file.lastPathComponent
            guard name.hasPrefix("telemetry."), name.hasSuffix(".jsonl") else { continue }
            let bytes = Array(try Data(contentsOf: file))
            lines += bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
        }
        return lines
    }

    private static var sparseCall: Call {
        var call = Call()
        call.timestamp = Timestamp(milliseconds: 1_795_257_045_123)
        call.model = "m"
        return call
    }

    private static var fullCall: Call {
        var call = sparseCall
        (call.messageID, call.requestID, call.agentName) = ("m1", "r1", "a\u{1B}\u{202E}")
        (call.operation, call.provider, call.sessionID) = ("o", "p", "s")
        (call.userID, call.speed, call.serviceTier, call.region) = ("u", "fast", "flex", "us")
        (call.durationMilliseconds, call.timeToFirstTokenMilliseconds) = (1_234, 5)
        call.tokens = TokenCounts(
            input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cacheWriteOneHour: 1, reasoning: 1)
        (call.cost, call.cloudCostEquivalent) = (Money(units: 1), Money(units: 10_000_000_000_000))
        (call.success, call.error, call.webSearches) = (false, "no", 3)
        (call.promptHash, call.responseHash) = (SHA256.label(of: "p"), SHA256.label(of: "r"))
        (call.promptCharacters, call.responseCharacters) = (1, 1)
        (call.project, call.gitBranch, call.taskSource) = ("x", "main", "manual")
        (call.commandLineTool, call.persona, call.nexusMode) = ("claude", "p", "hybrid")
        call.metadata = [JSONMember(name: "tags", json: "[1,2]")]
        call.additional = [JSONMember(name: "routing", json: #"{"a":1}"#)]
        return call
    }
}
