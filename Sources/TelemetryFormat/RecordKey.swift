/// The members of a record that this program reads, in the three objects where they stand.
package enum RecordKey: Int, CaseIterable, Sendable {
    case timestamp, messageID, requestID, agentName, operation, model, provider, sessionID, userID
    case duration, timeToFirstToken, tokens, cost, success, promptHash, responseHash
    case promptCharacters, responseCharacters, metadata, taskSource, commandLineTool, persona
    case nexusMode, routing, cloudCostEquivalent, speed, serviceTier, region, webSearches, event
    case input, output, cacheRead, cacheWrite, cacheWriteOneHour, reasoning, total
    case project, gitBranch, error

    /// The object in which a key stands.
    package enum Place: Int, Sendable { case record, tokens, metadata }

    package var place: Place {
        switch self {
        case .input, .output, .cacheRead, .cacheWrite, .cacheWriteOneHour, .reasoning, .total:
            .tokens
        case .project, .gitBranch, .error: .metadata
        default: .record
        }
    }

    /// The object that the key's own value is, when it is one.
    var opens: Place? {
        switch self {
        case .tokens: .tokens
        case .metadata: .metadata
        default: nil
        }
    }

    /// The member's name in the file. Spelled out: reflection takes a millisecond.
    package var name: String {
        switch self {
        case .timestamp: "timestamp"
        case .messageID: "msg_id"
        case .requestID: "req_id"
        case .agentName: "agent_name"
        case .operation: "operation"
        case .model: "model"
        case .provider: "provider"
        case .sessionID: "session_id"
        case .userID: "user_id"
        case .duration: "duration_ms"
        case .timeToFirstToken: "ttft_ms"
        case .tokens: "tokens"
        case .cost: "cost_usd"
        case .success: "success"
        case .promptHash: "prompt_hash"
        case .responseHash: "response_hash"
        case .promptCharacters: "prompt_chars"
        case .responseCharacters: "response_chars"
        case .metadata: "metadata"
        case .taskSource: "source"
        case .commandLineTool: "cli_tool"
        case .persona: "persona"
        case .nexusMode: "nexus_mode"
        case .routing: "routing"
        case .cloudCostEquivalent: "cloud_cost_equivalent"
        case .speed: "speed"
        case .serviceTier: "service_tier"
        case .region: "region"
        case .webSearches: "web_searches"
        case .event: "event"
        case .input: "input"
        case .output: "output"
        case .cacheRead: "cache_read"
        case .cacheWrite: "cache_write"
        case .cacheWriteOneHour: "cache_write_1h"
        case .reasoning: "reasoning"
        case .total: "total"
        case .project: "project"
        case .gitBranch: "git_branch"
        case .error: "error"
        }
    }
}
