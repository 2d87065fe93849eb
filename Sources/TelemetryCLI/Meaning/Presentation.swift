import TelemetryReport

/// How and where results are shown.
struct Presentation: Sendable {
    var format: OutputFormat
    /// The file to write; nil = standard output.
    var file: String?
    var replacesFile: Bool
    var style: Style
    /// Columns to fit tables into; nil = any width.
    var width: Int?

    /// Understands `--json`, `--csv`, `--format`, `--output`, `--force` and `--color`.
    init(_ invocation: Invocation, _ context: ProgramContext) throws(CommandFailure) {
        format = try Self.format(invocation)
        file = invocation.value("output")
        replacesFile = invocation.has("force")
        if file?.isEmpty == true { throw .usage("--output needs a path") }
        if replacesFile, file == nil { throw .usage("--force needs --output") }
        let isTerminal = context.console.outputIsTerminal && file == nil
        style = Self.style(invocation.value("color"), context, isTerminal: isTerminal)
        width = Self.width(context, isTerminal: isTerminal)
    }

    private static func format(_ invocation: Invocation) throws(CommandFailure) -> OutputFormat {
        var asked: [OutputFormat] = []
        if invocation.has("json") { asked.append(.json) }
        if invocation.has("csv") { asked.append(.csv) }
        if let word = invocation.value("format"), let format = OutputFormat(rawValue: word) {
            asked.append(format)
        }
        if let first = asked.first, asked.contains(where: { $0 != first }) {
            throw .usage("give one format: --json, --csv or --format")
        }
        return asked.first ?? .table
    }

    /// `--color`, then the conventions of no-color.org and bixense.com/clicolors.
    private static func style(
        _ option: String?, _ context: ProgramContext, isTerminal: Bool
    ) -> Style {
        switch option {
        case "always": return .coloured
        case "never": return .plain
        default:
            if context.variable("NO_COLOR") != nil { return .plain }
            if let force = context.variable("CLICOLOR_FORCE"), force != "0" { return .coloured }
            if context.variable("TERM") == "dumb" { return .plain }
            return isTerminal ? .coloured : .plain
        }
    }

    /// What the terminal says, then `COLUMNS`, then 80; any width where there is no terminal.
    private static func width(_ context: ProgramContext, isTerminal: Bool) -> Int? {
        if isTerminal, let columns = context.console.columns, columns > 0 { return columns }
        if let text = context.variable("COLUMNS"), let columns = Int(text), columns > 0 {
            return columns
        }
        return isTerminal ? 80 : nil
    }

    /// Shows an answer where it belongs.
    func show(_ answer: some Presentable, _ context: ProgramContext) throws(CommandFailure) {
        try deliver(answer.text(format, width: width, style: style), context)
    }

    /// Writes text to the file or to standard output.
    func deliver(_ text: String, _ context: ProgramContext) throws(CommandFailure) {
        guard let file else { return try context.console.put(text) }
        try context.files.create(try context.absolute(file), Array(text.utf8), replacesFile)
    }
}
