import TelemetryFormat

/// The members of a transcript's line that this program reads, by the object where they stand.
package enum ClaudeKey: Int, CaseIterable, Sendable {
    case type, timestamp, sessionID, requestID, uuid, cwd, gitBranch, isSidechain, isFailure
    case cost, error, message
    case messageID, model, stopReason, usage
    case input, output, cacheRead, cacheWrite, cacheSplit, outputDetails, serverTools
    case serviceTier, speed, region, iterations, iterationType, iterationModel
    case fiveMinutes, oneHour
    case thinking
    case webSearches

    /// The object in which a key stands; an iteration has the members of a usage.
    package enum Place: Int, Sendable {
        case line, message, usage, cacheSplit, outputDetails, serverTools
    }

    package var place: Place {
        switch self {
        case .type, .timestamp, .sessionID, .requestID, .uuid, .cwd, .gitBranch, .isSidechain,
            .isFailure, .cost, .error, .message:
            .line
        case .messageID, .model, .stopReason, .usage: .message
        case .input, .output, .cacheRead, .cacheWrite, .cacheSplit, .outputDetails, .serverTools,
            .serviceTier, .speed, .region, .iterations, .iterationType, .iterationModel:
            .usage
        case .fiveMinutes, .oneHour: .cacheSplit
        case .thinking: .outputDetails
        case .webSearches: .serverTools
        }
    }

    /// The place that the key's own value is, when it is an object.
    package var opens: Place? {
        switch self {
        case .message: .message
        case .usage: .usage
        case .cacheSplit: .cacheSplit
        case .outputDetails: .outputDetails
        case .serverTools: .serverTools
        default: nil
        }
    }

    /// The member's name in the file. Spelled out: reflection takes a millisecond.
    package var name: String {
        switch self {
        case .type: "type"
        case .timestamp: "timestamp"
        case .sessionID: "sessionId"
        case .requestID: "requestId"
        case .uuid: "uuid"
        case .cwd: "cwd"
        case .gitBranch: "gitBranch"
        case .isSidechain: "isSidechain"
        case .isFailure: "isApiErrorMessage"
        case .cost: "costUSD"
        case .error: "error"
        case .message: "message"
        case .messageID: "id"
        case .model: "model"
        case .stopReason: "stop_reason"
        case .usage: "usage"
        case .input: "input_tokens"
        case .output: "output_tokens"
        case .cacheRead: "cache_read_input_tokens"
        case .cacheWrite: "cache_creation_input_tokens"
        case .cacheSplit: "cache_creation"
        case .outputDetails: "output_tokens_details"
        case .serverTools: "server_tool_use"
        case .serviceTier: "service_tier"
        case .speed: "speed"
        case .region: "inference_geo"
        case .iterations: "iterations"
        case .iterationType: "type"
        case .iterationModel: "model"
        case .fiveMinutes: "ephemeral_5m_input_tokens"
        case .oneHour: "ephemeral_1h_input_tokens"
        case .thinking: "thinking_tokens"
        case .webSearches: "web_search_requests"
        }
    }
}
