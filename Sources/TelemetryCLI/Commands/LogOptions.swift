import TelemetryFormat

/// The options of `log`, and the call that they describe.
enum LogOptions {
    static let table =
        [
            text("agent", "A", "who called"), text("operation", "O", "what for"),
            text("model", "M", "the model, as the provider reports it"),
            text("provider", "P", "who served the model"),
        ] + counts.map { text($0.name, "N", $0.summary) } + [
            text("duration-ms", "N", "milliseconds from request to answer"),
            text("cost-usd", "X", "dollars; 0 = free, not given = unknown"),
            text("error", "TEXT", "what went wrong; the call counts as failed"),
            text("session", "S", "the session"), text("user", "U", "the user"),
            text("project", "P", "the project (default: found from the working directory)"),
            text("msg-id", "M", "the provider's id of the message"),
            text("req-id", "R", "the provider's id of the request"),
            text("timestamp", "T", "when, ISO 8601 or epoch seconds (default: now)"),
            text("prompt-file", "F", "the prompt's text, for its hash and length"),
            text("response-file", "F", "the response's text, for its hash and length"),
            OptionSpec(
                "metadata", value: .text("K=V"), isRepeatable: true, "a further metadata text"),
            OptionSpec("best-effort", "exit 0 whatever happens"),
            OptionTable.store, OptionTable.clock,
            OptionSpec("quiet", "no notes on standard error"),
        ]

    /// What may be given together with `-`.
    static let goesWithInput: Set<String> = ["dir", "now", "best-effort", "quiet"]

    private static let counts = [
        (name: "input-tokens", summary: "tokens read at the full price"),
        (name: "output-tokens", summary: "tokens written, reasoning included"),
        (name: "cache-read-tokens", summary: "tokens read from the prompt cache"),
        (name: "cache-write-tokens", summary: "tokens written to the prompt cache"),
        (name: "reasoning-tokens", summary: "the part of the output spent on reasoning"),
    ]

    private static func text(
        _ name: String, _ placeholder: String, _ summary: String
    ) -> OptionSpec {
        OptionSpec(name, value: .text(placeholder), summary)
    }

    /// The call that an invocation describes.
    static func call(
        _ invocation: Invocation, _ context: ProgramContext, now: Timestamp
    ) throws(CommandFailure) -> Call {
        var call = Call()
        call.timestamp = try timestamp(invocation) ?? now
        call.agentName = invocation.value("agent")
        call.operation = invocation.value("operation")
        call.model = invocation.value("model")
        call.provider = invocation.value("provider")
        call.sessionID = invocation.value("session")
        call.userID = invocation.value("user")
        call.project = invocation.value("project")
        call.messageID = invocation.value("msg-id")
        call.requestID = invocation.value("req-id")
        call.error = invocation.value("error")
        if call.error != nil { call.success = false }
        call.tokens = try tokens(invocation)
        call.cost = try cost(invocation)
        call.durationMilliseconds = try whole(
            "duration-ms", invocation, maximum: RecordLimits.durationMilliseconds)
        call.prompt = try contents("prompt-file", invocation, context)
        call.response = try contents("response-file", invocation, context)
        call.metadata = try metadata(invocation)
        if (call.model ?? "").isEmpty, call.tokens == nil, call.cost == nil {
            throw .usage("nothing to log: give a model, a token count or a cost")
        }
        return call
    }

    private static func timestamp(
        _ invocation: Invocation
    ) throws(CommandFailure) -> Timestamp? {
        guard let text = invocation.value("timestamp") else { return nil }
        if let timestamp = Timestamp.parseClock(text) { return timestamp }
        throw .usage("--timestamp is not a time: \(text)")
    }

    private static func tokens(_ invocation: Invocation) throws(CommandFailure) -> TokenCounts? {
        guard counts.contains(where: { invocation.has($0.name) }) else { return nil }
        func count(_ name: String) throws(CommandFailure) -> Int64 {
            try whole(name, invocation, maximum: RecordLimits.tokens) ?? 0
        }
        return TokenCounts(
            input: try count("input-tokens"), output: try count("output-tokens"),
            cacheRead: try count("cache-read-tokens"), cacheWrite: try count("cache-write-tokens"),
            reasoning: try count("reasoning-tokens"))
    }

    private static func whole(
        _ option: String, _ invocation: Invocation, maximum: Int64
    ) throws(CommandFailure) -> Int64? {
        guard let text = invocation.value(option) else { return nil }
        if let value = Int64(text), value >= 0, value <= maximum { return value }
        throw .usage("--\(option) is not a whole number from 0 to \(maximum): \(text)")
    }

    private static func cost(_ invocation: Invocation) throws(CommandFailure) -> Money? {
        guard let text = invocation.value("cost-usd") else { return nil }
        let maximum = Money(units: Int128(RecordLimits.costDollars) * Money.unitsPerDollar)
        if let cost = Money(decimalText: text), cost >= .zero, cost <= maximum { return cost }
        throw .usage("--cost-usd is not an amount of dollars: \(text)")
    }

    private static func contents(
        _ option: String, _ invocation: Invocation, _ context: ProgramContext
    ) throws(CommandFailure) -> String? {
        guard let path = invocation.value(option) else { return nil }
        guard let bytes = try context.files.contents(try context.absolute(path)) else {
            throw .usage("--\(option): no such file: \(path)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func metadata(_ invocation: Invocation) throws(CommandFailure) -> [JSONMember] {
        var members: [JSONMember] = []
        for text in invocation.all("metadata") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw .usage("--metadata is not K=V: \(text)")
            }
            var json = JSONText()
            json.value(String(parts[1]))
            members.removeAll { $0.name == String(parts[0]) }
            members.append(JSONMember(name: String(parts[0]), json: json.string))
        }
        return members
    }
}
