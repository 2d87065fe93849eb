import TelemetryIndex
import TelemetryReport

/// `cache-sync`: takes new lines of the sources into the cache.
enum CacheSyncCommand {
    static let command = Command(
        spec: CommandSpec(
            "cache-sync", "take new log lines into the cache",
            options: OptionTable.reading + [
                OptionSpec("rebuild", "read everything again into a new cache"),
                OptionSpec("verify", "compare every file with what was read of it, byte for byte"),
                OptionSpec("no-capture", "make no slim twins of idle agent logs"),
                OptionSpec("quiet", "no progress and no notes on standard error"),
                OptionSpec("verbose", "say more on standard error"),
            ])
    ) { (invocation, context) throws(CommandFailure) in
        let store = try StoreChoice.forReading(invocation, context)
        let access = try context.access(store, invocation)
        var summary = CacheSyncSummary(sources: access.sources)
        let hasNothing = !store.exists && !context.engine.hasAgentLogs(context.environment)
        if !hasNothing {
            let request = SyncRequest(
                sources: try context.namedSources(invocation), rebuilds: invocation.has("rebuild"),
                verifies: invocation.has("verify"), captures: !invocation.has("no-capture"))
            summary = try context.engine.sync(request, access)
        }
        if invocation.has("json") {
            try context.console.put(CacheSyncReport.document(summary).document)
        } else if hasNothing {
            try context.console.put(QueryCommand.welcome)
        } else {
            try context.console.put(CacheSyncReport.text(summary))
        }
        return .success
    }
}
