import TelemetryFormat
import TelemetryQuery
import TelemetryReport

/// `pricing list|show|check|path`: which prices apply, and which are missing.
enum PricingCommands {
    static let commands = [list, show, check, path]

    private static let list = Command(
        spec: CommandSpec(
            "pricing list", "the current price of every model, per million tokens",
            options: [OptionSpec("provider", value: .text("P"), "only models of this provider")]
                + OptionTable.reading + OptionTable.output + OptionTable.messages)
    ) { (invocation, context) throws(CommandFailure) in
        let prices = context.engine.prices
        let access = try access(invocation, context)
        let entries = try prices.list(invocation.value("provider"), access)
        if entries.isEmpty, let provider = invocation.value("provider") {
            throw .usage("no prices of provider: \(provider)", hint: "llm-telemetry pricing list")
        }
        let answer = PriceListAnswer(snapshot: prices.snapshot, entries: entries)
        try Presentation(invocation, context).show(answer, context)
        return .success
    }

    private static let show = Command(
        spec: CommandSpec(
            "pricing show", "which price a model gets, and why",
            operands: [OperandSpec("MODEL", .one, "the model's id, as logged")],
            options: [OptionSpec("at", value: .text("DATE"), "the price at that date or time")]
                + OptionTable.reading)
    ) { (invocation, context) throws(CommandFailure) in
        let prices = context.engine.prices
        let access = try access(invocation, context)
        let model = invocation.operands[0]
        let time = try time(invocation) ?? access.now
        let answer = PriceMatchAnswer(
            snapshot: prices.snapshot, model: model, at: time,
            match: try prices.match(model, time, access))
        let isJSON = invocation.has("json")
        try context.console.put(isJSON ? answer.document.document : answer.text)
        if answer.match == nil {
            throw .failed(
                "no price for \(model)", hint: "LLM_TELEMETRY_PRICES=FILE can add one")
        }
        return .success
    }

    private static let check = Command(
        spec: CommandSpec(
            "pricing check", "models without a price; exit 1 when there are any",
            options: OptionTable.reading + [
                OptionTable.noSync, OptionSpec("quiet", "no progress and no notes"),
            ])
    ) { (invocation, context) throws(CommandFailure) in
        let store = try StoreChoice.forReading(invocation, context)
        let access = try context.access(store, invocation)
        let answer = PriceCheckAnswer(
            snapshot: context.engine.prices.snapshot, today: access.now.day,
            unpriced: try DoctorCommand.unpricedModels(
                invocation, context, store: store, access: access))
        let isJSON = invocation.has("json")
        try context.console.put(isJSON ? answer.document.document : answer.text)
        return answer.unpriced.isEmpty ? .success : .failure
    }

    private static let path = Command(
        spec: CommandSpec(
            "pricing path", "the files that may add or change prices",
            options: OptionTable.reading)
    ) { (invocation, context) throws(CommandFailure) in
        let files = try context.engine.prices.overrides(try access(invocation, context))
        if invocation.has("json") {
            let nodes = files.map { file in
                JSONValue.object([
                    .init("path", .string(file.path)), .init("exists", .bool(file.exists)),
                ])
            }
            let document = JSONValue.object([
                .init("schema_version", .integer(JSONReport.schemaVersion)),
                .init("command", .string("pricing path")), .init("overrides", .array(nodes)),
            ])
            try context.console.put(document.document)
        } else {
            var text = ""
            for file in files {
                text += TerminalText.visible(file.path) + (file.exists ? "\n" : " (not there)\n")
            }
            try context.console.put(text)
        }
        return .success
    }

    /// Prices are there without a store; one that is named must exist all the same.
    private static func access(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> StoreAccess {
        try context.access(StoreChoice.forReading(invocation, context), invocation)
    }

    private static func time(_ invocation: Invocation) throws(CommandFailure) -> Timestamp? {
        guard let text = invocation.value("at") else { return nil }
        if let time = Timestamp.parseClock(text) { return time }
        throw .usage("--at is not a date: \(text)", hint: "YYYY-MM-DD or a full timestamp")
    }
}
