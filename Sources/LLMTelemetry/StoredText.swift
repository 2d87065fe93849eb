import TelemetryFormat

/// A line of `prompts.jsonl` or `responses.jsonl`.
struct StoredText {
    private let record: Call
    private let text: String
    private let content: SegmentName.Content
    private let hash: String?

    /// The text of a call whose record is complete.
    init(of record: Call, _ text: String, _ content: SegmentName.Content, hash: String?) {
        self.record = record
        self.text = text
        self.content = content
        self.hash = hash
    }

    /// The member that holds the text: `prompt` or `response`.
    static func member(of content: SegmentName.Content) -> String {
        content == .prompts ? "prompt" : "response"
    }

    /// The line without its newline. A text that is too long, or whose escapes make the line longer
    /// than any reader takes, is replaced by its length and hash.
    var line: [UInt8] {
        if text.utf8.count <= RecordLimits.textBytes {
            let line = line { $0.member($1, text) }
            if line.count <= RecordLimits.textLineBytes { return line }
        }
        return line { $0.member(JSONMember(name: $1, json: TruncatedText(of: text).json)) }
    }

    private func line(_ writeText: (inout JSONText, String) -> Void) -> [UInt8] {
        let member = Self.member(of: content)
        var json = JSONText()
        json.object {
            $0.member("timestamp", record.timestamp)
            $0.member("msg_id", record.messageID)
            $0.member("agent_name", record.agentName)
            $0.member("operation", record.operation)
            $0.member(member + "_hash", hash)
            writeText(&$0, member)
        }
        return json.bytes
    }
}

/// What stands for a text that is too long to keep.
struct TruncatedText {
    private let text: String

    init(of text: String) {
        self.text = text
    }

    /// `{"truncated":true,"bytes":n,"sha256":"…"}`
    var json: String {
        var json = JSONText()
        json.object {
            $0.member("truncated", true)
            $0.member("bytes", text.utf8.count)
            $0.member("sha256", SHA256.hexadecimal(SHA256.hash(Array(text.utf8).span)))
        }
        return json.string
    }
}
