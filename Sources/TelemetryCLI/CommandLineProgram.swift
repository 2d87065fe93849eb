import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// The program: parse, run, render, exit.
package enum CommandLineProgram {
    /// Runs the command that the process's arguments name and ends with its exit code.
    package static func main() -> Never {
        ProcessLife.occupyStandardStreams()
        StandardOutput.ignoreWriteSignals()
        let environment = environment()
        let context = ProgramContext(
            arguments: Array(CommandLine.arguments.dropFirst()), environment: environment,
            workingDirectory: ProcessIdentity.currentDirectory ?? ".",
            clock: { Timestamp(milliseconds: SystemClock.realtimeMilliseconds()) },
            console: .live(environment: environment), files: .live, engine: .live)
        ProcessLife.end(withCode: run(context).rawValue)
    }

    /// The process's variables, and those of the `.env` file beside it that are not set.
    private static func environment() -> [String: String] {
        var environment = ProcessEnvironment.snapshot()
        // No `.env` file, or one that cannot be read, is the usual case.
        let file = try? FileContents.read(".env", maximumBytes: DotEnvironment.maximumBytes)
        for (name, value) in DotEnvironment.parse(file ?? []) {
            environment[name.rawValue] = environment[name.rawValue] ?? value
        }
        return environment
    }

    /// Runs the command that a context's arguments name.
    package static func run(_ context: ProgramContext) -> ExitCode {
        do throws(CommandFailure) {
            let parser = ArgumentParser(commands: CommandTable.specs)
            let invocation = try parser.parse(context.arguments)
            if invocation.has("help") {
                try context.console.put(HelpText.command(invocation.command))
                return .success
            }
            return try CommandTable.run(invocation, context)
        } catch {
            report(error, context.console)
            return isBestEffort(context.arguments) ? .success : error.exitCode
        }
    }

    /// Whether a host program has asked that no failure to log be one of its own, not even that of
    /// understanding the options.
    private static func isBestEffort(_ arguments: [String]) -> Bool {
        arguments.first == "log" && arguments.contains("--best-effort")
    }

    /// The error as a line, its hint as another; nothing for an end that is a success.
    private static func report(_ failure: CommandFailure, _ console: Console) {
        guard failure.exitCode != .success else { return }
        var text = "llm-telemetry: error: \(TerminalText.visible(failure.message))\n"
        if let hint = failure.hint { text += "hint: \(TerminalText.visible(hint))\n" }
        console.writeError(Array(text.utf8))
    }
}
