/// `help`: which commands there are, or what one of them takes.
enum HelpCommand {
    static let command = Command(
        spec: CommandSpec(
            "help", "list the commands, or explain one",
            operands: [OperandSpec("COMMAND", .any, "the command to explain")])
    ) { (invocation, context) throws(CommandFailure) in
        try context.console.put(text(for: invocation.operands))
        return .success
    }

    private static func text(for words: [String]) throws(CommandFailure) -> String {
        let name = words.joined(separator: " ")
        if name.isEmpty { return HelpText.overview(CommandTable.specs) }
        let specs = CommandTable.specs.filter {
            $0.name == name || $0.name.hasPrefix(name + " ")
        }
        if specs.isEmpty {
            throw .unknown("command", name, among: CommandTable.specs.map(\.name))
        }
        return specs.map(HelpText.command).joined(separator: "\n")
    }
}
