/// A line of a Claude Code transcript as a test writes it: one answer of the model.
struct ClaudeLine {
    var message: String?
    var request: String?
    var session: String? = Self.session
    var model = "claude-sonnet-4-5-20250929"
    var timestamp = "2026-11-02T09:00:00Z"
    var input = 10
    var output = 100
    var cacheRead = 0
    var workingDirectory = "/home/ann/alpha"
    var isSidechain = false
    var text = "Done."

    /// The session that lines belong to where a test does not care.
    static let session = "11111111-aaaa-4bbb-8ccc-000000000001"
    static let file = ".claude/projects/-home-ann-alpha/\(session).jsonl"

    var line: String {
        let session = session.map { "\"sessionId\":\"\($0)\"," } ?? ""
        let request = request.map { "\"requestId\":\"\($0)\"," } ?? ""
        let message = message.map { "\"id\":\"\($0)\"," } ?? ""
        return """
            {"parentUuid":null,"isSidechain":\(isSidechain),"userType":"external",\
            "cwd":"\(workingDirectory)",\(session)"version":"2.1.77","gitBranch":"main",\
            "message":{"model":"\(model)",\(message)"type":"message","role":"assistant",\
            "content":[{"type":"text","text":"\(text)"}],"stop_reason":"end_turn",\
            "usage":{"input_tokens":\(input),"cache_creation_input_tokens":0,\
            "cache_read_input_tokens":\(cacheRead),"output_tokens":\(output),\
            "service_tier":"standard"}},\(request)"type":"assistant",\
            "uuid":"22222222-0000-4000-8000-000000000002","timestamp":"\(timestamp)"}

            """
    }

    /// The prompt before an answer: no call.
    static func prompt(_ text: String = "Go on.") -> String {
        """
        {"parentUuid":null,"isSidechain":false,"cwd":"/home/ann/alpha","sessionId":"\(session)",\
        "type":"user","message":{"role":"user","content":"\(text)"},\
        "timestamp":"2026-11-02T08:59:00Z"}

        """
    }

    /// An answer with ids of its own.
    static func numbered(_ number: Int, session: String = Self.session) -> ClaudeLine {
        let minute = String(number % 60 + 100).dropFirst()
        return ClaudeLine(
            message: "msg_\(number)", request: "req_\(number)", session: session,
            timestamp: "2026-11-02T09:\(minute):00Z")
    }
}

extension [ClaudeLine] {
    var lines: String { map(\.line).joined() }
}
