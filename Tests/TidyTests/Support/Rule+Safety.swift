extension Rule {
    /// Rules about what code may say at all.
    static let safety: [Rule] = [
        uncheckedSendable, forcedTry, printing, explainedOptionalTry, globalVariables,
    ]

    private static let uncheckedSendable = Rule(
        name: "no type promises to be Sendable unchecked",
        folders: ["Sources", "Tests"],
        bad: .sample("LLMTelemetry", "final class Box: @unchecked Sendable {}"),
        good: .sample("LLMTelemetry", "// @unchecked Sendable\nstruct Box: Sendable {}")
    ) { $0.codeLines(matching: /@unchecked\s+Sendable/) }

    private static let forcedTry = Rule(
        name: "no error is forced away",
        folders: ["Sources", "Tests"],
        bad: .sample("TelemetryIndex", "let file = try! open()"),
        good: .sample("TelemetryIndex", "let text = \"try! it\"; let file = try open()")
    ) { $0.codeLines(matching: /\btry!/) }

    private static let printing = Rule(
        name: "results go through the checked writer, never through print",
        bad: .sample("TelemetryCLI", "Swift.print(text)"),
        good: .sample("TelemetryCLI", "fingerprint(text); // print(text)")
    ) { $0.codeLines(matching: /\b(?:print|debugPrint|dump|putchar|puts|printf)\(/) }

    private static let explainedOptionalTry = Rule(
        name: "a swallowed error has its reason beside it",
        bad: .sample("TelemetryFiles", "let one = 1\n\ntry? remove(path)"),
        good: .sample("TelemetryFiles", "// Best effort: the next run removes it.\ntry? remove()")
    ) { source in
        source.codeLines(matching: /\btry\?/).filter { finding in
            let near = source.lines[max(0, finding.line - 3)..<finding.line]
            return !near.contains { $0.contains("//") }
        }
    }

    private static let globalVariables = Rule(
        name: "no variable is global",
        bad: .sample("TelemetryCLI", "struct Clock {\n    package static var now = 0\n}"),
        good: .sample(
            "TelemetryCLI", "struct Clock {\n    static var now: Int { 0 }\n    var hour = 0\n}")
    ) { source in
        source.codeLines(matching: /(?:^(?:\w+ )*|\bstatic )var \w+[^{]*$/)
            .filter { finding in
                let next = source.codeLines.dropFirst(finding.line).first ?? ""
                return !next.trimmingPrefix(/\s+/).hasPrefix("{")
            }
    }
}
