import TelemetryQuery

/// `daily`, `weekly`, `monthly`, `hourly`: one row per stretch of time.
enum BucketCommands {
    static let commands = [
        command("daily", .day), command("weekly", .week), command("monthly", .month),
        command("hourly", .hour),
    ]

    private static func command(_ name: String, _ dimension: Dimension) -> Command {
        Command(
            spec: CommandSpec(
                name, "one row per \(dimension.rawValue): calls, tokens, cost, models",
                operands: [.period],
                options: [OptionSpec("breakdown", "add a row per model")] + OptionTable.query)
        ) { (invocation, context) throws(CommandFailure) in
            let plan = try QueryPlan(invocation, context, dimensions: [dimension])
            return try QueryCommand.run(plan, context, context.engine.breakdown) { head in
                BreakdownAnswer(
                    head: head, breakdowns: [Breakdown(dimension: dimension, rows: [])])
            }
        }
    }
}
