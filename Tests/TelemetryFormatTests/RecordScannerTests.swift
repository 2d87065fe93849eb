import TelemetryFormat
import Testing

@Suite struct RecordScannerTests {
    // MARK: What a line is

    @Test func takesTheExampleOfTheSpecification() throws {
        let line = #"""
            {"timestamp":"2025-01-27T10:30:45.123Z","agent_name":"doc-finder","operation":"search",
            "model":"claude-3-5-haiku","session_id":"abc123","user_id":"chadwalters",
            "duration_ms":1234,"tokens":{"input":500,"output":200,"total":700},
            "cost_usd":0.0025,"success":true,"prompt_hash":"sha256:abc",
            "response_hash":"sha256:def",
            "metadata":{"project":"spacewalker","git_branch":"main","error":null}}
            """#
        let scanner = try scanned(line)
        #expect(scanner.timestamp.iso8601 == "2025-01-27T10:30:45.123Z")
        #expect(scanner.tokens == TokenCounts(input: 500, output: 200))
        #expect(scanner.cost == Money(decimalText: "0.0025"))
        #expect(scanner.durationMilliseconds == 1234)
        #expect(scanner.success)
        #expect(scanner.text(.messageID) == nil)
    }

    static let outcomes: [(String, LineOutcome)] = [
        ("", .blank), (" \t\r", .blank), ("\u{0}\u{0}\u{0}", .blank), ("\u{0} \u{0}\r", .blank),
        ("\u{FEFF}", .blank), ("\u{FEFF} \r", .blank),
        (#"{"event":"dropped","count":3,"timestamp":"2026-11-21T10:30:45Z"}"#, .other),
        (#"{"event":"","model":5,"timestamp":false}"#, .other),
        (#"{"\u0065vent":"dropped"}"#, .other),
        (recordLine(#""event":null"#), .call), (recordLine(#""event":5"#), .call),
        (recordLine(#""event":{"a":1}"#), .call),
        (recordLine(#""event":true"#), .call), (recordLine(#""event":"note""#), .other),
        (#"{"event":"dropped""#, .rejected(.notJSON)),
        ("not json", .rejected(.notJSON)), ("{}", .rejected(.noTimestamp)),
        ("[]", .rejected(.notAnObject)), ("5", .rejected(.notAnObject)),
        ("null", .rejected(.notAnObject)), (#""text""#, .rejected(.notAnObject)),
        ("[1", .rejected(.notJSON)), ("[] x", .rejected(.notJSON)),
        (recordLine() + recordLine(), .rejected(.notJSON)),
        (recordLine() + "\u{0}", .rejected(.notJSON)),
        ("\u{0}" + recordLine(), .rejected(.notJSON)),
        ("\u{FEFF}\u{FEFF}" + recordLine(), .rejected(.notJSON)),
        (" \t" + recordLine() + " \r", .call), ("\u{FEFF}" + recordLine() + "\r", .call),
    ]

    @Test(arguments: outcomes)
    func everyLineIsExactlyOneThing(line: String, expected: LineOutcome) {
        #expect(verdict(line) == expected)
    }

    static let rejections: [(String, Rejection)] = [
        (#"{"model":"m"}"#, .noTimestamp), (#"{"timestamp":null,"model":"m"}"#, .noTimestamp),
        (#"{"timestamp":1737973845,"model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"","model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"yesterday","model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"2026-02-30T00:00:00Z","model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"1999-12-31T23:59:59Z","model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"2101-01-01T00:00:00Z","model":"m"}"#, .badTimestamp),
        (#"{"timestamp":["2026-11-21T10:30:45Z"],"model":"m"}"#, .badTimestamp),
        (#"{"timestamp":"2026-11-21T10:30:45Z"}"#, .noCall),
        (#"{"timestamp":"2026-11-21T10:30:45Z","agent_name":"a","duration_ms":5}"#, .noCall),
        (#"{"timestamp":"2026-11-21T10:30:45Z","model":null,"cost_usd":null}"#, .noCall),
        (#"{"timestamp":"2026-11-21T10:30:45Z","tokens":{"input":null}}"#, .noCall),
        (recordLine(#""tokens":5"#), .badTokens), (recordLine(#""tokens":[]"#), .badTokens),
        (recordLine(#""cost_usd":-1"#), .badCost), (recordLine(#""duration_ms":-1"#), .badDuration),
        (recordLine(#""ttft_ms":-1"#), .badDuration), (recordLine(#""ttft_ms":"5""#), .badDuration),
        (recordLine(#""web_searches":-1"#), .badValue),
        (recordLine(#""web_searches":1.5"#), .badValue),
        (recordLine(#""prompt_chars":"1""#), .badValue), (recordLine(#""success":1"#), .badValue),
        (recordLine(#""success":"true""#), .badValue), (recordLine(#""session_id":5"#), .badValue),
        (recordLine(#""metadata":[]"#), .badValue),
        (recordLine(#""metadata":{"project":5}"#), .badValue),
    ]

    @Test(arguments: rejections)
    func saysWhyALineIsNoCall(line: String, reason: Rejection) {
        #expect(verdict(line) == .rejected(reason))
    }

    @Test(arguments: [
        #""model":"m""#, #""tokens":{"output":0}"#, #""tokens":{"total":0}"#, #""cost_usd":0"#,
    ])
    func anyOfModelTokensAndCostMakesACall(member: String) {
        #expect(verdict(#"{"timestamp":"2026-11-21T10:30:45Z",\#(member)}"#) == .call)
    }

    @Test func everyOptionalMemberMayBeNull() {
        for key in RecordKey.allCases where key.place == .record {
            if key == .timestamp || key == .model { continue }
            #expect(verdict(recordLine(#""\#(key.name)":null"#)) == .call, "\(key.name)")
        }
        for key in RecordKey.allCases where key.place != .record {
            let place = key.place == .tokens ? "tokens" : "metadata"
            let line = recordLine(#""\#(place)":{"\#(key.name)":null}"#)
            #expect(verdict(line) == .call, "\(key.name)")
        }
    }

    @Test func unknownMembersMayBeAnything() {
        for value in ["null", "1e999", #""\ud800""#, "[[],{}]", #"{"timestamp":5,"event":"x"}"#] {
            #expect(verdict(recordLine(#""further":\#(value)"#)) == .call)
            #expect(verdict(recordLine(#""metadata":{"further":\#(value)}"#)) == .call)
            #expect(verdict(recordLine(#""tokens":{"further":\#(value)}"#)) == .call)
        }
        #expect(verdict(recordLine(#""input":"x","total":-1,"project":[],"error":5"#)) == .call)
    }

    // MARK: Times

    static let times: [(String, String)] = [
        ("2026-11-21T10:30:45Z", "2026-11-21T10:30:45.000Z"),
        ("2026-11-21T10:30:45", "2026-11-21T10:30:45.000Z"),
        ("2026-11-21T10:30:45.123456789Z", "2026-11-21T10:30:45.123Z"),
        ("2026-11-21T10:30:45.5+02:00", "2026-11-21T08:30:45.500Z"),
        ("2026-11-21T23:30:45-05:30", "2026-11-22T05:00:45.000Z"),
        ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00.000Z"),
        (#"2026-11-21T10:30:45.123\u005a"#, "2026-11-21T10:30:45.123Z"),
        (#"\u0032026-11-21T10:30:45Z"#, "2026-11-21T10:30:45.000Z"),
    ]

    @Test(arguments: times)
    func readsTimesHoweverTheyAreWritten(text: String, expected: String) throws {
        let line = #"{"timestamp":"\#(text)","model":"m"}"#
        #expect(try scanned(line).timestamp.iso8601 == expected)
    }

    // MARK: Repeated keys

    static let repetitions: [(String, Bool)] = [
        (#""agent_name":"a","agent_name":"a""#, true),
        (#""agent_name":"a","agent_name":"b""#, false),
        (#""agent_name":"a","agent_name":null"#, false),
        (#""agent_name":"a","\u0061gent_name":"a""#, true),
        (#""agent_name":"a","\u0061gent_name":"b""#, false),
        (#""agent_name":"a","agent_name":"\u0061""#, true),
        (#""agent_name":"é","agent_name":"\u00e9""#, true),
        (#""agent_name":"e\u0301","agent_name":"\u00e9""#, false),
        (#""agent_name":"\ud83d\ude00","agent_name":"😀""#, true),
        (#""cost_usd":1,"cost_usd":1"#, true), (#""cost_usd":1,"cost_usd":2"#, false),
        (#""cost_usd":1,"cost_usd":"1""#, false), (#""success":true,"success":true"#, true),
        (#""success":true,"success":false"#, false), (#""event":1,"event":2"#, false),
        (#""tokens":{"input":1,"input":1}"#, true), (#""tokens":{"input":1,"input":2}"#, false),
        (#""tokens":{"input":1},"tokens":{"input":1}"#, true),
        (#""tokens":{"input":1},"tokens":{"input":2}"#, false),
        (#""tokens":{"input":1},"tokens":{"output":1}"#, false),
        (#""tokens":{"input":1},"tokens":null"#, false),
        (#""metadata":{"project":"a","project":"b"}"#, false),
        (#""metadata":{"further":1,"further":2}"#, true), (#""further":1,"further":2"#, true),
        (#""input":1,"input":2"#, true), (#""project":1,"metadata":{"project":"a"}"#, true),
    ]

    @Test(arguments: repetitions)
    func aKeyMayBeRepeatedOnlyToSayTheSame(members: String, isAccepted: Bool) {
        #expect(verdict(recordLine(members)) == (isAccepted ? .call : .rejected(.duplicateKey)))
    }

    @Test func keysMayBeSpelledWithEscapes() throws {
        let line = #"{"\u0074imestamp":"2026-11-21T10:30:45Z","tok\u0065ns":{"inpu\u0074":5}}"#
        #expect(try scanned(line).tokens.input == 5)
    }

    @Test func keysAreComparedByteByByte() {
        for name in ["Model", "model ", "mode", "models", #"model\u0000"#, "mödel"] {
            #expect(
                verdict(#"{"timestamp":"2026-11-21T10:30:45Z","\#(name)":"m"}"#)
                    == .rejected(.noCall), "\(name)")
        }
    }

    @Test func manyRepeatedKeysTakeNoTime() {
        let members = Array(repeating: #""agent_name":"a""#, count: 100_000).joined(separator: ",")
        #expect(verdict(recordLine(members)) == .call)
    }

    // MARK: Limits

    @Test func nestingIsBounded() {
        func nested(_ arrays: Int) -> String {
            recordLine(
                "\"further\":" + String(repeating: "[", count: arrays)
                    + String(repeating: "]", count: arrays))
        }
        #expect(verdict(nested(RecordLimits.depth - 1)) == .call)
        #expect(verdict(nested(RecordLimits.depth)) == .rejected(.tooDeep))
        #expect(verdict(String(repeating: "[", count: 1_000_000)) == .rejected(.tooDeep))
        #expect(
            verdict(String(repeating: #"{"a":"#, count: 200_000)) == .rejected(.tooDeep))
    }

    @Test func theLineIsBounded() {
        let line = Array(recordLine().utf8)
        let padding = [UInt8](repeating: 0x20, count: RecordLimits.lineBytes - line.count)
        #expect(verdict(line + padding) == .call)
        #expect(verdict(line + padding + [0x20]) == .rejected(.tooLong))
    }

    // MARK: Public test data

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func takesThePublicParsingTestsAsLines() throws {
        let files = try Corpora.files(in: "JSONTestSuite/test_parsing")
        #expect(files.count > 300)
        let refusals: [LineOutcome] = [
            .rejected(.notJSON), .rejected(.invalidUTF8), .rejected(.tooDeep), .blank,
        ]
        for (name, bytes) in files {
            let isRefused = refusals.contains(verdict(bytes))
            switch name.prefix(2) {
            case "y_": #expect(!isRefused, "\(name)")
            case "n_": #expect(isRefused, "\(name)")
            default: break
            }
        }
    }

    @Test(.enabled(if: Corpora.arePresent, Corpora.skipReason))
    func takesTheRecordsOfAnotherProgram() throws {
        for day in ["2025-01-26", "2025-01-27", "2025-01-28"] {
            for (name, bytes) in try Corpora.files(in: "llm-cli-tools-core/\(day)") {
                for line in bytes.split(separator: 0x0A) {
                    #expect(verdict(Array(line)) == .call, "\(day)/\(name)")
                }
            }
        }
    }
}
