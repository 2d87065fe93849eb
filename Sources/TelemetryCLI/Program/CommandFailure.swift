/// Why a command ends without doing what it was asked; becomes one line on standard error, a hint
/// where there is one, and the exit code.
package struct CommandFailure: Error, Equatable, Sendable {
    /// What the program's exit says.
    package var exitCode: ExitCode
    /// Lower-case, no full stop; may hold text from logs, which is made visible when printed.
    package var message: String
    /// What to do about it.
    package var hint: String?

    package init(_ exitCode: ExitCode, _ message: String, hint: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.hint = hint
    }

    /// Wrong usage or a bad input value.
    package static func usage(_ message: String, hint: String? = nil) -> CommandFailure {
        CommandFailure(.usage, message, hint: hint)
    }

    /// The world refused.
    package static func failed(_ message: String, hint: String? = nil) -> CommandFailure {
        CommandFailure(.failure, message, hint: hint)
    }

    /// A word that is none of those known, with the nearest one as a hint.
    package static func unknown(
        _ kind: String, _ word: String, among names: [String]
    ) -> CommandFailure {
        if let name = Suggestion.nearest(to: word, among: names) {
            return .usage("unknown \(kind): \(word)", hint: "did you mean \(name)?")
        }
        if names.count <= 12 {
            return .usage(
                "unknown \(kind): \(word)", hint: "one of: \(names.joined(separator: ", "))")
        }
        return .usage("unknown \(kind): \(word)", hint: "llm-telemetry help")
    }
}

/// What the program's exit says to a script.
package enum ExitCode: Int32, Sendable {
    /// Done; an empty result is a result.
    case success = 0
    /// Failed, or a check found something.
    case failure = 1
    /// Wrong usage or a bad input value.
    case usage = 2
}

extension CommandFailure {
    /// Nobody reads standard output any more: the end, and a success.
    package static let outputClosed = CommandFailure(.success, "")
}
