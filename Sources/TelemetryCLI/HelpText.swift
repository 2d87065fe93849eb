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

    /// `--order asc|desc`, or `--sort WORD` where the words would not fit.
    private static func usage(_ option: OptionSpec) -> String {
        var usage = option.usage
        if case .choice = option.value, usage.count > longestName {
            usage = "--\(option.name) WORD"
        }
        return option.letter.map { "-\($0), \(usage)" } ?? usage
    }

    private static func summary(_ option: OptionSpec) -> String {
        var summary = option.summary
        if case .choice(let words) = option.value, option.usage.count > longestName {
            summary += ": " + words.joined(separator: ", ")
        }
        return option.isRepeatable ? summary + " (repeatable)" : summary
    }

    /// Names in one column and summaries in another.
    private static func list(_ items: [(name: String, summary: String)]) -> String {
        let column = items.map(\.name.count).max() ?? 0
        let indentation = "\n" + String(repeating: " ", count: column + 4)
        var text = ""
        for (name, summary) in items {
            let space = String(repeating: " ", count: column - name.count + 2)
            let lines = wrapped(summary, width: width - column - 4)
            text += "  \(name)\(space)\(lines.joined(separator: indentation))\n"
        }
        return text
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private static let longestName = 26
    /// Fits a usual terminal with room to spare.
    private static let width = 96
}
