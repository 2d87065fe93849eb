/// One option as data: the parser, `--help`, the documentation and completions all read it here.
package struct OptionSpec: Sendable, Equatable {
    /// What follows the option's name.
    package enum Value: Sendable, Equatable {
        /// Nothing: the option is there or not.
        case none
        /// Any text, shown in help under this name.
        case text(String)
        /// One of these words.
        case choice([String])
    }

    /// The long name without dashes.
    package var name: String
    /// A one-letter form without its dash.
    package var letter: Character?
    package var value: Value
    /// Whether it may be given more than once.
    package var isRepeatable: Bool
    /// One line for people, lower-case, no full stop.
    package var summary: String

    package init(
        _ name: String, letter: Character? = nil, value: Value = .none, isRepeatable: Bool = false,
        _ summary: String
    ) {
        self.name = name
        self.letter = letter
        self.value = value
        self.isRepeatable = isRepeatable
        self.summary = summary
    }

    /// `--since D`, as help and documentation show it.
    package var usage: String {
        switch value {
        case .none: "--\(name)"
        case .text(let placeholder): "--\(name) \(placeholder)"
        case .choice(let words): "--\(name) \(words.joined(separator: "|"))"
        }
    }
}

/// What may stand after a command's name beside options.
package struct OperandSpec: Sendable, Equatable {
    /// How many operands there may be.
    package enum Count: Sendable, Equatable {
        case one
        case optional
        case any
    }

    /// As help shows it, in capitals.
    package var name: String
    package var count: Count
    /// The words it must be one of; nil when any text will do.
    package var words: [String]?
    package var summary: String

    package init(_ name: String, _ count: Count, words: [String]? = nil, _ summary: String) {
        self.name = name
        self.count = count
        self.words = words
        self.summary = summary
    }

    /// `[PERIOD]`, `SQL`, `[DAY]…`.
    package var usage: String {
        switch count {
        case .one: name
        case .optional: "[\(name)]"
        case .any: "[\(name)]…"
        }
    }
}

/// A command as data: its name, what follows it and what it is for.
package struct CommandSpec: Sendable, Equatable {
    /// One word, or two for a command with a subcommand: `pricing show`.
    package var name: String
    /// One line for people, lower-case, no full stop.
    package var summary: String
    package var operands: [OperandSpec]
    package var options: [OptionSpec]

    package init(
        _ name: String, _ summary: String, operands: [OperandSpec] = [],
        options: [OptionSpec] = []
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.options = options + [OptionTable.help]
    }

    /// What stands after the first word of the name: `show`; empty for a command of one word.
    var subcommand: String { String(name.drop { $0 != " " }.dropFirst()) }

    /// `llm-telemetry pricing show MODEL [OPTIONS]`.
    package var usage: String {
        (["llm-telemetry", name] + operands.map(\.usage) + ["[OPTIONS]"]).joined(separator: " ")
    }
}
