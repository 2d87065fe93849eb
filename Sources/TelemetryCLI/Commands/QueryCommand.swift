import TelemetryFormat
import TelemetryQuery
import TelemetryReport

/// What all queries over calls have in common: plan, ask, show.
enum QueryCommand {
    /// Asks the engine and shows the answer; says how to begin where there is nothing to read.
    static func run<Answer: Presentable>(
        _ plan: QueryPlan, _ context: ProgramContext, _ question: Engine.Question<Answer>,
        empty: (AnswerHead) -> Answer
    ) throws(CommandFailure) -> ExitCode {
        if !plan.hasNothingToRead {
            try plan.presentation.show(question(plan.request, plan.access), context)
        } else if plan.presentation.format == .table {
            try plan.presentation.deliver(Self.welcome, context)
        } else {
            let head = plan.request.head(
                priceSnapshot: context.engine.prices.snapshot.description)
            try plan.presentation.show(empty(head), context)
        }
        return .success
    }

    /// What a person reads who has neither a store nor any agent's logs.
    static let welcome =
        "No telemetry yet: record a call with \"llm-telemetry log --model M --input-tokens N\","
        + " or see it at work with \"llm-telemetry demo\".\n"
}
