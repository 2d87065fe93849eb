import TelemetryFormat
import Testing

@Suite struct CallDecoderTests {
    private func call(_ line: String) throws(Rejection) -> Call {
        try Call(line: Array(line.utf8).span)
    }

    @Test func readsEveryMember() throws {
        let call = try call(
            recordLine(
                #"""
                "msg_id":"m1","req_id":"r1","agent_name":"a","operation":"o","provider":"p",
                "session_id":"s","user_id":"u","duration_ms":5,"ttft_ms":2,
                "tokens":{"input":1,"output":2},"cost_usd":0.5,"success":false,"prompt_hash":"ph",
                "response_hash":"rh","prompt_chars":3,"response_chars":4,"source":"manual",
                "cli_tool":"t","persona":"q","nexus_mode":"hybrid","cloud_cost_equivalent":0.75,
                "speed":"fast","service_tier":"batch","region":"us","web_searches":6,
                "routing":{"target":"local"},"extra":[1, 2],
                "metadata":{"project":"pr","git_branch":"gb","error":"e\n","retries":2}
                """#))
        #expect([call.messageID, call.requestID, call.agentName] == ["m1", "r1", "a"])
        #expect([call.operation, call.provider, call.sessionID] == ["o", "p", "s"])
        #expect([call.userID, call.promptHash, call.responseHash] == ["u", "ph", "rh"])
        #expect([call.taskSource, call.commandLineTool, call.persona] == ["manual", "t", "q"])
        #expect([call.nexusMode, call.speed, call.serviceTier] == ["hybrid", "fast", "batch"])
        #expect([call.region, call.project, call.gitBranch] == ["us", "pr", "gb"])
        #expect(call.error == "e\n" && call.success == false)
        #expect([call.durationMilliseconds, call.timeToFirstTokenMilliseconds] == [5, 2])
        #expect([call.promptCharacters, call.responseCharacters, call.webSearches] == [3, 4, 6])
        #expect(call.tokens == TokenCounts(input: 1, output: 2))
        #expect(call.cost == Money(decimalText: "0.5"))
        #expect(call.cloudCostEquivalent == Money(decimalText: "0.75"))
        #expect(call.metadata == [JSONMember(name: "retries", json: "2")])
        #expect(
            call.additional == [
                JSONMember(name: "routing", json: #"{"target":"local"}"#),
                JSONMember(name: "extra", json: "[1, 2]"),
            ])
    }

    @Test(arguments: [("5", "5"), (#"{"code": 5}"#, #"{"code": 5}"#), (#""a\u0062""#, "ab")])
    func anErrorIsKeptAsText(json: String, expected: String) throws {
        #expect(try call(recordLine(#""metadata":{"error":\#(json)}"#)).error == expected)
    }

    @Test func emptyTextsAreNone() throws {
        let call = try call(recordLine(#""session_id":"","msg_id":"","agent_name":null"#))
        #expect(call.sessionID == nil && call.messageID == nil && call.agentName == nil)
    }

    @Test func absentTokensAreNotZeroTokens() throws {
        #expect(try call(recordLine()).tokens == nil)
        #expect(try call(recordLine(#""tokens":{"input":0}"#)).tokens == TokenCounts())
    }

    static let refused: [(String, Rejection)] = [
        (#"{"event":"dropped"}"#, .noCall), ("", .noCall), ("{", .notJSON), ("[]", .notAnObject),
        (recordLine(#""cost_usd":-1"#), .badCost),
    ]

    @Test(arguments: refused)
    func throwsWhatTheScannerSays(line: String, reason: Rejection) {
        #expect(throws: reason) { try call(line) }
    }
}
