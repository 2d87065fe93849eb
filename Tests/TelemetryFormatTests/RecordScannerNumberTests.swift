import TelemetryFormat
import Testing

/// What a record's numbers mean.
@Suite struct RecordScannerNumberTests {
    static let counts: [(String, TokenCounts)] = [
        (#"{"input":500,"output":200,"total":700}"#, TokenCounts(input: 500, output: 200)),
        (#"{"input":500,"output":200,"total":9}"#, TokenCounts(input: 500, output: 200)),
        (#"{"input":0,"total":700}"#, TokenCounts()),
        (#"{"total":700}"#, TokenCounts(unsplit: 700)),
        (#"{"total":700,"input":null,"output":null}"#, TokenCounts(unsplit: 700)),
        (
            #"{"input":1,"output":2,"cache_read":4,"cache_write":8,"cache_write_1h":3}"#,
            TokenCounts(input: 1, output: 2, cacheRead: 4, cacheWrite: 8, cacheWriteOneHour: 3)
        ),
        (#"{"cache_read":4}"#, TokenCounts(cacheRead: 4)),
        (
            #"{"cache_write":2,"cache_write_1h":5}"#,
            TokenCounts(cacheWrite: 2, cacheWriteOneHour: 2)
        ),
    ]

    @Test(arguments: counts)
    func partsAreWhatCounts(tokens: String, expected: TokenCounts) throws {
        let scanner = try scanned(recordLine(#""tokens":\#(tokens)"#))
        #expect(scanner.tokens == expected)
        #expect(scanner.hasTokens)
        #expect(scanner.hasOnlyTotal == (expected.unsplit > 0))
    }

    @Test func reasoningIsInsideTheOutput() throws {
        let line = recordLine(#""tokens":{"input":1,"output":5,"reasoning":3}"#)
        let tokens = try scanned(line).tokens
        #expect(tokens.total == 6 && tokens.reasoning == 3)
    }

    static let wholeNumbers: [(String, Int64?)] = [
        ("0", 0), ("-0", 0), ("5", 5), ("5.0", 5), ("5e2", 500), ("5.25E+2", 525), ("500e-2", 5),
        ("9007199254740992", 9_007_199_254_740_992), ("9007199254740992.0", 9_007_199_254_740_992),
        ("9.007199254740992e15", 9_007_199_254_740_992), ("0e999999999999", 0),
        ("9007199254740993", nil), ("9223372036854775808", nil), ("1e16", nil), ("1e400", nil),
        ("99999999999999999999999999999999999999999", nil), ("1e99999999999999999999", nil),
        ("-1", nil), ("-0.5", nil), ("0.5", nil), ("5.5", nil), ("1e-1", nil),
        ("5.00000000000000000001", nil), ("1e-20", nil), ("-1e-20", nil),
        ("\"5\"", nil), ("true", nil), ("[5]", nil), ("{}", nil),
    ]

    @Test(arguments: wholeNumbers)
    func aTokenCountIsAWholeNumberUpTo2To53(text: String, expected: Int64?) {
        for key in RecordKey.allCases where key.place == .tokens {
            let line = recordLine(#""tokens":{"\#(key.name)":\#(text)}"#)
            #expect(
                verdict(line) == (expected == nil ? .rejected(.badTokens) : .call), "\(key.name)")
        }
        let line = recordLine(#""tokens":{"input":\#(text)}"#)
        // That the refused ones throw is checked above.
        if let expected { #expect((try? scanned(line))?.tokens.input == expected) }
    }

    static let costs: [(String, String?)] = [
        ("0", "0"), ("0.0", "0"), ("-0", "0"), ("0e5", "0"), ("0.0025", "0.0025"),
        ("2.5e-3", "0.0025"), ("25E-4", "0.0025"), ("0.25e-2", "0.0025"), ("1e5", "100000"),
        ("100000", "100000"), ("100000.0000000000001", nil), ("100001", nil), ("1e308", nil),
        ("1e400", nil), ("1e999999999999999999999", nil), ("-0.01", nil),
        ("0.00000000000004", "0"), ("0.00000000000006", "0.0000000000001"),
        ("0.12345678901234567", "0.1234567890123"), ("0.1234567890125555", "0.1234567890126"),
        ("1e-400", "0"), ("\"0.1\"", nil), ("true", nil), ("[]", nil), ("{}", nil),
    ]

    @Test(arguments: costs)
    func aCostIsExactDollarsWithinReason(text: String, expected: String?) throws {
        for name in ["cost_usd", "cloud_cost_equivalent"] {
            let line = recordLine(#""\#(name)":\#(text)"#)
            guard let expected else {
                #expect(verdict(line) == .rejected(.badCost), "\(name)")
                continue
            }
            let scanner = try scanned(line)
            let cost = name == "cost_usd" ? scanner.cost : scanner.cloudCostEquivalent
            #expect(cost == Money(decimalText: expected), "\(name)")
        }
    }

    @Test func freeIsNotUnknown() throws {
        #expect(try scanned(recordLine(#""cost_usd":0"#)).cost == .zero)
        #expect(try scanned(recordLine(#""cost_usd":null"#)).cost == nil)
        #expect(try scanned(recordLine()).cost == nil)
    }

    static let durations: [(String, Int64?)] = [
        ("0", 0), ("1234", 1234), ("1234.4", 1234), ("1234.5", 1235), ("0.4", 0), ("1e3", 1000),
        ("1.2345e3", 1235), ("-0.0", 0), ("1000000000", 1_000_000_000), ("1e9", 1_000_000_000),
        ("1000000001", nil), ("1e10", nil), ("1e400", nil), ("-1", nil), ("-0.4", nil),
        ("\"5\"", nil), ("true", nil), ("[]", nil),
    ]

    @Test(arguments: durations)
    func aDurationIsRoundedToAMillisecond(text: String, expected: Int64?) throws {
        for name in ["duration_ms", "ttft_ms"] {
            let line = recordLine(#""\#(name)":\#(text)"#)
            guard let expected else {
                #expect(verdict(line) == .rejected(.badDuration), "\(name)")
                continue
            }
            let scanner = try scanned(line)
            let duration =
                name == "ttft_ms"
                ? scanner.timeToFirstTokenMilliseconds : scanner.durationMilliseconds
            #expect(duration == expected, "\(name)")
        }
    }

    static let successes: [(String, Bool)] = [
        (#""success":true"#, true), (#""success":false"#, false), (#""success":null"#, true),
        (#""metadata":{"error":"timeout"}"#, false), (#""metadata":{"error":null}"#, true),
        (#""success":true,"metadata":{"error":"timeout"}"#, true),
        (#""success":null,"metadata":{"error":{"code":5}}"#, false),
    ]

    @Test(arguments: successes)
    func aCallThatNamesAnErrorFailedUnlessItSaysOtherwise(members: String, expected: Bool) throws {
        #expect(try scanned(recordLine(members)).success == expected)
    }

    @Test func nothingOfALineIsLeftForTheNext() throws {
        var scanner = RecordScanner()
        let full = recordLine(
            #""tokens":{"input":5},"cost_usd":1,"duration_ms":1,"ttft_ms":1,"web_searches":1,"#
                + #""cloud_cost_equivalent":1,"success":false,"session_id":"s""#)
        #expect(scanner.scan(Array(full.utf8).span) == .call)
        #expect(scanner.scan(Array(recordLine().utf8).span) == .call)
        #expect(scanner.tokens == TokenCounts() && !scanner.hasTokens)
        #expect(scanner.cost == nil && scanner.cloudCostEquivalent == nil)
        #expect(scanner.durationMilliseconds == nil && scanner.webSearches == nil)
        #expect(scanner.timeToFirstTokenMilliseconds == nil && scanner.success)
        #expect(scanner.text(.sessionID) == nil)
    }
}
