extension KeptPaths {
    /// What the rules read of a line of Claude Code that is a call (`ClaudeLineScanner`).
    package static let claude = KeptPaths(.claude)

    /// What the rules read of a line of Codex that bears usage or says what usage belongs to
    /// (`RolloutLog`).
    package static let codex = KeptPaths(.codex)
}

extension KeptTree {
    static let claude: KeptTree = [
        "type": .text, "timestamp": .text, "sessionId": .text, "requestId": .text, "uuid": .text,
        "cwd": .text, "gitBranch": .text, "isSidechain": .text, "isApiErrorMessage": .text,
        "costUSD": .number,
        "message": ["id": .text, "model": .text, "stop_reason": .text, "usage": claudeUsage],
    ]

    private static let claudeUsage = claudeTokens.adding([
        "server_tool_use": ["web_search_requests": .number],
        "iterations": claudeTokens.adding(["type": .text, "model": .text]),
    ])

    private static let claudeTokens: KeptTree = [
        "input_tokens": .number, "output_tokens": .number, "cache_read_input_tokens": .number,
        "cache_creation_input_tokens": .number,
        "cache_creation": [
            "ephemeral_5m_input_tokens": .number, "ephemeral_1h_input_tokens": .number,
        ],
        "output_tokens_details": ["thinking_tokens": .number],
        "service_tier": .text, "speed": .text, "inference_geo": .text,
    ]
}

extension KeptTree {
    static let codex = codexModel.adding([
        "timestamp": .text, "type": .text, "usage": codexUsage, "payload": codexPayload,
        "data": codexModel.adding(["timestamp": .text, "usage": codexUsage]),
    ])

    private static let codexPayload = codexModel.adding([
        "type": .text, "timestamp": .text, "id": .text, "cwd": .text, "forked_from_id": .text,
        "git": ["branch": .text],
        "source": ["subagent": ["thread_spawn": ["parent_thread_id": .text]]],
        "info": codexModel.adding([
            "total_token_usage": codexUsage, "last_token_usage": codexUsage,
        ]),
        "service_tier": .text, "thread_settings": ["service_tier": .text],
        "response_id": .text, "usage": codexUsage, "thread_token_usage": codexUsage,
        "compaction_response_id": .text, "compacted": .number,
        "rate_limits": [
            "limit_id": .text, "primary": codexLimit, "secondary": codexLimit,
        ],
    ])

    private static let codexModel: KeptTree = [
        "model": .text, "model_name": .text, "metadata": ["model": .text],
        "model_info": ["slug": .text],
    ]

    private static let codexUsage: KeptTree = [
        "input_tokens": .number, "cached_input_tokens": .number,
        "cache_write_input_tokens": .number, "output_tokens": .number,
        "reasoning_output_tokens": .number, "total_tokens": .number, "prompt_tokens": .number,
        "cached_tokens": .number, "completion_tokens": .number,
    ]

    private static let codexLimit: KeptTree = [
        "used_percent": .number, "window_minutes": .number, "resets_at": .text,
        "resets_in_seconds": .number,
    ]
}
