import TelemetryFormat
import Testing

@Suite struct CallEncoderTests {
    private func decoded(_ line: [UInt8]) throws -> Call {
        try Call(line: line.span.extracting(0..<line.count - 1))
    }

    /// A call of which everything is known.
    private func fullCall() -> Call {
        var call = Call()
        call.timestamp = Timestamp(iso8601: "2026-11-21T10:30:45.123Z")
        (call.messageID, call.requestID, call.agentName) = ("m1", "r1", "planner")
        (call.operation, call.model, call.provider) = ("plan", "claude-opus-4-1", "anthropic")
        (call.sessionID, call.userID, call.error) = ("s1", "u1", "rate limit")
        (call.durationMilliseconds, call.timeToFirstTokenMilliseconds) = (1234, 56)
        call.tokens = TokenCounts(
            input: 1, output: 2, cacheRead: 3, cacheWrite: 5, cacheWriteOneHour: 4, reasoning: 1)
        (call.cost, call.cloudCostEquivalent) = (Money(units: 1), Money(units: 123_456_789_012_345))
        (call.success, call.webSearches) = (false, 7)
        (call.speed, call.serviceTier, call.region) = ("fast", "batch", "us")
        (call.promptHash, call.responseHash) = ("sha256:aa", "sha256:bb")
        (call.promptCharacters, call.responseCharacters) = (8, 9)
        (call.project, call.gitBranch) = ("atlas", "main")
        (call.taskSource, call.commandLineTool) = ("mcp-tool", "claude")
        (call.persona, call.nexusMode) = ("poet", "hybrid")
        call.metadata = [JSONMember(name: "retries", json: "[1, 2]")]
        call.additional = [JSONMember(name: "routing", json: #"{"target":"local"}"#)]
        return call
    }

    @Test func aLineReadBackIsTheCallItWasWrittenFrom() throws {
        let call = fullCall()
        #expect(try decoded(call.jsonLine()) == call)
    }

    @Test func aLineIsOneLine() {
        var call = fullCall()
        call.error = "a\nb\r\u{2028}\u{0}\u{1B}[31m"
        let line = call.jsonLine()
        #expect(line.last == 0x0A)
        #expect(line.dropLast().allSatisfy { $0 >= 0x20 })
    }

    @Test func textsWithOnlyNullKeepTheirPlaces() throws {
        var call = Call()
        call.timestamp = Timestamp(iso8601: "2026-11-21T10:30:45.123Z")
        call.model = "m"
        let line = String(decoding: call.jsonLine(), as: UTF8.self)
        for name in ["msg_id", "cost_usd", "tokens", "error", "session_id"] {
            #expect(line.contains("\"\(name)\":null"), "\(name)")
        }
        for name in ["ttft_ms", "speed", "cli_tool", "prompt_chars", "web_searches"] {
            #expect(!line.contains(name), "\(name)")
        }
    }

    @Test func aTotalWithoutPartsStaysOne() throws {
        var call = Call()
        call.timestamp = Timestamp(iso8601: "2026-11-21T10:30:45.123Z")
        call.tokens = TokenCounts(unsplit: 700)
        let line = call.jsonLine()
        #expect(String(decoding: line, as: UTF8.self).contains(#""tokens":{"total":700}"#))
        #expect(try decoded(line).tokens == TokenCounts(unsplit: 700))
    }

    @Test(arguments: [
        "naïve", "😀\u{1F3FB}", "\u{0}\u{1}\u{7F}\u{9B}", "\u{202E}x", "\"\\/", "e\u{301}",
        "\u{FFFD}", "{\"event\":\"x\"}", "\u{10FFFF}", "\u{FEFF}",
    ])
    func everyTextComesBack(text: String) throws {
        var call = fullCall()
        (call.model, call.sessionID, call.project, call.error) = (text, text, text, text)
        call.metadata = [JSONMember(name: text, json: "1")]
        let back = try decoded(call.jsonLine())
        for copy in [back.model, back.sessionID, back.project, back.error, back.metadata[0].name] {
            #expect(copy.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    /// What an encoder remembers of a line must not show in the next one.
    @Test func aLineDoesNotDependOnThoseBefore() {
        var encoder = CallEncoder()
        // Equal for Swift, not for those who compare bytes.
        let texts = [
            nil, "", "a", "a", "e\u{301}", "\u{E9}", "e\u{301}", "K", "\u{212A}", "\"", "a",
        ]
        let paths: [WritableKeyPath<Call, String?>] = [
            \.agentName, \.operation, \.model, \.provider, \.sessionID, \.userID, \.project,
            \.gitBranch, \.messageID, \.requestID, \.error, \.promptHash, \.region,
        ]
        for start in [Call(), fullCall()] {
            for path in paths {
                var call = start
                for (index, text) in texts.enumerated() {
                    call[keyPath: path] = text
                    let milliseconds = 1_795_257_045_999 + Int64(index / 2)
                    call.timestamp = Timestamp(milliseconds: milliseconds)
                    let defaults = RecordDefaults(timestamp: Timestamp(milliseconds: milliseconds))
                    encoder.encode(call, filling: defaults)
                    #expect(encoder.line == call.jsonLine())
                }
            }
        }
    }

    @Test func defaultsFillInWhatACallDoesNotSay() {
        let timestamp = Timestamp(milliseconds: 1_795_257_045_007)
        var defaults = RecordDefaults(timestamp: timestamp)
        defaults.messageID = UUIDv7(timestamp: timestamp, counter: 3, random: 5)
        (defaults.sessionID, defaults.userID) = ("s", "u")
        (defaults.project, defaults.gitBranch) = ("p", "g")
        var encoder = CallEncoder()
        for call in [Call(), fullCall(), Call()] {
            var filled = call
            filled.timestamp = timestamp
            filled.messageID = call.messageID ?? defaults.messageID?.description
            filled.sessionID = call.sessionID ?? "s"
            filled.userID = call.userID ?? "u"
            filled.project = call.project ?? "p"
            filled.gitBranch = call.gitBranch ?? "g"
            encoder.encode(call, filling: defaults)
            #expect(encoder.line == filled.jsonLine())
        }
    }

    @Test func randomCallsComeBack() throws {
        let seed = UInt64.random(in: 1...1_000_000)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var call = fullCall()
            func count() -> Int64 {
                // Four of them, added up for the total, are still within the limit.
                Int64.random(in: 0...RecordLimits.tokens / 4, using: &random)
                    >> Int64.random(in: 0...51, using: &random)
            }
            let written = count()
            call.timestamp = Timestamp(
                milliseconds: .random(in: 946_684_800_000...4_133_980_799_999, using: &random))
            call.tokens = TokenCounts(
                input: count(), output: count(), cacheRead: count(), cacheWrite: written,
                cacheWriteOneHour: .random(in: 0...written, using: &random), reasoning: count())
            call.cost = Money(
                units: Int128(RecordLimits.costDollars) * Money.unitsPerDollar
                    >> Int128.random(in: 0...60, using: &random))
            call.durationMilliseconds = .random(
                in: 0...RecordLimits.durationMilliseconds, using: &random)
            #expect(try decoded(call.jsonLine()) == call, "seed \(seed)")
        }
    }
}
