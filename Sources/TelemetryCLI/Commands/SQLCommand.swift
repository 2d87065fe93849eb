import TelemetryQuery
import TelemetryReport

/// `query`: one read-only statement over the views.
enum SQLCommand {
    static let command = Command(
        spec: CommandSpec(
            "query", "run one read-only SQL statement over the views",
            operands: [OperandSpec("SQL", .optional, "the statement")],
            options: OptionTable.reading
                + [OptionSpec("schema", "list the views and their columns")]
                + OptionTable.output + [OptionTable.noSync] + OptionTable.messages)
    ) { (invocation, context) throws(CommandFailure) in
        let presentation = try Presentation(invocation, context)
        if invocation.has("schema") {
            guard invocation.operands.isEmpty else { throw .usage("--schema takes no SQL") }
            try showSchema(presentation, context)
            return .success
        }
        guard let statement = invocation.operands.first, !statement.isEmpty else {
            throw .usage(
                "query needs SQL", hint: "llm-telemetry query \"SELECT count(*) FROM calls\"")
        }
        let store = try StoreChoice.forReading(invocation, context)
        let access = try context.access(store, invocation)
        if !store.exists, !context.engine.hasAgentLogs(context.environment) {
            if presentation.format == .table {
                try presentation.deliver(QueryCommand.welcome, context)
            } else {
                try presentation.show(SQLAnswer(columns: [], rows: []), context)
            }
            return .success
        }
        let answer = try context.engine.sql(statement, access)
        try presentation.show(answer, context)
        if answer.isTruncated {
            throw .failed(
                "only the first \(answer.rows.count) rows are shown",
                hint: "ask for fewer with LIMIT and OFFSET")
        }
        return .success
    }

    /// For people a line a view, `calls(source, timestamp, …)`; for programs a row a column.
    private static func showSchema(
        _ presentation: Presentation, _ context: ProgramContext
    ) throws(CommandFailure) {
        let views = try context.engine.schema()
        guard presentation.format == .table else {
            return try presentation.show(SQLAnswer(views: views), context)
        }
        let lines = views.map { "\($0.name)(\($0.columns.joined(separator: ", ")))\n" }
        try presentation.deliver(lines.joined(), context)
    }
}
