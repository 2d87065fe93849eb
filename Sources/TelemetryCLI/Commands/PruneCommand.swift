import TelemetryFormat
import TelemetryReport

/// `prune`: removes the days that retention and size cap say are due.
enum PruneCommand {
    static let command = Command(
        spec: CommandSpec(
            "prune", "remove days beyond LLM_RETENTION_DAYS or over LLM_STORAGE_MAX_SIZE_MB",
            options: [
                OptionSpec("dry-run", "say what would go and remove nothing"),
                OptionSpec("archived", "remove due archived days too"),
                OptionTable.store, OptionTable.json, OptionTable.clock,
                OptionSpec("quiet", "print nothing but errors"),
            ])
    ) { (invocation, context) throws(CommandFailure) in
        let store = try StoreChoice.forWriting(invocation, context)
        let access = try context.upkeep(of: store, invocation)
        if !store.exists { throw .failed("telemetry directory not found: \(store.shown)") }
        let request = PruneRequest(
            isDryRun: invocation.has("dry-run"), includesArchived: invocation.has("archived"))
        let summary = try context.engine.prune(request, access)
        if invocation.has("json") {
            try context.console.put(document(summary, request).document)
        } else if !invocation.has("quiet") {
            try context.console.put(text(summary, request))
        }
        return .success
    }

    private static func text(_ summary: PruneSummary, _ request: PruneRequest) -> String {
        let verb = request.isDryRun ? "would remove" : "removed"
        var text = ""
        for removal in summary.removals {
            let files = HumanText.plural(removal.files, "file")
            let bytes = HumanText.bytes(removal.bytes)
            text += "\(verb) \(removal.day): \(files), \(bytes) (\(removal.reason))\n"
        }
        if summary.removals.isEmpty { text = "nothing is due\n" }
        for note in summary.notes { text += "note: \(TerminalText.visible(note))\n" }
        return text
    }

    private static func document(_ summary: PruneSummary, _ request: PruneRequest) -> JSONValue {
        let removals = summary.removals.map { removal in
            JSONValue.object([
                .init("day", .string(removal.day.description)),
                .init("files", .integer(removal.files)), .init("bytes", .integer(removal.bytes)),
                .init("reason", .string(removal.reason)),
            ])
        }
        return .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("prune")), .init("dry_run", .bool(request.isDryRun)),
            .init("removed", .array(removals)),
            .init("files", .integer(summary.removals.reduce(0) { $0 + $1.files })),
            .init("bytes", .integer(summary.removals.reduce(0) { $0 + $1.bytes })),
            .init("notes", .strings(summary.notes)),
        ])
    }
}
