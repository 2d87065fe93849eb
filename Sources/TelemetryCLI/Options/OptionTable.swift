/// Every option that more than one command has, by topic.
package enum OptionTable {
    package static let help = OptionSpec("help", letter: "h", "show this help and exit")

    package static let store = OptionSpec(
        "dir", value: .text("PATH"), "the store, before LLM_TELEMETRY_DIR")

    package static let source = OptionSpec(
        "source", value: .choice(["telemetry", "claude", "codex", "all"]), isRepeatable: true,
        "which logs to read; a store of your own reads telemetry unless told otherwise")

    package static let json = OptionSpec("json", "print one JSON document")

    package static let clock = OptionSpec(
        "now", value: .text("T"), "take T (ISO 8601 or epoch seconds) for the present")

    package static let timeZone = OptionSpec(
        "timezone", value: .text("ZONE"), "display zone: an IANA name, utc or local (default)")

    /// What every command that reads accepts.
    package static let reading = [store, source, json, clock, timeZone]

    package static let period = [
        OptionSpec("days", value: .text("N"), "the last N calendar days, today included"),
        OptionSpec(
            "since", value: .text("D"), "from D on: YYYY-MM-DD, YYYYMMDD or a full timestamp"),
        OptionSpec("until", value: .text("D"), "up to and including D"),
        OptionSpec(
            "week-start",
            value: .choice([
                "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            ]),
            "first day of the week (default: LLM_TELEMETRY_WEEK_START, else monday)"),
    ]

    package static let filters =
        filterNames.map { name in
            OptionSpec(
                name, value: .text("PATTERN"), isRepeatable: true,
                "only calls of this \(name); exact or with *, any case")
        } + [
            OptionSpec(
                "status", value: .choice(["success", "failure"]), "only calls that ended so")
        ]

    /// The dimensions that have a filter option of the same name.
    package static let filterNames = [
        "model", "agent", "project", "operation", "session", "user", "provider",
    ]

    package static let cost = [
        OptionSpec(
            "mode", value: .choice(["auto", "calculate", "display"]),
            "cost: recorded or else computed, always computed, only recorded")
    ]

    package static let rows = [
        OptionSpec(
            "order", value: .choice(["asc", "desc"]), "direction of sorting"),
        OptionSpec(
            "sort",
            value: .choice([
                "name", "calls", "failed", "tokens", "input", "output", "cost", "latency",
                "first-seen", "last-seen",
            ]), "sort rows by this column"),
        OptionSpec("top", value: .text("N"), "only the first N rows of each table"),
        OptionSpec("raw-models", "keep models apart that differ only in spelling"),
    ]

    package static let format = OptionSpec(
        "format", value: .choice(["table", "json", "csv", "markdown"]), "form of the output")

    package static let output = [
        OptionSpec("csv", "print comma-separated values"),
        format,
        OptionSpec("output", value: .text("FILE"), "write to FILE instead of standard output"),
        OptionSpec("force", "let --output replace an existing file"),
    ]

    package static let messages = [
        OptionSpec("quiet", "no progress and no notes on standard error"),
        OptionSpec("verbose", "say more on standard error"),
        colour,
    ]

    package static let colour = OptionSpec(
        "color", value: .choice(["auto", "always", "never"]),
        "colour in tables (default: auto, only on a terminal)")

    package static let noSync = OptionSpec(
        "no-sync", "answer from the cache as it is and change nothing")

    /// What every query over calls accepts.
    package static let query =
        reading + period + filters + cost + rows + output + [noSync] + messages
}

extension OperandSpec {
    /// `today`, `week` and their like, after the command's name.
    package static let period = OperandSpec(
        "PERIOD", .optional,
        words: ["today", "yesterday", "week", "month", "year", "all"],
        "today, yesterday, week, month, year or all")
}
