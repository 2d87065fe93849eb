package import TelemetryFormat

/// Everything a command takes from its process, so that each can be tested without one.
package struct ProgramContext: Sendable {
    /// Without the program's name.
    package var arguments: [String]
    /// Names from a `.env` file included.
    package var environment: [String: String]
    package var workingDirectory: String
    package var clock: @Sendable () -> Timestamp
    package var console: Console
    package var files: FileAccess
    package var engine: Engine

    package init(
        arguments: [String], environment: [String: String], workingDirectory: String,
        clock: @escaping @Sendable () -> Timestamp, console: Console, files: FileAccess,
        engine: Engine
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.clock = clock
        self.console = console
        self.files = files
        self.engine = engine
    }

    /// A variable's value; an empty one counts as not set.
    func variable(_ name: String) -> String? {
        guard let value = environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// The path with `~` as the home directory, and from the root on.
    func absolute(_ path: String) throws(CommandFailure) -> String {
        if path == "~" || path.hasPrefix("~/") {
            return try homeDirectory() + path.dropFirst()
        }
        return path.hasPrefix("/") ? path : workingDirectory + "/" + path
    }

    /// Where the user's own files are.
    func homeDirectory() throws(CommandFailure) -> String {
        if let home = variable("HOME") { return home }
        throw .failed(
            "cannot find the home directory: HOME is not set", hint: "name a store with --dir")
    }
}

/// The three standard streams and what is known of the terminal.
package struct Console: Sendable {
    /// Takes a line without its newline, and whether it is the beginning of one that is too long.
    package typealias LineTaker = (Span<UInt8>, _ isTooLong: Bool) throws(CommandFailure) -> Void

    /// Gives every line of standard input, the last one even when no newline ends it; `pause` is
    /// called when there is no more to read yet.
    package var forEachInputLine:
        @Sendable (_ pause: () throws(CommandFailure) -> Void, LineTaker)
            throws(CommandFailure) -> Void
    /// Writes all bytes to standard output; throws `CommandFailure.outputClosed` when nobody reads.
    package var write: @Sendable ([UInt8]) throws(CommandFailure) -> Void
    /// Writes to standard error as well as it goes.
    package var writeError: @Sendable ([UInt8]) -> Void
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    /// Columns of the terminal behind standard output, when it tells.
    package var columns: Int?

    package init(
        forEachInputLine:
            @escaping @Sendable (_ pause: () throws(CommandFailure) -> Void, LineTaker)
            throws(CommandFailure) -> Void,
        write: @escaping @Sendable ([UInt8]) throws(CommandFailure) -> Void,
        writeError: @escaping @Sendable ([UInt8]) -> Void, outputIsTerminal: Bool = false,
        errorIsTerminal: Bool = false, columns: Int? = nil
    ) {
        self.forEachInputLine = forEachInputLine
        self.write = write
        self.writeError = writeError
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.columns = columns
    }

    /// Writes text to standard output.
    func put(_ text: String) throws(CommandFailure) { try write(Array(text.utf8)) }

    /// One line on standard error.
    func note(_ text: String) {
        writeError(Array("llm-telemetry: \(TerminalText.visible(text))\n".utf8))
    }
}

/// The few things commands do with files themselves.
package struct FileAccess: Sendable {
    /// Whether the path leads to a directory.
    package var isDirectory: @Sendable (String) -> Bool
    /// A file's bytes; nil when there is none.
    package var contents: @Sendable (String) throws(CommandFailure) -> [UInt8]?
    /// The path without links; nil when it leads nowhere.
    package var canonicalPath: @Sendable (String) -> String?
    /// Makes a file of these bytes appear at once; refuses to replace one unless told to.
    package var create:
        @Sendable (_ path: String, _ bytes: [UInt8], _ replaces: Bool)
            throws(CommandFailure) -> Void
    /// A new, empty, private directory for a demonstration.
    package var makeTemporaryDirectory: @Sendable () throws(CommandFailure) -> String
    /// Removes such a directory with all it holds.
    package var removeTemporaryDirectory: @Sendable (String) -> Void

    package init(
        isDirectory: @escaping @Sendable (String) -> Bool,
        contents: @escaping @Sendable (String) throws(CommandFailure) -> [UInt8]?,
        canonicalPath: @escaping @Sendable (String) -> String?,
        create:
            @escaping @Sendable (String, [UInt8], Bool) throws(CommandFailure) -> Void,
        makeTemporaryDirectory: @escaping @Sendable () throws(CommandFailure) -> String,
        removeTemporaryDirectory: @escaping @Sendable (String) -> Void
    ) {
        self.isDirectory = isDirectory
        self.contents = contents
        self.canonicalPath = canonicalPath
        self.create = create
        self.makeTemporaryDirectory = makeTemporaryDirectory
        self.removeTemporaryDirectory = removeTemporaryDirectory
    }
}
