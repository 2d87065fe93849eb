import TelemetryQuery

/// `stats`: totals of a period, compared with the one before.
enum StatsCommand {
    static let command = Command(
        spec: CommandSpec(
            "stats", "totals: calls, failures, tokens, cost, sessions, latency (default: today)",
            operands: [.period], options: OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let plan = try QueryPlan(invocation, context, defaultPeriod: .word(.today))
        return try QueryCommand.run(plan, context, context.engine.stats) { head in
            StatsAnswer(
                head: head, latency: LatencySummary(), sessions: 0, models: 0,
                previous: plan.request.period.previous.map { _ in PricedUsage() })
        }
    }
}
