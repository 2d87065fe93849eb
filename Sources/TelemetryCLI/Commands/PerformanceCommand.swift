import TelemetryQuery

/// `performance`: how long calls take and how many fail.
enum PerformanceCommand {
    static let command = Command(
        spec: CommandSpec(
            "performance", "response times, slowest operations, tokens per second, error rate",
            operands: [.period], options: OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let plan = try QueryPlan(invocation, context, dimensions: [.operation, .model])
        return try QueryCommand.run(plan, context, context.engine.performance) { head in
            PerformanceAnswer(
                head: head,
                overall: PerformanceAnswer.Row(
                    key: nil, latency: LatencySummary(), calls: 0, failed: 0,
                    outputTokensPerSecond: nil),
                byOperation: [], byModel: [])
        }
    }
}
