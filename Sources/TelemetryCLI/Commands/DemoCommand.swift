import LLMTelemetry
import TelemetryFormat
import TelemetryQuery
import TelemetryReport

/// `demo`: writes a sample into a temporary directory, indexes it and reports it.
enum DemoCommand {
    static let command = Command(
        spec: CommandSpec(
            "demo", "write, index and report a sample in a temporary directory",
            options: [
                OptionTable.clock, OptionTable.timeZone,
                OptionTable.colour,
            ])
    ) { (invocation, context) throws(CommandFailure) in
        let directory = try context.files.makeTemporaryDirectory()
        defer { context.files.removeTemporaryDirectory(directory) }
        // Nothing that is set for the user's own store may touch the sample.
        var sample = context
        sample.environment = context.environment.filter { !$0.key.hasPrefix("LLM_") }
        var invocation = invocation
        invocation.values["dir"] = [directory]
        let pinned = try context.settings().now
        let now = try context.pinnedNow(invocation) ?? pinned ?? context.clock()
        invocation.values["now"] = [now.iso8601]
        try run(invocation, sample, now: now)
        return .success
    }

    private static func run(
        _ invocation: Invocation, _ context: ProgramContext, now: Timestamp
    ) throws(CommandFailure) {
        let store = try StoreChoice.forWriting(invocation, context)
        let calls = DemoSample.calls(now: now)
        try context.engine.append(calls, try context.access(store, invocation))
        let count = HumanText.plural(Int64(calls.count), "call")
        try context.console.put(
            "A sample of \(count) in \(store.directory), removed afterwards.\n")
        for name in ["costs", "performance", "patterns"] {
            var question = invocation
            question.command.name = name
            try context.console.put("\n")
            _ = try CommandTable.run(question, context)
        }
    }
}
