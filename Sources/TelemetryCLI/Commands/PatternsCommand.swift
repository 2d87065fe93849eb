import TelemetryQuery

/// `patterns`: when calls are made, and what for.
enum PatternsCommand {
    static let command = Command(
        spec: CommandSpec(
            "patterns", "calls by hour and weekday, peak hours, commonest operations",
            operands: [.period], options: OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let plan = try QueryPlan(invocation, context, dimensions: [.operation])
        return try QueryCommand.run(plan, context, context.engine.patterns) { head in
            let hours = [Int64](repeating: 0, count: 24)
            return PatternsAnswer(
                head: head, byHour: hours, byWeekday: [Int64](repeating: 0, count: 7),
                heatmap: [[Int64]](repeating: hours, count: 7), peakHours: [],
                busiestWeekday: nil, operations: [])
        }
    }
}
