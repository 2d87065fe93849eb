public import TelemetryFormat

// How the usage objects of the providers' APIs map to our counts. Ours exclude cached tokens from
// the input and include reasoning in the output, whatever the provider does.

extension TokenCounts {
    /// Reads the `usage` of Anthropic's Messages API, whose input excludes cached tokens
    /// (docs.claude.com/en/api/messages). Nil when the JSON is no such object.
    public init?(anthropicUsage json: some Collection<UInt8>) {
        guard let usage = UsageObject(json) else { return nil }
        self.init(anthropic: usage)
    }

    /// Reads the `usage` of OpenAI's Chat Completions API (`prompt_tokens`) or Responses API
    /// (`input_tokens`), whose input includes cached tokens (developers.openai.com/api).
    public init?(openAIUsage json: some Collection<UInt8>) {
        guard let usage = UsageObject(json) else { return nil }
        self.init(openAI: usage)
    }

    /// Reads the `usage` of OpenRouter: OpenAI's form, with cache writes beside cache reads
    /// (openrouter.ai/docs/use-cases/usage-accounting). Its `cost` is the call's own, see
    /// `Money.init(openRouterUsage:)`.
    public init?(openRouterUsage json: some Collection<UInt8>) {
        self.init(openAIUsage: json)
    }

    /// Reads the `usageMetadata` of Gemini, whose prompt includes cached tokens and whose
    /// candidates exclude thoughts (ai.google.dev/api/generate-content#UsageMetadata).
    public init?(geminiUsage json: some Collection<UInt8>) {
        guard let usage = UsageObject(json) else { return nil }
        self.init(gemini: usage)
    }

    init?(anthropic usage: UsageObject) {
        guard let input = usage["input_tokens"], let output = usage["output_tokens"] else {
            return nil
        }
        let oneHour = usage["cache_creation", "ephemeral_1h_input_tokens"] ?? 0
        let fiveMinutes = usage["cache_creation", "ephemeral_5m_input_tokens"] ?? 0
        self.init(
            input: input, output: output, cacheRead: usage["cache_read_input_tokens"] ?? 0,
            cacheWrite: usage["cache_creation_input_tokens"] ?? (oneHour &+ fiveMinutes),
            cacheWriteOneHour: oneHour)
    }

    init?(openAI usage: UsageObject) {
        guard let input = usage["prompt_tokens"] ?? usage["input_tokens"] else { return nil }
        let (inputs, outputs) =
            usage["prompt_tokens"] != nil
            ? ("prompt_tokens_details", "completion_tokens_details")
            : ("input_tokens_details", "output_tokens_details")
        let cacheRead = min(usage[inputs, "cached_tokens"] ?? 0, input)
        let cacheWrite = min(usage[inputs, "cache_write_tokens"] ?? 0, input - cacheRead)
        self.init(
            input: input - cacheRead - cacheWrite,
            output: usage["completion_tokens"] ?? usage["output_tokens"] ?? 0,
            cacheRead: cacheRead, cacheWrite: cacheWrite,
            reasoning: usage[outputs, "reasoning_tokens"] ?? 0)
    }

    init?(gemini usage: UsageObject) {
        guard let prompt = usage["promptTokenCount"] else { return nil }
        let cacheRead = min(usage["cachedContentTokenCount"] ?? 0, prompt)
        let thoughts = usage["thoughtsTokenCount"] ?? 0
        self.init(
            input: prompt - cacheRead &+ (usage["toolUsePromptTokenCount"] ?? 0),
            output: (usage["candidatesTokenCount"] ?? 0) &+ thoughts, cacheRead: cacheRead,
            reasoning: thoughts)
    }
}

extension Money {
    /// Reads what OpenRouter says a call cost, in dollars. Nil when the JSON says nothing of it.
    public init?(openRouterUsage json: some Collection<UInt8>) {
        guard let cost = UsageObject(json)?.cost else { return nil }
        self = cost
    }
}

/// A provider's usage object.
struct UsageObject {
    private let json: JSONValue

    init(_ json: JSONValue) {
        self.json = json
    }

    /// Reads a usage object, or a whole response that has one as a member.
    init?(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        // Whatever is wrong with the JSON, it tells no tokens.
        guard let json = try? JSONValue(parsing: bytes.span) else { return nil }
        self.json = json["usage"] ?? json["usageMetadata"] ?? json
    }

    /// A token count; nil when it is absent or none that a record can have.
    subscript(name: String) -> Int64? { Self.count(json[name]) }

    /// A token count inside a nested object.
    subscript(object: String, name: String) -> Int64? { Self.count(json[object]?[name]) }

    /// What the call cost.
    var cost: Money? { json["cost"]?.money }

    private static func count(_ value: JSONValue?) -> Int64? {
        guard let number = value?.int, (0...RecordLimits.tokens).contains(number) else {
            return nil
        }
        return number
    }
}
