package import TelemetryFormat
package import TelemetryQuery

extension JSONReport {
    /// The document of `sessions`.
    package static func document(_ answer: SessionsAnswer) -> JSONValue {
        let rows = answer.sessions.map { JSONValue.object(session($0)) }
        return document(answer.head, [.init("sessions", .array(rows))])
    }

    /// The document of `sessions show`.
    package static func document(_ answer: SessionAnswer) -> JSONValue {
        document(
            answer.head,
            [
                .init("session", .object(session(answer.session))),
                .init("calls", .array(answer.calls.map(call))),
            ])
    }

    private static func session(_ row: SessionRow) -> [JSONValue.Member] {
        [
            .init("session_id", .string(row.id)),
            .init("source", .string(row.source)),
            .init("project", .optional(row.project)),
            .init("git_branch", .optional(row.gitBranch)),
            .init("cli_tool", .optional(row.commandLineTool)),
            .init("persona", .optional(row.persona)),
            .init("started_at", .optional(row.startedAt)),
            .init("ended_at", .optional(row.endedAt)),
            .init("models", .strings(row.models)),
        ] + usage(row.usage)
    }

    private static func call(_ call: SessionCall) -> JSONValue {
        .object([
            .init("timestamp", .optional(call.timestamp)),
            .init("model", .optional(call.model)),
            .init("operation", .optional(call.operation)),
            .init("agent", .optional(call.agent)),
            .init("tokens", tokens(call.tokens)),
            .init("cost_usd", .optional(call.cost)),
            .init("cumulative_cost_usd", .optional(call.cumulativeCost)),
            .init("success", .bool(call.succeeded)),
            .init("error", .optional(call.error)),
            .init("is_sidechain", .bool(call.isSidechain)),
            .init("msg_id", .optional(call.messageID)),
            .init("duration_ms", .optional(call.durationMilliseconds)),
        ])
    }
}
