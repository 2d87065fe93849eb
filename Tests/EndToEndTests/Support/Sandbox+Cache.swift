import Testing

extension Sandbox {
    /// What the cache holds, as text: every counted call with all its columns, the totals of the
    /// cache, and two reports. Equal contents mean equal answers.
    func contentsOfCache() throws -> String {
        let sync = try json("cache-sync")
        let calls = try run("query", Self.everyCall, "--csv", "--no-sync")
        let costs = try run("costs", "all", "--json", "--no-sync")
        let performance = try run("performance", "all", "--json", "--no-sync")
        let totals = sync["totals"].map { "\($0)" } ?? "none"
        return ([totals] + [calls, costs, performance].map { "\($0.end)\n\($0.text)" })
            .joined(separator: "\n")
    }

    /// Without an order of its own the view would be free to give any.
    private static let everyCall = """
        SELECT source, timestamp, timestamp_ms, msg_id, req_id, agent_name, operation, provider, \
        model, model_raw, session_id, user_id, project, git_branch, duration_ms, ttft_ms, \
        input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, \
        cache_write_1h_tokens, reasoning_tokens, web_searches, cost_usd_raw, success, error, \
        speed, service_tier, region, is_sidechain, prompt_hash, response_hash, source_path, \
        line_offset FROM calls ORDER BY source, source_path, line_offset
        """
}
