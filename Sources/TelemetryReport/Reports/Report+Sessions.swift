import TelemetryFormat
package import TelemetryQuery

extension Report {
    /// The report of `sessions`.
    package init(_ answer: SessionsAnswer) {
        let head = answer.head
        let facts = [
            Fact("Total cost", Self.cost(head.totals)), Fact("Calls", Self.calls(head.totals)),
            Fact("Sessions", HumanText.count(Int64(answer.count))),
        ]
        self.init(
            head, title: "Sessions", facts: facts,
            tables: [Self.table(answer.sessions, in: head.period.zone)])
    }

    private static func table(_ sessions: [SessionRow], in zone: DisplayZone) -> Table {
        Table(
            columns: [
                Column("Session", key: "session_id", .name),
                Column("End", key: "ended_at", .left, isEssential: false),
                Column("Project", key: "project", .name, isEssential: false),
                Column("Calls", key: "calls"), Column("Tokens", key: "total_tokens"),
                Column("Cost", key: "cost_usd"),
                Column("Start", key: "started_at", .left, isEssential: false),
                Column("Branch", key: "git_branch", .name, isEssential: false),
                Column("Source", key: "source", .left, isEssential: false),
                Column("Tool", key: "cli_tool", .name, isEssential: false),
                Column("Persona", key: "persona", .name, isEssential: false),
                Column("Models", key: "models", .name, isEssential: false),
            ],
            rows: sessions.map { row in
                [
                    .name(row.id), .label(HumanText.minute(row.endedAt, in: zone)),
                    .name(row.project), .count(row.usage.usage.calls),
                    .count(row.usage.usage.tokens.total), .money(row.usage.cost),
                    .label(HumanText.minute(row.startedAt, in: zone)), .name(row.gitBranch),
                    .label(row.source), .name(row.commandLineTool), .name(row.persona),
                    .names(row.models),
                ]
            })
    }

    /// The report of `sessions show`.
    package init(_ answer: SessionAnswer) {
        let (session, zone) = (answer.session, answer.head.period.zone)
        let names: [(String, String?)] = [
            ("Source", session.source), ("Tool", session.commandLineTool),
            ("Persona", session.persona), ("Project", session.project),
            ("Branch", session.gitBranch),
            ("Models", session.models.isEmpty ? nil : session.models.joined(separator: ", ")),
        ]
        let start = HumanText.second(session.startedAt, in: zone)
        let facts =
            names.compactMap { label, name in name.map { Fact(label, $0) } } + [
                Fact("Time", "\(start) to \(HumanText.second(session.endedAt, in: zone))"),
                Fact("Total cost", Self.cost(session.usage)),
                Fact("Calls", Self.calls(session.usage)),
                Fact("Tokens", HumanText.count(session.usage.usage.tokens.total)),
            ]
        self.init(
            answer.head, title: "Session \(session.id)", facts: facts,
            tables: [Self.table(answer.calls, in: zone)])
    }

    private static func table(_ calls: [SessionCall], in zone: DisplayZone) -> Table {
        Table(
            columns: [
                Column("Time", key: "timestamp", .left),
                Column("Model", key: "model", .name, isEssential: false),
                Column("Cost", key: "cost_usd"), Column("So far", key: "cumulative_cost_usd"),
                Column("Input", key: "input_tokens", isEssential: false),
                Column("Output", key: "output_tokens", isEssential: false),
                Column("Cache read", key: "cache_read_tokens", isEssential: false),
                Column("Cache write", key: "cache_write_tokens", isEssential: false),
                Column("Duration", key: "duration_ms", isEssential: false),
                Column("Operation", key: "operation", .name, isEssential: false),
                Column("Agent", key: "agent", .name, isEssential: false),
                Column("Outcome", key: "error", .name, isEssential: false),
                Column("Sidechain", key: "is_sidechain", .left, isEssential: false),
                Column("Message", key: "msg_id", .name, isEssential: false),
            ],
            rows: calls.map { row($0, in: zone) })
    }

    private static func row(_ call: SessionCall, in zone: DisplayZone) -> [Cell] {
        [
            .label(HumanText.second(call.timestamp, in: zone)), .name(call.model),
            .money(call.cost), .money(call.cumulativeCost), .count(call.tokens.input),
            .count(call.tokens.output), .count(call.tokens.cacheRead),
            .count(call.tokens.cacheWrite),
            .duration(call.durationMilliseconds.map { Double($0) }), .name(call.operation),
            .name(call.agent), call.succeeded ? .label("ok") : .name(call.error ?? "failed"),
            .label(call.isSidechain ? "yes" : "no"), .name(call.messageID),
        ]
    }
}
