package import TelemetryFormat

/// The calls of one source that name the same session, in however many logs they are.
package struct SessionRow: Equatable, Sendable {
    package var id: String
    /// `telemetry`, `claude` or `codex`.
    package var source: String
    /// What the latest call that names one names; nil when none does. So are the next three.
    package var project: String?
    package var gitBranch: String?
    package var commandLineTool: String?
    package var persona: String?
    /// Names of the models, each once.
    package var models: [String]
    package var usage: PricedUsage

    /// When the first of the calls was made.
    package var startedAt: Timestamp? { usage.usage.first }
    /// When the last of the calls was made.
    package var endedAt: Timestamp? { usage.usage.last }

    package init(
        id: String, source: String, project: String? = nil, gitBranch: String? = nil,
        commandLineTool: String? = nil, persona: String? = nil, models: [String] = [],
        usage: PricedUsage
    ) {
        self.id = id
        self.source = source
        self.project = project
        self.gitBranch = gitBranch
        self.commandLineTool = commandLineTool
        self.persona = persona
        self.models = models
        self.usage = usage
    }
}

/// One call of a session.
package struct SessionCall: Equatable, Sendable {
    package var timestamp: Timestamp
    package var model: String?
    package var operation: String?
    package var agent: String?
    package var tokens: TokenCounts
    /// nil = it could not be priced.
    package var cost: Money?
    /// What the session has cost up to and with this call; nil until a call could be priced.
    package var cumulativeCost: Money?
    package var succeeded: Bool
    package var error: String?
    package var isSidechain: Bool
    package var messageID: String?
    package var durationMilliseconds: Int64?

    package init(
        timestamp: Timestamp, model: String?, operation: String? = nil, agent: String? = nil,
        tokens: TokenCounts, cost: Money?, cumulativeCost: Money?, succeeded: Bool = true,
        error: String? = nil, isSidechain: Bool = false, messageID: String? = nil,
        durationMilliseconds: Int64? = nil
    ) {
        self.timestamp = timestamp
        self.model = model
        self.operation = operation
        self.agent = agent
        self.tokens = tokens
        self.cost = cost
        self.cumulativeCost = cumulativeCost
        self.succeeded = succeeded
        self.error = error
        self.isSidechain = isSidechain
        self.messageID = messageID
        self.durationMilliseconds = durationMilliseconds
    }
}

/// The answer to `sessions`.
package struct SessionsAnswer: Equatable, Sendable {
    package var head: AnswerHead
    /// How many sessions there are, shown or not.
    package var count: Int
    package var sessions: [SessionRow]

    package init(head: AnswerHead, count: Int, sessions: [SessionRow]) {
        self.head = head
        self.count = count
        self.sessions = sessions
    }
}

/// The answer to `sessions show`.
package struct SessionAnswer: Equatable, Sendable {
    package var head: AnswerHead
    package var session: SessionRow
    package var calls: [SessionCall]

    package init(head: AnswerHead, session: SessionRow, calls: [SessionCall]) {
        self.head = head
        self.session = session
        self.calls = calls
    }
}
