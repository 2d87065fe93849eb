import TelemetryFormat
import Testing

@testable import TelemetryPricing

@Suite struct PriceMatchingTests {
    let table = PriceTable()

    @Test(arguments: [
        // Makers, by id, by clause, with dates and revisions.
        ("claude-opus-4-6", "anthropic claude-opus-4-6"),
        ("Claude-Opus-4-6", "anthropic claude-opus-4-6"),
        ("claude-opus-4.6", "anthropic claude-opus-4-6"),
        ("claude-opus-4-6-20260205", "anthropic claude-opus-4-6"),
        ("claude-opus-4-20250514", "anthropic claude-opus-4-0"),
        ("claude-opus-4-1-20250805", "anthropic claude-opus-4-1"),
        ("claude-sonnet-4-5-20250929", "anthropic claude-sonnet-4-5"),
        ("claude-sonnet-4-5-20250929[1m]", "anthropic claude-sonnet-4-5"),
        ("claude-sonnet-4@20250514", "anthropic claude-sonnet-4-0"),
        ("claude-3-5-sonnet-v2@20241022", "anthropic claude-3-5-sonnet"),
        ("claude-3-5-haiku-latest", "anthropic claude-3-5-haiku-latest"),
        ("claude-fable-5-1-20260901", "anthropic claude-fable-5-1"),
        ("claude-opus-5-2026-08-01", "anthropic claude-opus-5"),
        ("claude-2.1", "anthropic claude-2"),
        ("claude-opus-4-8-fast", "anthropic claude-opus-4-8"),
        ("gpt-4", "openai gpt-4"),
        ("gpt-4-0613", "openai gpt-4"),
        ("gpt-4o-2024-05-13", "openai gpt-4o-2024-05-13"),
        ("openai/gpt-4o-2024-05-13", "openrouter openai/gpt-4o-2024-05-13"),
        ("gpt-4o-2024-08-06", "openai gpt-4o"),
        ("gpt-5-nano", "openai gpt-5-nano"),
        ("gpt-5-nano-2025-08-07", "openai gpt-5-nano"),
        ("gpt-5-codex", "openai gpt-5"),
        ("gpt-5.6-sol-2026-07-09", "openai gpt-5.6-sol"),
        ("ft:gpt-4o-2024-08-06:acme::abc", "openai ft:gpt-4o"),
        ("ft:gpt-3.5-turbo-0125:acme:name:id", "openai ft:gpt-3.5-turbo-"),
        ("ft:gpt-4-0613:acme::id", "openai gpt-4"),
        ("gpt-4o-mini-2024-07-18.ft-0a1b", "openai gpt-4o-mini-2024-07-18.ft-"),
        ("omni-moderation-latest", "openai moderation"),
        ("gemini-2.5-pro", "google gemini-2.5-pro"),
        ("gemini-2.5-pro-preview-05-06", "google gemini-2.5-pro"),
        ("gemini-2.5-pro-preview-tts", "google gemini-2.5-pro-tts"),
        ("gemini-2.5-flash-preview-04-17", "google gemini-2.5-flash-preview"),
        ("gemini-2.5-flash-lite-preview-06-17", "google gemini-2.5-flash-lite"),
        ("gemini-1.5-flash-002", "google gemini-1.5-flash"),
        ("gemini-1.5-flash-8b", "google gemini-flash-1.5-8b"),
        ("models/gemini-2.0-flash-001", "google gemini-2.0-flash"),
        ("google/gemini-3.5-flash", "openrouter google/gemini-3.5-flash"),
        ("gemma-3-27b-it", "google gemma-3"),
        ("grok-4.5-20260301", "x-ai grok-4.5"),
        ("x-ai/grok-4.5", "openrouter x-ai/grok-4.5"),
        ("magistral-small-2506", "mistral magistral-small"),
        ("deepseek-r1-0528", "deepseek deepseek-reasoner"),
        ("kimi-k2-turbo-preview", "moonshotai kimi-k2-turbo-preview"),
        ("GLM-4.6", "zai GLM-4.6"),
        ("anthropic/claude-sonnet-4.5", "openrouter anthropic/claude-sonnet-4.5"),
        ("anthropic:claude-opus-4-6", "anthropic claude-opus-4-6"),
        // Prefixes that name who sold the call.
        (
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0"
        ),
        (
            "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "aws global.anthropic.claude-sonnet-4-5-20250929-v1:0"
        ),
        ("anthropic.claude-opus-4-6-v1", "aws regional.anthropic.claude-opus-4-6-v1:0"),
        (
            "bedrock/us-east-1/anthropic.claude-opus-4-6-v1:0",
            "aws regional.anthropic.claude-opus-4-6-v1:0"
        ),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/"
                + "us.anthropic.claude-opus-4-6-v1:0",
            "aws regional.anthropic.claude-opus-4-6-v1:0"
        ),
        ("amazon.nova-lite-v1:0:300k", "aws amazon.nova-lite-v1:0"),
        ("vertex_ai/claude-opus-4-6", "google claude-opus-4-6"),
        (
            "projects/p/locations/l/publishers/anthropic/models/claude-opus-4-6@default",
            "google claude-opus-4-6"
        ),
        ("openrouter/anthropic/claude-sonnet-4.5", "openrouter anthropic/claude-sonnet-4.5"),
        ("azure/gpt-4o", "openai gpt-4o"),
        ("cerebras:gemma-4-31b", "cerebras gemma-4-31b"),
        ("groq/llama-3.1-8b-instant", "groq llama-3.1-8b-instant"),
        // Ids that only a reseller has.
        ("meta-llama/llama-3.1-70b-instruct", "openrouter meta-llama/llama-3.1-70b-instruct"),
        // OpenRouter has this as another name only.
        (
            "meta-llama/llama-4-scout-17b-16e-instruct",
            "groq meta-llama/llama-4-scout-17b-16e-instruct"
        ),
        ("anthropic/claude-opus-4.6-fast", "openrouter anthropic/claude-opus-4.6-fast"),
        ("openai/gpt-6-luna-pro", "openrouter openai/gpt-6-luna"),
        ("amazon/nova-lite-v1", "openrouter amazon/nova-lite-v1"),
        ("@cf/moondream/moondream3.1-9b-a2b", "cloudflare @cf/moondream/moondream3.1-9B-A2B"),
    ])
    func findsTheRow(model: String, row: String) {
        #expect(found(model) == row)
    }

    @Test(arguments: [
        "gpt-9", "gpt-4.9", "gpt-4o-9", "gpt-5-nano-turbo", "gpt-5-nanometer", "gpt-50",
        "claude-opus-4-9", "claude-opus-4-10", "claude-opus-4-11-20270101", "claude-opus-4-6-mini",
        "claude-opus-4-60", "claude-opus-6", "claude-sonnet-4-7", "claude-2.2", "claude-20",
        "claude-3-opus-turbo", "claude-opus-4-6-fast", "my-claude-opus-4-6",
        "someone/claude-opus-4-6", "someone/gpt-5", "us.anthropic.claude-opus-4-9-v1:0",
        "gemini-3.6-flash-lite", "gemini-2.5-pro-max", "gemini-1.5-flash-9b", "gemini-3.5-flash-9b",
        "gemini-2.5-pro-tts-2", "kimi-k2.5-max", "kimi-k2.55", "deepseek-r1:8b",
        "deepseek-chat-v9", "deepseek-v4-pro-max", "magistral-small-x", "command-lightning",
        "moderation-as-a-service", "grok-4.5-mini", "ollama/gpt-4o", "", " ", "unknown",
        "<synthetic>", "gpt-4o-2024-05-13-x", "ft:gpt-9-2024:acme", "ft:gpt-4o-2024-08-06x:acme",
        "gpt-3.5-turbo-instruct-x", "o1-mega", "claude-opus-5-5-5", "claude-opus-5.01",
    ])
    func leavesUnpricedWhatItDoesNotKnow(model: String) {
        #expect(found(model) == nil)
    }

    @Test(
        arguments: [
            ("claude-opus-4-6", "bedrock", "aws regional.anthropic.claude-opus-4-6-v1:0"),
            ("claude-opus-4-6", "AWS", "aws regional.anthropic.claude-opus-4-6-v1:0"),
            (
                "us.anthropic.claude-opus-4-6-v1:0", "anthropic",
                "aws regional.anthropic.claude-opus-4-6-v1:0"
            ),
            ("claude-sonnet-4-5@20250929", "vertex", "google claude-sonnet-4-5"),
            ("claude-sonnet-4-5", "google", "google claude-sonnet-4-5"),
            ("anthropic/claude-sonnet-4.5", "openrouter", "openrouter anthropic/claude-sonnet-4.5"),
            ("microsoft/wizardlm-2-8x22b", "openrouter", "openrouter microsoft/wizardlm-2-8x22b"),
            ("claude-opus-4-6", "openrouter", "anthropic claude-opus-4-6"),
            ("gpt-4o", "azure", "openai gpt-4o"),
            ("o4-mini", "azure", "azure o4-mini"),
            ("gpt-4.1", "github-copilot", "github-copilot gpt-4.1"),
            ("gpt-4.1", "openai", "openai gpt-4.1"),
            ("gpt-4.1", nil, "openai gpt-4.1"),
            ("gpt-4.1", "our-gateway", "openai gpt-4.1"),
            ("claude-opus-4-6", "openai", "anthropic claude-opus-4-6"),
            ("gpt-9", "openai", nil),
            ("meta-llama/llama-3.1-70b-instruct", "groq", nil),
            ("gpt-4o", "local", nil),
            ("deepseek-r1", "ollama", nil),
        ] as [(String, String?, String?)])
    func heedsTheProvider(model: String, provider: String?, row: String?) {
        #expect(found(model, provider) == row)
    }

    @Test func saysWhyARowWasChosen() throws {
        let byID = try #require(table.price(of: "claude-opus-4-6"))
        #expect(byID.reason == .id)
        let byClause = try #require(table.price(of: "claude-opus-4.6"))
        #expect(byClause.reason == .clause(#"starts_with "claude-opus-4.6""#))
    }

    @Test func doesNotPonderOverEndlessIDs() {
        #expect(found(String(repeating: "claude-v2", count: 100_000)) == nil)
        #expect(found(String(repeating: "claude-v2", count: 200)) == nil)
    }

    @Test func givesTheSameAnswerAgain() {
        for _ in 0..<3 {
            #expect(found("gpt-5") == "openai gpt-5")
            #expect(found("gpt-9") == nil)
        }
    }

    private func found(_ model: String, _ provider: String? = nil) -> String? {
        table.price(of: model, provider: provider).map {
            "\($0.row.provider ?? "-") \($0.row.id)"
        }
    }
}
