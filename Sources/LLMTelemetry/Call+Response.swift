public import TelemetryFormat

extension Call {
    /// Fills in what the JSON of an API's response says: id, model, tokens, cost, service tier and
    /// web searches. Understands Anthropic, OpenAI (chat and responses), OpenRouter and Gemini.
    /// False, and nothing is changed, when it has no usage that is understood.
    @discardableResult
    public mutating func readResponse(_ json: some Collection<UInt8>) -> Bool {
        let bytes = Array(json)
        // Whatever is wrong with the JSON, it is no response.
        guard let response = try? JSONValue(parsing: bytes.span),
            let object = response["usage"] ?? response["usageMetadata"]
        else { return false }
        let usage = UsageObject(object)
        guard let counts = Self.counts(of: usage, in: response) else { return false }
        tokens = counts
        messageID = response["id"]?.string ?? response["responseId"]?.string ?? messageID
        model = response["model"]?.string ?? response["modelVersion"]?.string ?? model
        cost = usage.cost ?? cost
        serviceTier =
            response["service_tier"]?.string ?? object["service_tier"]?.string ?? serviceTier
        webSearches = usage["server_tool_use", "web_search_requests"] ?? webSearches
        return true
    }

    /// Anthropic and OpenAI's Responses API use the same names for different things; only the
    /// latter's response calls itself one.
    private static func counts(of usage: UsageObject, in response: JSONValue) -> TokenCounts? {
        if response["usageMetadata"] != nil { return TokenCounts(gemini: usage) }
        if usage["prompt_tokens"] != nil || response["object"]?.string == "response" {
            return TokenCounts(openAI: usage)
        }
        return TokenCounts(anthropic: usage)
    }
}
