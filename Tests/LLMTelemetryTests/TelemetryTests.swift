import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct TelemetryTests {
    @Test func aRecordedCallIsInItsFileAfterAFlush() throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        for index in 0..<1_000 { telemetry.record(call("\(index)")) }
        #expect(telemetry.flush(timeout: .seconds(10)))
        #expect(store.records().map(\.messageID) == (0..<1_000).map { "\($0)" })
        #expect(telemetry.health.written == 1_000)
        #expect(telemetry.health.waiting == 0)
        #expect(telemetry.health.dropped == [:])
        #expect(telemetry.health.lastError == nil)
    }

    @Test func whatIsQueuedOutlivesTheRecorder() throws {
        let store = try TestStore()
        do {
            let telemetry = store.telemetry()
            for index in 0..<100 { telemetry.record(call("\(index)")) }
        }
        for _ in 0..<500 where store.records().count < 100 {
            SystemClock.sleep(nanoseconds: 10_000_000)
        }
        #expect(store.records().count == 100)
    }

    @Test func fillsInWhatTheCallerLeavesOut() throws {
        let store = try TestStore()
        let telemetry = store.telemetry {
            $0.sessionID = "s"
            $0.userID = "u"
        }
        try telemetry.append(call())
        let record = try #require(store.records().first)
        #expect(record.timestamp == instant("2026-11-21T12:00:00Z"))
        #expect(record.messageID?.utf8.count == 36)
        #expect(record.sessionID == "s")
        #expect(record.userID == "u")
        #expect(record.project == FileTree.name(of: store.directory))
        #expect(record.gitBranch == nil)
        #expect(record.success == true)
    }

    @Test func keepsWhatTheCallerGives() throws {
        let store = try TestStore()
        let telemetry = store.telemetry {
            $0.sessionID = "s"
            $0.projectName = "p"
        }
        var given = call("id", at: "2025-01-27T10:30:45.123Z")
        given.sessionID = "mine"
        given.project = "other"
        given.gitBranch = "main"
        given.cost = Money(decimalText: "0.0025")
        given.metadata = [JSONMember(name: "depth", json: "[1, 2]")]
        given.additional = [JSONMember(name: "routing", json: #"{"target":"local"}"#)]
        try telemetry.append(given)
        var expected = given
        expected.success = true
        #expect(store.records() == [expected])
        #expect(try store.exists("2025-01-27/telemetry.jsonl"))
    }

    @Test func nothingIsWrittenWhenSwitchedOff() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.isEnabled = false }
        telemetry.record(call())
        try telemetry.append(call())
        #expect(telemetry.measure(model: "m") { _ in 5 } == 5)
        #expect(telemetry.flush())
        #expect(try FileStatus.of(store.layout.root) == nil)
    }

    @Test func textsAreHashedAndKeptOnlyWhenAsked() throws {
        for (prompts, responses) in [(false, false), (true, false), (false, true), (true, true)] {
            let store = try TestStore()
            let telemetry = store.telemetry {
                $0.storesPrompts = prompts
                $0.storesResponses = responses
            }
            var asked = call("id")
            asked.prompt = "What is ½ of 🍰?\n"
            asked.response = "½"
            try telemetry.append(asked)
            let record = try #require(store.records().first)
            #expect(record.promptHash == SHA256.label(of: "What is ½ of 🍰?\n"))
            #expect(record.promptCharacters == 16)
            #expect(record.responseCharacters == 1)
            #expect(try store.exists("2026-11-21/prompts.jsonl") == prompts)
            #expect(try store.exists("2026-11-21/responses.jsonl") == responses)
            let canary = try store.files().filter { try store.text($0).contains("🍰") }
            #expect(canary == (prompts ? ["2026-11-21/prompts.jsonl"] : []))
            #expect(try Verification(layout: store.layout).run().findings == [])
        }
    }

    /// The bound is on the text, not on the line that it makes.
    @Test func theLongestTextIsKeptWhole() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.storesPrompts = true }
        var asked = call("id")
        asked.prompt = String(repeating: "x", count: 16 << 20)
        try telemetry.append(asked)
        var lengths: [Int] = []
        let path = store.path("2026-11-21/prompts.jsonl")
        let rest = try SegmentReader(path: path).forEachLine { line, position in
            lengths.append(position.isTooLong ? 0 : line.count)
        }
        #expect(rest == 0 && lengths.count == 1 && lengths[0] > 16 << 20)
    }

    @Test func metadataWithAPlaceOfItsOwnGoesThere() throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        var call = call("id")
        call.project = "given"
        call.metadata = [
            JSONMember(name: "project", json: #""other""#), JSONMember(name: "k", json: "1"),
            JSONMember(name: "git_branch", json: #""b""#), JSONMember(name: "error", json: "null"),
        ]
        try telemetry.append(call)
        let record = try #require(store.records().first)
        #expect((record.project, record.gitBranch) == ("given", "b"))
        #expect(record.error == nil && record.success == true)
        #expect(record.metadata == [JSONMember(name: "k", json: "1")])
    }

    @Test func aTextTooLongToKeepLeavesLengthAndHash() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.storesPrompts = true }
        var asked = call("id")
        asked.prompt = String(repeating: "x", count: (16 << 20) + 1)
        try telemetry.append(asked)
        let stored = try store.text("2026-11-21/prompts.jsonl")
        #expect(stored.utf8.count < 1_000)
        #expect(stored.contains(#""prompt":{"truncated":true,"bytes":16777217,"sha256":""#))
        #expect(try Verification(layout: store.layout).run().findings == [])
    }

    @Test func aRecordTooLongLosesTextsNotTheCall() throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        var long = call("id")
        long.error = String(repeating: "e", count: 2 << 20)
        long.metadata = [
            JSONMember(name: "x", json: "\"" + String(repeating: "y", count: 3 << 20) + "\"")
        ]
        try telemetry.append(long)
        let record = try #require(store.records().first)
        #expect(record.tokens == long.tokens)
        #expect(record.error?.hasPrefix("[2097152 bytes, sha256:") == true)
        #expect(record.metadata.first?.json.hasPrefix(#"{"truncated":true"#) == true)
        #expect(try store.text("2026-11-21/telemetry.jsonl").utf8.count < 10_000)
    }

    @Test(arguments: [
        TokenCounts(input: .min, output: .max), TokenCounts(input: -1, cacheWriteOneHour: .max),
        TokenCounts(reasoning: .max, unsplit: .min), TokenCounts(unsplit: .max),
    ])
    func oddNumbersMakeNoRecordUnreadable(tokens: TokenCounts) throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        var odd = call("id")
        odd.tokens = tokens
        odd.durationMilliseconds = .max
        odd.timeToFirstTokenMilliseconds = .min
        odd.cost = Money(units: .max)
        odd.cloudCostEquivalent = Money(units: -1)
        odd.webSearches = -5
        try telemetry.append(odd)
        let record = try #require(store.records().first)
        #expect(record.cost == nil)
        #expect(record.durationMilliseconds == RecordLimits.durationMilliseconds)
        #expect(record.timeToFirstTokenMilliseconds == 0)
    }

    @Test(arguments: [
        JSONMember(name: "model", json: "\"other\""), JSONMember(name: "x", json: "{"),
        JSONMember(name: "x", json: "\"a\nb\""), JSONMember(name: "event", json: "\"x\""),
        JSONMember(name: "x", json: "1}\n{\"evil\":1"), JSONMember(name: "x", json: ""),
    ])
    func oddMembersAreLeftOutRatherThanTheCall(member: JSONMember) throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        var odd = call("id")
        odd.additional = [member]
        try telemetry.append(odd)
        odd.metadata = [JSONMember(name: "project", json: "\"other\"")]
        try telemetry.append(odd)
        #expect(store.records().map(\.model) == ["m", "m"])
        #expect(try store.lines().count == 2)
    }

    @Test func jsonOverSeveralLinesIsKeptOnOne() throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        var call = call("id")
        call.metadata = [JSONMember(name: "x", json: "{\n  \"a\": 1\r\n}")]
        try telemetry.append(call)
        #expect(try store.lines().count == 1)
        #expect(store.records().first?.metadata.first?.json == "{   \"a\": 1  }")
    }

    @Test func whatIsNoCallIsRefused() throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        #expect(throws: TelemetryError.self) { try telemetry.append(Call()) }
        #expect(throws: TelemetryError.self) {
            try telemetry.append(call("x", at: "1999-12-31T23:59:59Z").dated(1))
        }
        telemetry.record(Call())
        #expect(!telemetry.flush(timeout: .seconds(10)))
        #expect(telemetry.flush(timeout: .seconds(10)))
        #expect(telemetry.health.dropped == ["no-call": 2, "bad-timestamp": 1])
        #expect(store.records().isEmpty)
    }

    @Test func aFullQueueDropsTheNewestAndCounts() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.lockTimeoutMilliseconds = 2_000 }
        try telemetry.append(call("first"))
        let lock = try FileLock.tryAcquire(store.layout.lock)
        for index in 0..<6_000 { telemetry.record(call("\(index)")) }
        let dropped = try #require(telemetry.health.dropped["queue-full"])
        #expect(dropped >= 6_000 - 4_096 - 512 && dropped <= 6_000 - 4_096)
        _ = consume lock
        #expect(!telemetry.flush(timeout: .seconds(20)))
        let ids = store.records().compactMap(\.messageID)
        #expect(ids.count == 1 + 6_000 - dropped)
        #expect(ids.contains("0") && !ids.contains("5999"))
        let notes = try store.lines().filter { $0.contains(#""event":"dropped""#) }
        #expect(notes.count == 1)
        #expect(notes.first?.contains(#""count":\#(dropped),"reason":"queue-full""#) == true)
    }

    @Test func bytesBoundTheQueueToo() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.lockTimeoutMilliseconds = 2_000 }
        try telemetry.append(call("first"))
        let lock = try FileLock.tryAcquire(store.layout.lock)
        var big = call()
        big.prompt = String(repeating: "x", count: 3 << 20)
        for _ in 0..<10 { telemetry.record(big) }
        #expect(telemetry.health.dropped["queue-full"] == 8)
        _ = consume lock
        _ = telemetry.flush(timeout: .seconds(20))
        #expect(store.records().count == 3)
    }

    @Test func aFailureIsCountedAndNotedWhenItIsOver() throws {
        let store = try TestStore()
        try AtomicReplacement.write(Array("x".utf8).span, to: store.layout.root)
        let telemetry = store.telemetry()
        #expect(throws: TelemetryError.self) { try telemetry.append([call(), call()]) }
        telemetry.record(call())
        #expect(!telemetry.flush(timeout: .seconds(10)))
        #expect(telemetry.health.dropped == ["ENOTDIR": 3])
        #expect(telemetry.health.lastError?.contains("Not a directory") == true)
        try FileTree.unlink(store.layout.root)
        try telemetry.append(call("works"))
        #expect(store.records().map(\.messageID) == ["works"])
        let notes = try store.lines().filter { $0.contains("event") }
        #expect(
            notes == [
                #"{"event":"dropped","count":3,"reason":"ENOTDIR","#
                    + #""timestamp":"2026-11-21T12:00:00.000Z"}"#
            ])
        try telemetry.append(call("again"))
        #expect(try store.lines().count == 3)
    }

    @Test func waitsASecondBeforeItTriesAgain() throws {
        let store = try TestStore()
        try AtomicReplacement.write(Array("x".utf8).span, to: store.layout.root)
        let telemetry = store.telemetry()
        telemetry.record(call("refused"))
        #expect(!telemetry.flush(timeout: .seconds(10)))
        try FileTree.unlink(store.layout.root)
        telemetry.record(call("kept"))
        SystemClock.sleep(nanoseconds: 300_000_000)
        #expect(telemetry.health.waiting == 1)
        for _ in 0..<1_000 where telemetry.health.waiting > 0 {
            SystemClock.sleep(nanoseconds: 10_000_000)
        }
        #expect(store.records().map(\.messageID) == ["kept"])
        #expect(telemetry.health.dropped == ["ENOTDIR": 1])
    }

    @Test func recordingNeverWaitsForTheDisk() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.lockTimeoutMilliseconds = 1_000 }
        try telemetry.append(call())
        let lock = try FileLock.tryAcquire(store.layout.lock)
        var slowest: Int64 = 0
        for _ in 0..<1_000 {
            let start = SystemClock.monotonicNanoseconds()
            telemetry.record(call())
            slowest = max(slowest, SystemClock.monotonicNanoseconds() - start)
        }
        #expect(slowest < 500_000_000)
        _ = consume lock
        #expect(telemetry.flush(timeout: .seconds(20)))
        #expect(store.records().count == 1_001)
    }

    @Test func aFlushGivesUpWhenTheTimeIsUp() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.lockTimeoutMilliseconds = 1_500 }
        try telemetry.append(call())
        let lock = try FileLock.tryAcquire(store.layout.lock)
        telemetry.record(call())
        let start = SystemClock.monotonicNanoseconds()
        #expect(!telemetry.flush(timeout: .milliseconds(100)))
        #expect(SystemClock.monotonicNanoseconds() - start < 1_200_000_000)
        _ = consume lock
        #expect(telemetry.flush(timeout: .seconds(20)))
    }

    @Test func measuresAndRecords() async throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        let answer = try await telemetry.measure(
            agent: "doc-finder", operation: "search", model: "claude-haiku-4-5"
        ) { call in
            try await Task.sleep(for: .milliseconds(20))
            call.tokens = TokenCounts(input: 500, output: 200)
            return "answer"
        }
        #expect(answer == "answer")
        let failure = #expect(throws: SampleError.self) {
            try telemetry.measure(agent: "a", model: "m") { _ throws(SampleError) in
                throw SampleError(text: "overloaded")
            }
        }
        #expect(failure?.text == "overloaded")
        #expect(telemetry.flush(timeout: .seconds(10)))
        let records = store.records()
        #expect(records.map(\.success) == [true, false])
        #expect(records[0].agentName == "doc-finder")
        #expect(records[0].durationMilliseconds ?? 0 >= 19)
        #expect(records[0].tokens == TokenCounts(input: 500, output: 200))
        #expect(records[1].error?.contains("overloaded") == true)
    }

    @Test func survivesEveryKindOfText() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.storesPrompts = true }
        var texts = stride(from: UInt32(0), to: 0x11_0000, by: 0x800).map { start in
            String(
                String.UnicodeScalarView(
                    (start..<start + 0x800).compactMap { Unicode.Scalar($0) }))
        }
        texts.append("")
        let calls = texts.enumerated().map { index, text in
            var call = call("\(index)")
            call.operation = text
            call.prompt = text
            return call
        }
        try telemetry.append(calls)
        let records = store.records()
        #expect(records.count == texts.count)
        for (record, text) in zip(records, texts) where !text.isEmpty {
            #expect(record.operation.map { Array($0.utf8) } == Array(text.utf8))
        }
        #expect(try Verification(layout: store.layout).run().findings == [])
    }
}

struct SampleError: Error {
    var text: String
}

extension Call {
    /// The same call at so many milliseconds after 1970.
    func dated(_ milliseconds: Int64) -> Call {
        var call = self
        call.timestamp = Timestamp(milliseconds: milliseconds)
        return call
    }
}
