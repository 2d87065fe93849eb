/// `--help` and `help`, made from the option tables.
package enum HelpText {
    /// The short help: every command on a line.
    package static func overview(_ commands: [CommandSpec]) -> String {
        var text = """
            Local telemetry for calls to language models.

            Usage: llm-telemetry COMMAND [ARGUMENTS] [OPTIONS]

            Commands:

            """
        text += list(commands.map { ($0.name, $0.summary) })
        return text + """

            "llm-telemetry help COMMAND" explains a command; -V prints the version.

            """
    }

    /// Everything about one command.
    package static func command(_ command: CommandSpec) -> String {
        var text = "Usage: \(command.usage)\n\n"
        text += command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".\n"
        if !command.operands.isEmpty {
            text += "\nArguments:\n" + list(command.operands.map { ($0.name, $0.summary) })
        }
        return text + "\nOptions:\n" + list(command.options.map { (usage($0), summary($0)) })
    }

    private static func usage(_ option: OptionSpec) -> String {
        option.letter.map { "-\($0), \(option.usage)" } ?? option.usage
    }

    private static func summary(_ option: OptionSpec) -> String {
        option.isRepeatable ? option.summary + " (repeatable)" : option.summary
    }

    /// Names in one column and summaries in another; a long name has its summary below.
    private static func list(_ items: [(name: String, summary: String)]) -> String {
        let widest = items.map(\.name.count).filter { $0 <= longestName }.max() ?? 0
        var text = ""
        for (name, summary) in items {
            let space =
                name.count <= widest
                ? String(repeating: " ", count: widest - name.count + 2)
                : "\n" + String(repeating: " ", count: widest + 4)
            text += "  \(name)\(space)\(summary)\n"
        }
        return text
    }

    private static let longestName = 26
}
