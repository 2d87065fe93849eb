/// A command: its options as data and what it does.
struct Command: Sendable {
    var spec: CommandSpec
    var run: @Sendable (Invocation, ProgramContext) throws(CommandFailure) -> ExitCode
}

/// Every command there is, in the order in which help lists them.
package enum CommandTable {
    static let commands: [Command] =
        [StatsCommand.command, CostsCommand.command]
        + RankingCommands.commands
        + [PerformanceCommand.command, PatternsCommand.command]
        + BucketCommands.commands
        + SessionsCommands.commands
        + [LogCommand.command, PruneCommand.command, VerifyCommand.command]
        + [CacheSyncCommand.command, DoctorCommand.command, SQLCommand.command]
        + PricingCommands.commands
        + [DemoCommand.command, HelpCommand.command, VersionCommand.command]

    /// The commands as data.
    package static let specs = commands.map(\.spec)

    static func run(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> ExitCode {
        guard let command = commands.first(where: { $0.spec.name == invocation.command.name })
        else { preconditionFailure("no command \(invocation.command.name)") }
        return try command.run(invocation, context)
    }
}
