/// One billed request to a model: what an application records, and what a line of
/// `telemetry.jsonl` says (`docs/log-format.md`).
public struct Call: Sendable, Equatable {
    /// When the call was made; the writer fills in the present when it is nil.
    public var timestamp: Timestamp?
    /// The provider's id of the message, else nil (the writer then makes a UUIDv7).
    public var messageID: String?
    /// The provider's id of the request.
    public var requestID: String?
    /// Who called: the name of the agent or program.
    public var agentName: String?
    /// What the call was for.
    public var operation: String?
    /// The model id as the provider reports it.
    public var model: String?
    /// Who served the model, such as `anthropic` or `aws`.
    public var provider: String?
    /// The session that the call belongs to.
    public var sessionID: String?
    /// The user who caused the call.
    public var userID: String?
    /// From request to last byte of the answer, in milliseconds.
    public var durationMilliseconds: Int64?
    /// From request to first byte of the answer, in milliseconds.
    public var timeToFirstTokenMilliseconds: Int64?
    /// Token counts; nil when the call reported none.
    public var tokens: TokenCounts?
    /// The cost that the provider or the caller states; nil = unknown, zero = free.
    public var cost: Money?
    /// Whether the call succeeded; nil = not said, which counts as success unless `error` is set.
    public var success: Bool?
    /// What went wrong, kept in the record's metadata.
    public var error: String?
    /// `fast` or `standard`, where the provider prices them apart.
    public var speed: String?
    /// The provider's service tier, such as `priority`, `flex` or `batch`.
    public var serviceTier: String?
    /// Where the model ran, where the provider prices regions apart.
    public var region: String?
    /// Web searches that the provider ran for this call.
    public var webSearches: Int64?
    /// The prompt's text; hashed, counted, and stored only when the user asked for it.
    public var prompt: String?
    /// The response's text; hashed, counted, and stored only when the user asked for it.
    public var response: String?
    /// `sha256:` and lower-case hex of the prompt, when only the hash is known.
    public var promptHash: String?
    /// `sha256:` and lower-case hex of the response, when only the hash is known.
    public var responseHash: String?
    /// Characters (Unicode scalars) of the prompt, when the text is not given.
    public var promptCharacters: Int64?
    /// Characters (Unicode scalars) of the response, when the text is not given.
    public var responseCharacters: Int64?
    /// The project; the writer finds it when it is nil.
    public var project: String?
    /// The git branch; the writer finds it when it is nil.
    public var gitBranch: String?
    /// `mcp-tool`, `proxy-intercept` or `manual`, for calls that a router logged.
    public var taskSource: String?
    /// The command-line tool in whose session the call was made.
    public var commandLineTool: String?
    /// The persona that the tool wore.
    public var persona: String?
    /// `hybrid`, `cloud` or `personas-only`.
    public var nexusMode: String?
    /// What the same call would have cost in the cloud.
    public var cloudCostEquivalent: Money?
    /// Further members of `metadata`: name and JSON text of the value, in the order given.
    public var metadata: [JSONMember]
    /// Further top-level members (`routing` among them): name and JSON text, in the order given.
    public var additional: [JSONMember]

    /// A call about which nothing is known yet.
    public init() {
        metadata = []
        additional = []
    }
}

/// A member of a JSON object that is carried along without being looked into.
public struct JSONMember: Sendable, Equatable {
    /// The member's name, unescaped.
    public var name: String
    /// The member's value as valid JSON text.
    public var json: String

    /// A member with a value that is already JSON text.
    public init(name: String, json: String) {
        self.name = name
        self.json = json
    }
}
