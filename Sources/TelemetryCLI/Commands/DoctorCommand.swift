import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import TelemetryReport

/// `doctor`: what is read, what is not, and what needs attention.
enum DoctorCommand {
    static let command = Command(
        spec: CommandSpec(
            "doctor", "what is read and what is not; exit 1 when something needs attention",
            options: OptionTable.reading + [
                OptionTable.noSync, OptionSpec("quiet", "no progress and no notes"),
            ])
    ) { (invocation, context) throws(CommandFailure) in
        let store = try StoreChoice.forReading(invocation, context)
        let isJSON = invocation.has("json")
        if !store.exists, !context.engine.hasAgentLogs(context.environment), !isJSON {
            try context.console.put(QueryCommand.welcome)
            return .success
        }
        var access = try context.access(store, invocation)
        let unpriced = try unpricedModels(invocation, context, store: store, access: access)
        access.syncsFirst = false
        let examination = Examination(
            store: store.shown, sources: access.sources,
            findings: try context.engine.doctor(access), unpricedModels: unpriced,
            priceSnapshot: context.engine.prices.snapshot, today: access.now.day)
        let text = isJSON ? examination.document.document : examination.text
        try context.console.put(text)
        return examination.problems.isEmpty ? .success : .failure
    }

    /// The models of the whole history that have no price. Syncs, so that the rest is current.
    static func unpricedModels(
        _ invocation: Invocation, _ context: ProgramContext, store: StoreChoice,
        access: StoreAccess
    ) throws(CommandFailure) -> [AnswerHead.UnpricedModel] {
        if !store.exists, !context.engine.hasAgentLogs(context.environment) { return [] }
        let zone = try context.zone(invocation)
        guard let all = PeriodRequest.word(.all).resolved(now: access.now, zone: zone) else {
            return []
        }
        let request = QueryRequest(
            command: invocation.command.name, store: store.shown, sources: access.sources,
            period: all)
        return try context.engine.unpricedModels(request, access)
    }
}
