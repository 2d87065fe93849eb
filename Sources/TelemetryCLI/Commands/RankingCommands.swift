import TelemetryQuery

/// `models`, `agents`, `projects`, `operations`, `users`: who and what was used most.
enum RankingCommands {
    static let commands = [
        command("models", .model), command("agents", .agent), command("projects", .project),
        command("operations", .operation), command("users", .user),
    ]

    private static func command(_ name: String, _ dimension: Dimension) -> Command {
        Command(
            spec: CommandSpec(
                name, "most used \(name): calls, tokens, cost, share, success, latency",
                operands: [.period], options: OptionTable.query)
        ) { (invocation, context) throws(CommandFailure) in
            let plan = try QueryPlan(invocation, context, dimensions: [dimension])
            return try QueryCommand.run(plan, context, context.engine.breakdown) { head in
                BreakdownAnswer(
                    head: head, breakdowns: [Breakdown(dimension: dimension, rows: [])])
            }
        }
    }
}
