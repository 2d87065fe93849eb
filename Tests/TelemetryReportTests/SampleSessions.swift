import TelemetryFormat
import TelemetryQuery

extension Sample {
    static let sessions: SessionsAnswer = {
        var bare = session.session
        bare.id = "s-2"
        bare.project = nil
        bare.gitBranch = nil
        bare.commandLineTool = nil
        bare.persona = nil
        bare.models = []
        bare.usage.cost = nil
        return SessionsAnswer(
            head: head("sessions", label: "all"), count: 1_500, sessions: [session.session, bare])
    }()

    static let session: SessionAnswer = {
        let (start, end) = (
            Timestamp(milliseconds: 1_795_257_045_123), Timestamp(milliseconds: 1_795_260_000_000)
        )
        var usage = Sample.usage(calls: 3, failed: 1, input: 1_234_567, output: 4_200, cost: 3.765)
        usage.usage.first = start
        usage.usage.last = end
        let row = SessionRow(
            id: "0d5e1f6a-8f0a-4a6e-9d7e-1f6a8f0a4a6e", source: "claude", project: hostile,
            gitBranch: hostile, commandLineTool: hostile, persona: hostile,
            models: ["claude-sonnet-4-5", hostile], usage: usage)
        let tokens = TokenCounts(input: 1_230_000, output: 4_000, cacheRead: 200)
        return SessionAnswer(
            head: head("sessions show", label: "all"), session: row,
            calls: [
                SessionCall(
                    timestamp: start, model: nil, tokens: TokenCounts(), cost: nil,
                    cumulativeCost: nil),
                SessionCall(
                    timestamp: start, model: "claude-sonnet-4-5", operation: "plan",
                    agent: "finder", tokens: tokens, cost: Money(units: 37_500_000_000_000),
                    cumulativeCost: Money(units: 37_500_000_000_000), isSidechain: true,
                    messageID: "msg_01", durationMilliseconds: 1_250),
                SessionCall(
                    timestamp: end, model: hostile, operation: hostile, agent: hostile,
                    tokens: TokenCounts(input: 4_567, output: 200),
                    cost: Money(units: 150_000_000_000),
                    cumulativeCost: Money(units: 37_650_000_000_000), succeeded: false,
                    error: hostile, messageID: hostile),
            ])
    }()
}
