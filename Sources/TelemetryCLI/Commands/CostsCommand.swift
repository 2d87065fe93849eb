import TelemetryQuery
import TelemetryReport

/// `costs`: what it cost, in total and broken down.
enum CostsCommand {
    static let command = Command(
        spec: CommandSpec(
            "costs", "what it cost, by model, project, agent and day (default: 30 days)",
            operands: [.period],
            options: [
                OptionSpec(
                    "by", value: .choice(Dimension.allCases.map(\.rawValue)), isRepeatable: true,
                    "break the total down by this")
            ] + OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let named = Dimension.allCases.filter { invocation.all("by").contains($0.rawValue) }
        var plan = try QueryPlan(invocation, context, defaultPeriod: .days(30))
        // A document always has the usual breakdowns; people see what they asked for.
        if named.isEmpty || plan.presentation.format == .json {
            plan.request.dimensions = usual + named.filter { !usual.contains($0) }
        } else {
            plan.request.dimensions = named
        }
        return try QueryCommand.run(plan, context, context.engine.breakdown) { head in
            BreakdownAnswer(
                head: head,
                breakdowns: plan.request.dimensions.map { Breakdown(dimension: $0, rows: []) })
        }
    }

    private static let usual: [Dimension] = [.model, .project, .agent, .day]
}
