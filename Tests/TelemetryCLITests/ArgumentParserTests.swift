import Testing

@testable import TelemetryCLI

@Suite struct ArgumentParserTests {
    private let parser = ArgumentParser(commands: [
        CommandSpec(
            "stats", "totals",
            operands: [OperandSpec("PERIOD", .optional, words: ["today", "week"], "period")],
            options: [
                OptionSpec("dir", value: .text("PATH"), "store"),
                OptionSpec("json", "document"),
                OptionSpec("model", value: .text("M"), isRepeatable: true, "filter"),
                OptionSpec("mode", value: .choice(["auto", "display"]), "cost"),
            ]),
        CommandSpec("pricing list", "prices"),
        CommandSpec(
            "pricing show", "a price", operands: [OperandSpec("MODEL", .one, "id")]),
        CommandSpec(
            "sessions", "sessions",
            operands: [OperandSpec("PERIOD", .optional, words: ["today"], "period")],
            options: [OptionSpec("json", "document")]),
        CommandSpec("sessions show", "a session", operands: [OperandSpec("ID", .one, "id")]),
        CommandSpec("verify", "check", operands: [OperandSpec("DAY", .any, "days")]),
        CommandSpec("help", "help", operands: [OperandSpec("COMMAND", .any, "command")]),
        CommandSpec("version", "version"),
    ])

    struct Accepted: Sendable {
        var arguments: [String]
        var command: String
        var values: [String: [String]] = [:]
        var operands: [String] = []
    }

    @Test(arguments: [
        Accepted(arguments: [], command: "help"),
        Accepted(arguments: ["-h"], command: "help"),
        Accepted(arguments: ["--help"], command: "help"),
        Accepted(arguments: ["-V"], command: "version"),
        Accepted(arguments: ["--version"], command: "version"),
        Accepted(arguments: ["stats"], command: "stats"),
        Accepted(arguments: ["stats", "week"], command: "stats", operands: ["week"]),
        Accepted(
            arguments: ["stats", "--dir", "a", "week"], command: "stats", values: ["dir": ["a"]],
            operands: ["week"]),
        Accepted(arguments: ["stats", "--dir=a=b"], command: "stats", values: ["dir": ["a=b"]]),
        Accepted(arguments: ["stats", "--dir="], command: "stats", values: ["dir": [""]]),
        Accepted(
            arguments: ["stats", "--dir", "--json"], command: "stats", values: ["dir": ["--json"]]),
        Accepted(
            arguments: ["stats", "--model", "--"], command: "stats", values: ["model": ["--"]]),
        Accepted(
            arguments: ["stats", "--model", "a", "--model=b", "--json", "--json"],
            command: "stats", values: ["model": ["a", "b"], "json": ["", ""]]),
        Accepted(
            arguments: ["stats", "--mode", "auto"], command: "stats", values: ["mode": ["auto"]]),
        Accepted(arguments: ["stats", "-h"], command: "help", operands: ["stats"]),
        Accepted(
            arguments: ["stats", "week", "-h"], command: "stats", values: ["help": [""]],
            operands: ["week"]),
        Accepted(arguments: ["pricing", "list"], command: "pricing list"),
        Accepted(arguments: ["pricing", "--help"], command: "help", operands: ["pricing"]),
        Accepted(
            arguments: ["pricing", "show", "--", "--odd"], command: "pricing show",
            operands: ["--odd"]),
        Accepted(arguments: ["pricing", "show", "-"], command: "pricing show", operands: ["-"]),
        Accepted(arguments: ["sessions"], command: "sessions"),
        Accepted(
            arguments: ["sessions", "--json", "today"], command: "sessions",
            values: ["json": [""]], operands: ["today"]),
        Accepted(
            arguments: ["sessions", "show", "today"], command: "sessions show",
            operands: ["today"]),
        Accepted(arguments: ["sessions", "-h"], command: "help", operands: ["sessions"]),
        Accepted(arguments: ["verify", "a", "b"], command: "verify", operands: ["a", "b"]),
    ]) func understands(_ accepted: Accepted) throws {
        let invocation = try parser.parse(accepted.arguments)
        #expect(invocation.command.name == accepted.command)
        #expect(invocation.values == accepted.values)
        #expect(invocation.operands == accepted.operands)
    }

    struct Refused: Sendable {
        var arguments: [String]
        var message: String
        var hint: String?
    }

    @Test(arguments: [
        Refused(
            arguments: ["statz"], message: "unknown command: statz", hint: "did you mean stats?"),
        Refused(
            arguments: ["pricng"], message: "unknown command: pricng",
            hint: "did you mean pricing?"),
        Refused(
            arguments: ["xylophone"], message: "unknown command: xylophone",
            hint: "one of: stats, pricing, sessions, verify, help, version"),
        Refused(
            arguments: ["stats", "--modle", "x"], message: "unknown option: --modle",
            hint: "did you mean --model?"),
        Refused(
            arguments: ["stats", "--jsn=1"], message: "unknown option: --jsn",
            hint: "did you mean --json?"),
        Refused(
            arguments: ["stats", "-j"], message: "unknown option: -j",
            hint: "one of: --dir, --json, --model, --mode, --help"),
        Refused(arguments: ["stats", "--json=yes"], message: "--json takes no value"),
        Refused(
            arguments: ["stats", "--dir"], message: "--dir needs a value", hint: "--dir PATH"),
        Refused(
            arguments: ["stats", "--dir", "a", "--dir", "b"], message: "--dir is given twice"),
        Refused(
            arguments: ["stats", "--mode", "dsplay"], message: "unknown value of --mode: dsplay",
            hint: "did you mean display?"),
        Refused(
            arguments: ["stats", "weak"], message: "unknown period: weak",
            hint: "did you mean week?"),
        Refused(
            arguments: ["stats", "week", "today"], message: "unexpected argument: today",
            hint: "llm-telemetry stats [PERIOD] [OPTIONS]"),
        Refused(arguments: ["pricing"], message: "pricing needs one of: list, show"),
        Refused(
            arguments: ["pricing", "lst"], message: "unknown subcommand of pricing: lst",
            hint: "did you mean list?"),
        Refused(
            arguments: ["pricing", "show"], message: "pricing show needs MODEL",
            hint: "llm-telemetry pricing show MODEL [OPTIONS]"),
        Refused(
            arguments: ["--json", "stats"], message: "a command must come before options: --json",
            hint: "llm-telemetry COMMAND [ARGUMENTS] [OPTIONS]"),
    ]) func refuses(_ refused: Refused) {
        #expect(throws: CommandFailure.usage(refused.message, hint: refused.hint)) {
            try parser.parse(refused.arguments)
        }
    }
}
