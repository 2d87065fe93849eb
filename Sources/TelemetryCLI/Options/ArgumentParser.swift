/// Turns arguments into an `Invocation`; pure, and knows nothing but the option tables.
package struct ArgumentParser: Sendable {
    package var commands: [CommandSpec]

    package init(commands: [CommandSpec]) {
        self.commands = commands
    }

    /// What the arguments (without the program's name) ask for.
    package func parse(_ arguments: [String]) throws(CommandFailure) -> Invocation {
        // "pricing --help": a first word of several commands, asked for help.
        if arguments.count == 2, !arguments[0].hasPrefix("-"), isHelp(arguments[1]) {
            return Invocation(command: try find("help"), operands: [arguments[0]])
        }
        let (command, count) = try command(of: arguments)
        var invocation = Invocation(command: command)
        var rest = arguments.dropFirst(count)
        var optionsHaveEnded = false
        while let argument = rest.popFirst() {
            if optionsHaveEnded || argument == "-" || !argument.hasPrefix("-") {
                invocation.operands.append(argument)
            } else if argument == "--" {
                optionsHaveEnded = true
            } else {
                try take(option: argument, from: &rest, into: &invocation)
            }
        }
        if !invocation.has("help") { try checkOperands(of: invocation) }
        return invocation
    }

    /// The command that the first one or two arguments name, and how many they are.
    private func command(
        of arguments: [String]
    ) throws(CommandFailure) -> (CommandSpec, count: Int) {
        let first = arguments.first ?? "help"
        if isHelp(first) { return (try find("help"), 1) }
        if first == "-V" || first == "--version" { return (try find("version"), 1) }
        if first.hasPrefix("-") {
            throw .usage(
                "a command must come before options: \(first)",
                hint: "llm-telemetry COMMAND [ARGUMENTS] [OPTIONS]")
        }
        let subcommands = commands.filter { $0.name.hasPrefix(first + " ") }
        guard !subcommands.isEmpty else { return (try find(first), 1) }
        let words = subcommands.map { $0.subcommand }
        if arguments.count > 1, let index = words.firstIndex(of: arguments[1]) {
            return (subcommands[index], 2)
        }
        // "sessions" is a command by itself, too.
        if let command = commands.first(where: { $0.name == first }) { return (command, 1) }
        guard arguments.count > 1, !arguments[1].hasPrefix("-") else {
            throw .usage("\(first) needs one of: \(words.joined(separator: ", "))")
        }
        throw .unknown("subcommand of \(first)", arguments[1], among: words)
    }

    private func isHelp(_ argument: String) -> Bool { argument == "-h" || argument == "--help" }

    private func find(_ name: String) throws(CommandFailure) -> CommandSpec {
        if let command = commands.first(where: { $0.name == name }) { return command }
        var names: [String] = []
        for command in commands {
            let word = String(command.name.prefix { $0 != " " })
            if names.last != word { names.append(word) }
        }
        throw .unknown("command", name, among: names)
    }

    /// Takes one option and its value off the arguments.
    private func take(
        option argument: String, from rest: inout ArraySlice<String>,
        into invocation: inout Invocation
    ) throws(CommandFailure) {
        let (option, attached) = try option(argument, of: invocation.command)
        let text: String
        if option.value == .none {
            guard attached == nil else { throw .usage("--\(option.name) takes no value") }
            text = ""
        } else if let value = attached ?? rest.popFirst() {
            text = value
        } else {
            throw .usage("--\(option.name) needs a value", hint: option.usage)
        }
        if case .choice(let words) = option.value, !words.contains(text) {
            throw .unknown("value of --\(option.name)", text, among: words)
        }
        if invocation.has(option.name), !option.isRepeatable, option.value != .none {
            throw .usage("--\(option.name) is given twice")
        }
        invocation.values[option.name, default: []].append(text)
    }

    /// The option that an argument names, and the value attached to it with `=`.
    private func option(
        _ argument: String, of command: CommandSpec
    ) throws(CommandFailure) -> (OptionSpec, attached: String?) {
        guard argument.hasPrefix("--") else {
            let letters = argument.dropFirst()
            if letters.count == 1, let letter = letters.first,
                let option = command.options.first(where: { $0.letter == letter })
            {
                return (option, nil)
            }
            throw .unknown("option", argument, among: command.options.map { "--" + $0.name })
        }
        let parts = argument.dropFirst(2)
            .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if let option = command.options.first(where: { $0.name == parts[0] }) {
            return (option, parts.count > 1 ? String(parts[1]) : nil)
        }
        throw .unknown(
            "option", "--\(parts[0])", among: command.options.map { "--" + $0.name })
    }

    private func checkOperands(of invocation: Invocation) throws(CommandFailure) {
        var rest = invocation.operands[...]
        for operand in invocation.command.operands {
            let taken = operand.count == .any ? rest : rest.prefix(1)
            if operand.count == .one, taken.isEmpty {
                throw .usage(
                    "\(invocation.command.name) needs \(operand.name)",
                    hint: invocation.command.usage)
            }
            if let words = operand.words {
                for word in taken where !words.contains(word) {
                    let others = commands.filter {
                        $0.name.hasPrefix(invocation.command.name + " ")
                    }
                    throw .unknown(
                        operand.name.lowercased(), word, among: words + others.map(\.subcommand))
                }
            }
            rest = rest.dropFirst(taken.count)
        }
        if let extra = rest.first {
            throw .usage("unexpected argument: \(extra)", hint: invocation.command.usage)
        }
    }
}
