/// What was typed, understood as a command with its options, not yet as values.
package struct Invocation: Sendable, Equatable {
    package var command: CommandSpec
    /// The texts given for each option, in order; a flag that is there has one empty text.
    package var values: [String: [String]]
    package var operands: [String]

    package init(
        command: CommandSpec, values: [String: [String]] = [:], operands: [String] = []
    ) {
        self.command = command
        self.values = values
        self.operands = operands
    }

    /// Whether the option was given.
    package func has(_ option: String) -> Bool { values[option] != nil }

    /// The text given for an option that may be given once.
    package func value(_ option: String) -> String? { values[option]?.last }

    /// Every text given for an option that may be given more than once.
    package func all(_ option: String) -> [String] { values[option] ?? [] }
}
