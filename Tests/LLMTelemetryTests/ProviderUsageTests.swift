import LLMTelemetry
import TelemetryFormat
import Testing

@Suite struct ProviderUsageTests {
    @Test func anthropic() {
        let usage = """
            {"input_tokens":23,"output_tokens":30544,"cache_read_input_tokens":1381344,
             "cache_creation_input_tokens":115033,"service_tier":"standard",
             "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":115033}}
            """
        #expect(
            TokenCounts(anthropicUsage: usage.utf8)
                == TokenCounts(
                    input: 23, output: 30_544, cacheRead: 1_381_344, cacheWrite: 115_033,
                    cacheWriteOneHour: 115_033))
    }

    @Test func openAIChatIncludesCachedTokensInItsInput() {
        let usage = """
            {"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
             "prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},
             "completion_tokens_details":{"reasoning_tokens":192}}
            """
        #expect(
            TokenCounts(openAIUsage: usage.utf8)
                == TokenCounts(input: 86, output: 300, cacheRead: 1920, reasoning: 192))
    }

    @Test func openAIResponses() {
        let usage = """
            {"input_tokens":328,"input_tokens_details":{"cached_tokens":128},"output_tokens":52,
             "output_tokens_details":{"reasoning_tokens":20},"total_tokens":380}
            """
        #expect(
            TokenCounts(openAIUsage: usage.utf8)
                == TokenCounts(input: 200, output: 52, cacheRead: 128, reasoning: 20))
    }

    @Test func openRouter() {
        let usage = """
            {"prompt_tokens":1000,"completion_tokens":4,"cost":0.00095,
             "prompt_tokens_details":{"cached_tokens":600,"cache_write_tokens":100}}
            """
        #expect(
            TokenCounts(openRouterUsage: usage.utf8)
                == TokenCounts(input: 300, output: 4, cacheRead: 600, cacheWrite: 100))
        #expect(Money(openRouterUsage: usage.utf8) == Money(decimalText: "0.00095"))
    }

    @Test func geminiCountsThoughtsApart() {
        let usage = """
            {"promptTokenCount":1000,"candidatesTokenCount":50,"thoughtsTokenCount":200,
             "cachedContentTokenCount":400,"toolUsePromptTokenCount":7,"totalTokenCount":1257}
            """
        #expect(
            TokenCounts(geminiUsage: usage.utf8)
                == TokenCounts(input: 607, output: 250, cacheRead: 400, reasoning: 200))
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{\"input_tokens\":\"5\",\"output_tokens\":1}",
        "{\"input_tokens\":",
        "{\"input_tokens\":-1,\"output_tokens\":1}", "{\"prompt_tokens\":1e99}",
        "{\"promptTokenCount\":9999999999999999999}",
    ])
    func nonsenseHasNoCounts(json: String) {
        #expect(TokenCounts(anthropicUsage: json.utf8) == nil)
        #expect(TokenCounts(openAIUsage: json.utf8) == nil || json.contains("input_tokens"))
        #expect(TokenCounts(geminiUsage: json.utf8) == nil)
        var call = Call()
        let isRead = call.readResponse(json.utf8)
        #expect(!isRead)
        #expect(call == Call())
    }

    @Test(arguments: [
        (
            #"{"id":"msg_1","model":"claude-opus-4-6","usage":{"input_tokens":3,"output_tokens":4,"#
                + #""service_tier":"priority","server_tool_use":{"web_search_requests":2}}}"#,
            "msg_1", "claude-opus-4-6", TokenCounts(input: 3, output: 4)
        ),
        (
            #"{"id":"resp_1","object":"response","model":"gpt-5","usage":{"input_tokens":9,"#
                + #""output_tokens":4,"input_tokens_details":{"cached_tokens":5}}}"#,
            "resp_1", "gpt-5", TokenCounts(input: 4, output: 4, cacheRead: 5)
        ),
        (
            #"{"id":"chatcmpl-1","model":"gpt-4o","usage":{"prompt_tokens":9,"#
                + #""completion_tokens":4}}"#,
            "chatcmpl-1", "gpt-4o", TokenCounts(input: 9, output: 4)
        ),
        (
            #"{"responseId":"g1","modelVersion":"gemini-2.5-pro","usageMetadata":"#
                + #"{"promptTokenCount":5,"candidatesTokenCount":6}}"#,
            "g1", "gemini-2.5-pro", TokenCounts(input: 5, output: 6)
        ),
    ])
    func readsWholeResponses(json: String, id: String, model: String, tokens: TokenCounts) {
        var call = Call()
        let isRead = call.readResponse(json.utf8)
        #expect(isRead)
        #expect(call.messageID == id)
        #expect(call.model == model)
        #expect(call.tokens == tokens)
        #expect(call.webSearches == (id == "msg_1" ? 2 : nil))
        #expect(call.serviceTier == (id == "msg_1" ? "priority" : nil))
    }
}
