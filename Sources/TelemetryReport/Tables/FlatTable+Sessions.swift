import TelemetryFormat
package import TelemetryQuery

extension Table {
    /// `sessions`: one row a session.
    package init(flat answer: SessionsAnswer) {
        self.init(
            columns: [
                Self.column("session_id", .name), Self.column("source", .left),
                Self.column("project", .name), Self.column("git_branch", .name),
                Self.column("cli_tool", .name), Self.column("persona", .name),
                Self.column("started_at", .left), Self.column("ended_at", .left),
                Self.column("models", .name),
            ] + Self.usageColumns,
            rows: answer.sessions.map { row in
                [
                    .name(row.id), .label(row.source), .name(row.project), .name(row.gitBranch),
                    .name(row.commandLineTool), .name(row.persona), .instant(row.startedAt),
                    .instant(row.endedAt), .names(row.models),
                ] + Self.usage(row.usage)
            })
    }

    /// `sessions show`: one row a call.
    package init(flat answer: SessionAnswer) {
        self.init(
            columns: [
                Self.column("timestamp", .left), Self.column("model", .name),
                Self.column("operation", .name), Self.column("agent", .name),
                Self.column("input_tokens"), Self.column("output_tokens"),
                Self.column("cache_read_tokens"), Self.column("cache_write_tokens"),
                Self.column("reasoning_tokens"), Self.column("total_tokens"),
                Self.column("cost_usd"), Self.column("cumulative_cost_usd"),
                Self.column("success", .left), Self.column("error", .name),
                Self.column("is_sidechain", .left), Self.column("msg_id", .name),
                Self.column("duration_ms"),
            ],
            rows: answer.calls.map(Self.row))
    }

    private static func row(_ call: SessionCall) -> [Cell] {
        let tokens = call.tokens
        return [
            .instant(call.timestamp), .name(call.model), .name(call.operation), .name(call.agent),
            .count(tokens.input), .count(tokens.output), .count(tokens.cacheRead),
            .count(tokens.cacheWrite), .count(tokens.reasoning), .count(tokens.total),
            .money(call.cost), .money(call.cumulativeCost), .label(String(call.succeeded)),
            .name(call.error), .label(String(call.isSidechain)), .name(call.messageID),
            .count(call.durationMilliseconds),
        ]
    }
}
