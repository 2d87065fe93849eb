/// Lines of a Codex rollout as a test writes them.
enum RolloutLine {
    static let session = "33333333-aaaa-7bbb-8ccc-000000000003"
    static let file = ".codex/sessions/2026/11/02/rollout-2026-11-02T09-00-00-\(session).jsonl"

    /// The head of a rollout: whose it is, and the model.
    static func head(
        _ session: String = Self.session, at timestamp: String = "2026-11-02T09:00:00Z",
        forkOf parent: String? = nil, model: String = "gpt-5-codex"
    ) -> String {
        let fork = parent.map { "\"forked_from_id\":\"\($0)\"," } ?? ""
        return """
            {"timestamp":"\(timestamp)","type":"session_meta","payload":{"id":"\(session)",\(fork)\
            "timestamp":"\(timestamp)","cwd":"/home/ann/alpha","originator":"codex_cli_rs",\
            "cli_version":"0.146.0","source":"cli","git":{"branch":"main"}}}
            {"timestamp":"\(timestamp)","type":"turn_context",\
            "payload":{"cwd":"/home/ann/alpha","model":"\(model)","effort":"medium"}}

            """
    }

    /// A token count: the total so far, and the part of it that came last. Two thirds of the input
    /// are cached.
    static func count(
        total: Int, last: Int, at timestamp: String, text: String = "plus"
    ) -> String {
        """
        {"timestamp":"\(timestamp)","type":"event_msg","payload":{"type":"token_count",\
        "info":{"total_token_usage":\(usage(total)),"last_token_usage":\(usage(last)),\
        "model_context_window":272000},"rate_limits":{"primary":{"used_percent":12.0,\
        "window_minutes":300,"resets_at":1795600000},"plan_type":"\(text)"}}}

        """
    }

    /// Thousands of input tokens and a tenth as much output.
    private static func usage(_ thousands: Int) -> String {
        let (input, output) = (thousands * 900, thousands * 100)
        return """
            {"input_tokens":\(input),"cached_input_tokens":\(thousands * 600),\
            "output_tokens":\(output),"reasoning_output_tokens":0,\
            "total_tokens":\(input + output)}
            """
    }

    /// A whole rollout of so many turns, a minute apart, each as long as the number says.
    static func rollout(_ turns: [Int], session: String = Self.session) -> String {
        var total = 0
        let counts = turns.enumerated().map { number, turn in
            total += turn
            return count(total: total, last: turn, at: "2026-11-02T09:0\(number + 1):00Z")
        }
        return head(session) + counts.joined()
    }
}
