/// A line of `telemetry.jsonl` as a test writes it: only the members that it sets.
struct Record {
    var timestamp: String?
    var messageID: String?
    var requestID: String?
    var agent: String?
    var operation: String?
    var model: String?
    var session: String?
    var user: String?
    var durationMilliseconds: Int?
    var input: Int?
    var output: Int?
    var cost: String?
    var success: Bool?
    var project: String?
    /// Further members as JSON text, such as `"note":"…"`.
    var further: String?

    var line: String {
        var members: [String] = []
        func add(_ name: String, _ json: String?) {
            if let json { members.append("\"\(name)\":\(json)") }
        }
        func quoted(_ text: String?) -> String? { text.map { "\"\($0)\"" } }
        add("timestamp", quoted(timestamp))
        add("msg_id", quoted(messageID))
        add("req_id", quoted(requestID))
        add("agent_name", quoted(agent))
        add("operation", quoted(operation))
        add("model", quoted(model))
        add("session_id", quoted(session))
        add("user_id", quoted(user))
        add("duration_ms", durationMilliseconds.map(String.init))
        if input != nil || output != nil {
            let (input, output) = (input ?? 0, output ?? 0)
            add("tokens", "{\"input\":\(input),\"output\":\(output),\"total\":\(input + output)}")
        }
        add("cost_usd", cost)
        add("success", success.map { "\($0)" })
        add("metadata", project.map { "{\"project\":\"\($0)\"}" })
        if let further { members.append(further) }
        return "{\(members.joined(separator: ","))}\n"
    }

    /// The example with which the format was first described.
    static let seed = """
        {"timestamp":"2025-01-27T10:30:45.123Z","agent_name":"doc-finder","operation":"search",\
        "model":"claude-3-5-haiku","session_id":"abc123","user_id":"chadwalters",\
        "duration_ms":1234,"tokens":{"input":500,"output":200,"total":700},"cost_usd":0.0025,\
        "success":true,"prompt_hash":"sha256:aaa","response_hash":"sha256:bbb",\
        "metadata":{"project":"spacewalker","git_branch":"main","error":null}}

        """

    /// A priced call with a given id: 100 tokens in, 10 out, one tenth of a cent.
    static func numbered(
        _ number: Int, prefix: String = "m", at timestamp: String = "2025-01-28T08:00:00Z"
    ) -> Record {
        Record(
            timestamp: timestamp, messageID: "\(prefix)-\(number)", agent: "agent",
            operation: "work", model: "claude-3-5-haiku", durationMilliseconds: 100 + number % 7,
            input: 100, output: 10, cost: "0.001", success: true, project: "project")
    }
}

extension [Record] {
    var lines: String { map(\.line).joined() }
}
