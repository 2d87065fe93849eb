import LLMTelemetry

/// Asks a model a question, and records the call: duration, tokens, success or the error.
func ask(_ question: String, _ model: some Model, _ telemetry: Telemetry) async throws -> String {
    try await telemetry.measure(
        agent: "doc-finder", operation: "search", model: "claude-haiku-4-5"
    ) { call in
        let response = try await model.respond(to: question)
        call.readResponse(response.json)
        call.prompt = question
        call.response = response.text
        return response.text
    }
}

/// Records a call that somebody else timed and priced.
func recordByHand(_ telemetry: Telemetry) {
    var call = Call()
    call.agentName = "translator"
    call.model = "gpt-5-mini"
    call.tokens = TokenCounts(input: 1_200, output: 350, cacheRead: 800)
    call.cost = Money(decimalText: "0.00082")
    call.durationMilliseconds = 900
    telemetry.record(call)
}

/// Reads back what today's calls used.
func reportToday(_ telemetry: Telemetry) -> String {
    telemetry.flush()
    let today = telemetry.todayStats()
    return "\(today.calls) calls, \(today.tokens.total) tokens, \(today.failed) failed"
}
