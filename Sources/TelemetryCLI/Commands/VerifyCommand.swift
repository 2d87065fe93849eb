import TelemetryFormat
import TelemetryReport

/// `verify`: checks that every line, hash and day of the store is what it should be.
enum VerifyCommand {
    static let command = Command(
        spec: CommandSpec(
            "verify", "check every line, hash and day of the store",
            operands: [OperandSpec("DAY", .any, "check only these days, as YYYY-MM-DD")],
            options: OptionTable.reading + [OptionSpec("quiet", "print findings only")])
    ) { (invocation, context) throws(CommandFailure) in
        let days = try days(invocation)
        let store = try StoreChoice.forReading(invocation, context)
        let access = try context.upkeep(of: store, invocation)
        if !store.exists, invocation.value("dir") == nil {
            return try nothing(invocation, context)
        }
        let summary = try context.engine.verify(days, access)
        let text =
            invocation.has("json")
            ? document(summary).document : text(summary, isQuiet: invocation.has("quiet"))
        try context.console.put(text)
        return summary.findings.isEmpty ? .success : .failure
    }

    private static func days(_ invocation: Invocation) throws(CommandFailure) -> [Day] {
        var days: [Day] = []
        for text in invocation.operands {
            guard let day = Day(text) else {
                throw .usage("not a day: \(text)", hint: "YYYY-MM-DD")
            }
            days.append(day)
        }
        return days
    }

    private static func nothing(
        _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> ExitCode {
        let empty = VerifySummary(days: 0, files: 0, lines: 0, findings: [])
        let isJSON = invocation.has("json")
        try context.console.put(isJSON ? document(empty).document : QueryCommand.welcome)
        return .success
    }

    private static func text(_ summary: VerifySummary, isQuiet: Bool) -> String {
        var text = ""
        for finding in summary.findings {
            let place = finding.file + (finding.line.map { ":\($0)" } ?? "")
            text += TerminalText.visible("\(place): \(finding.message)") + "\n"
        }
        if isQuiet { return text }
        let findings = HumanText.plural(Int64(summary.findings.count), "finding")
        let days = HumanText.plural(summary.days, "day")
        let files = HumanText.plural(summary.files, "file")
        let lines = HumanText.plural(summary.lines, "line")
        return text + "\(findings) in \(days), \(files), \(lines)\n"
    }

    private static func document(_ summary: VerifySummary) -> JSONValue {
        let findings = summary.findings.map { finding in
            JSONValue.object([
                .init("file", .string(finding.file)), .init("line", .optional(finding.line)),
                .init("message", .string(finding.message)),
            ])
        }
        return .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("verify")), .init("days", .integer(summary.days)),
            .init("files", .integer(summary.files)), .init("lines", .integer(summary.lines)),
            .init("findings", .array(findings)),
        ])
    }
}
