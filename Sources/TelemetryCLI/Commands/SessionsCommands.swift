import TelemetryQuery
import TelemetryReport

/// `sessions` and `sessions show`: which sessions there were, and the calls of one.
enum SessionsCommands {
    static let commands = [list, show]

    private static let list = Command(
        spec: CommandSpec(
            "sessions", "sessions with project, branch, calls, tokens, cost; latest end first",
            operands: [.period], options: OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let plan = try QueryPlan(invocation, context)
        return try QueryCommand.run(plan, context, context.engine.sessions) { head in
            SessionsAnswer(head: head, count: 0, sessions: [])
        }
    }

    private static let show = Command(
        spec: CommandSpec(
            "sessions show", "every call of a session in order of time, with the running cost",
            operands: [OperandSpec("ID", .one, "the session's id, or a beginning that is unique")],
            options: OptionTable.query)
    ) { (invocation, context) throws(CommandFailure) in
        let id = invocation.operands[0]
        if id.isEmpty { throw .usage("sessions show needs ID", hint: invocation.command.usage) }
        let plan = try QueryPlan(invocation, context)
        if plan.hasNothingToRead { throw .failed("session not found: \(id)") }
        let request = SessionRequest(id: id, query: plan.request)
        let answer = try context.engine.session(request, plan.access)
        try plan.presentation.show(answer, context)
        return .success
    }
}
