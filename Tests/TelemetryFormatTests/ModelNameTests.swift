import TelemetryFormat
import Testing

@Suite struct ModelNameTests {
    static let names: [(raw: String, name: String, reseller: String?)] = [
        // As the makers write them.
        ("claude-sonnet-4-5", "claude-sonnet-4-5", nil),
        ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5", nil),
        ("claude-sonnet-4-20250514", "claude-sonnet-4", nil),
        ("claude-3-5-haiku-20241022", "claude-3-5-haiku", nil),
        ("claude-3-5-haiku-latest", "claude-3-5-haiku", nil),
        ("claude-3-7-sonnet-latest", "claude-3-7-sonnet", nil),
        ("claude-opus-4-6-fast", "claude-opus-4-6-fast", nil),
        ("claude-opus-5", "claude-opus-5", nil),
        ("claude-2.1", "claude-2-1", nil),
        ("claude-v2", "claude-v2", nil),
        ("claude-instant-v1", "claude-instant-v1", nil),
        ("gpt-5-2025-08-07", "gpt-5", nil),
        ("gpt-5-mini-2025-08-07", "gpt-5-mini", nil),
        ("gpt-4o-2024-11-20", "gpt-4o", nil),
        ("gpt-5.2-codex", "gpt-5.2-codex", nil),
        ("gpt-4-0613", "gpt-4-0613", nil),
        ("chatgpt-4o-latest", "chatgpt-4o-latest", nil),
        ("gpt-5-chat-latest", "gpt-5-chat-latest", nil),
        ("o3-mini-2025-01-31", "o3-mini", nil),
        ("ft:gpt-4o-mini-2024-07-18:acme::abc", "ft:gpt-4o-mini-2024-07-18:acme::abc", nil),
        ("gemini-2.5-pro", "gemini-2.5-pro", nil),
        ("gemini-2.5-flash-preview-05-20", "gemini-2.5-flash-preview-05-20", nil),
        ("gemini-flash-latest", "gemini-flash-latest", nil),
        ("models/gemini-2.5-pro", "gemini-2.5-pro", nil),
        ("mistral-large-2411", "mistral-large-2411", nil),
        ("grok-4.5-20260301", "grok-4.5", nil),
        ("deepseek-v3.2", "deepseek-v3.2", nil),
        // A window that the client was told to use.
        ("claude-opus-4-6[1m]", "claude-opus-4-6", nil),
        ("claude-sonnet-4-5-20250929[1M]", "claude-sonnet-4-5", nil),
        ("claude-opus-4-6[x]", "claude-opus-4-6[x]", nil),
        ("claude-opus-4-6[]", "claude-opus-4-6[]", nil),
        // Bedrock.
        ("anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5", "aws"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5", "aws"),
        ("eu.anthropic.claude-opus-4-6-v1", "claude-opus-4-6", "aws"),
        ("apac.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4", "aws"),
        ("global.anthropic.claude-opus-4-5-v1:0", "claude-opus-4-5", "aws"),
        ("us-gov.anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku", "aws"),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet", "aws"),
        ("anthropic.claude-3-sonnet-20240229-v1:0:200k", "claude-3-sonnet", "aws"),
        ("anthropic.claude-v2:1", "claude-v2", "aws"),
        ("us.anthropic.claude-opus-4-6-v1:0[1m]", "claude-opus-4-6", "aws"),
        ("us.amazon.nova-pro-v1:0", "amazon.nova-pro", "aws"),
        ("amazon.titan-embed-text-v2:0", "amazon.titan-embed-text-v2", "aws"),
        ("openai.gpt-oss-120b-1:0", "gpt-oss-120b", "aws"),
        ("global.openai.gpt-5.6-sol", "gpt-5.6-sol", "aws"),
        ("nvidia.nemotron-nano-9b-v2:0", "nvidia.nemotron-nano-9b-v2", "aws"),
        ("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5", "aws"),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/"
                + "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5", "aws"
        ),
        (
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ab12",
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ab12", nil
        ),
        // Vertex.
        ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5", "google"),
        ("claude-3-5-sonnet-v2@20241022", "claude-3-5-sonnet", "google"),
        ("claude-opus-4-6@default", "claude-opus-4-6", "google"),
        ("gpt-5@2025-08-07", "gpt-5", nil),
        ("vertex_ai/claude-sonnet-4-5@20250929", "claude-sonnet-4-5", "google"),
        (
            "projects/p/locations/us-east5/publishers/anthropic/models/claude-opus-4-1@20250805",
            "claude-opus-4-1", "google"
        ),
        // OpenRouter and other routes.
        ("anthropic/claude-sonnet-4.5", "claude-sonnet-4-5", "openrouter"),
        ("Anthropic/Claude-3.5-Haiku", "claude-3-5-haiku", "openrouter"),
        ("anthropic/claude-3.7-sonnet:thinking", "claude-3-7-sonnet:thinking", "openrouter"),
        ("openrouter/anthropic/claude-opus-4.1", "claude-opus-4-1", "openrouter"),
        ("openai/gpt-5", "gpt-5", "openrouter"),
        ("openai/gpt-oss-20b:free", "gpt-oss-20b:free", "openrouter"),
        ("google/gemini-2.5-pro", "gemini-2.5-pro", "openrouter"),
        ("meta-llama/llama-3.3-70b-instruct", "llama-3.3-70b-instruct", "openrouter"),
        ("azure/gpt-4o-2024-08-06", "gpt-4o", "azure"),
        // Nothing known, nothing taken off.
        ("", "", nil),
        ("  gpt-5\n", "gpt-5", nil),
        ("foo-1", "foo-1", nil),
        ("Qwen3-8B-Q4_K_M.gguf", "qwen3-8b-q4_k_m.gguf", nil),
        ("acme/claude-ish", "acme/claude-ish", nil),
        ("my.anthropic.clone", "my.anthropic.clone", nil),
        ("us.clone", "us.clone", nil),
        ("anthropic.", "anthropic.", nil),
        ("build-20251399", "build-20251399", nil),
        ("build-18991231", "build-18991231", nil),
        ("-20250929", "-20250929", nil),
        ("@20250929", "@20250929", nil),
        ("sentence@12", "sentence@12", nil),
        ("llama3.2:latest", "llama3.2:latest", nil),
        ("<synthetic>", "<synthetic>", nil),
        ("claude-", "claude-", nil),
        ("claude-latest", "claude-latest", nil),
        ("モデル-１２", "モデル-１２", nil),
    ]

    @Test(arguments: names)
    func takesOffWhatIsKnownToBePackaging(raw: String, name: String, reseller: String?) {
        #expect(ModelName.normalized(raw) == name)
        #expect(ModelName.reseller(raw) == reseller)
    }

    @Test(arguments: names)
    func aNormalNameStaysAsItIs(raw: String, name: String, reseller: String?) {
        #expect(ModelName.normalized(name) == name)
    }
}
