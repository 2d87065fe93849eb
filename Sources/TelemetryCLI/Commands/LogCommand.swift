import TelemetryFormat

/// `log`: records calls from the shell, one from options or many from standard input.
enum LogCommand {
    static let command = Command(
        spec: CommandSpec(
            "log", "record a call from options, or with \"-\" records from standard input",
            operands: [
                OperandSpec("-", .optional, words: ["-"], "read records as JSON lines")
            ],
            options: LogOptions.table)
    ) { (invocation, context) throws(CommandFailure) in
        let store = try StoreChoice.forWriting(invocation, context)
        let access = try context.upkeep(of: store, invocation)
        if invocation.operands.isEmpty {
            let call = try LogOptions.call(invocation, context, now: access.now)
            try context.engine.append([call], access)
            return .success
        }
        let given = invocation.values.keys.sorted().first { !LogOptions.goesWithInput.contains($0) }
        if let given { throw .usage("--\(given) does not go with \"-\"") }
        let badLines = try record(context, access)
        context.engine.maintain(access)
        try badLines.report(context.console)
        return .success
    }

    /// Records what comes from standard input. The writer ends with this, and lets go of segments
    /// that it kept open: what is in use nobody removes.
    private static func record(
        _ context: ProgramContext, _ access: StoreAccess
    ) throws(CommandFailure) -> BadLines {
        var input = RecordInput(
            settings: access.settings, append: context.engine.lineAppender(access))
        try input.readAll(context.console)
        return input.badLines
    }
}
