/// The environment variables that the store understands (`README.md`).
package enum SettingName: String, CaseIterable, Sendable {
    case directory = "LLM_TELEMETRY_DIR"
    case storage = "LLM_TELEMETRY_STORAGE"
    case storageEnabled = "LLM_TELEMETRY_STORAGE_ENABLED"
    case enabled = "LLM_TELEMETRY_ENABLED"
    case storePrompts = "LLM_STORE_PROMPTS"
    case storeResponses = "LLM_STORE_RESPONSES"
    case retentionDays = "LLM_RETENTION_DAYS"
    case maximumMegabytes = "LLM_STORAGE_MAX_SIZE_MB"
    case rotationMegabytes = "LLM_TELEMETRY_ROTATE_MB"
    case synchronization = "LLM_TELEMETRY_SYNC"
    case lockTimeout = "LLM_TELEMETRY_LOCK_TIMEOUT_MS"
    case sources = "LLM_TELEMETRY_SOURCES"
    case capture = "LLM_TELEMETRY_CAPTURE"
    case prices = "LLM_TELEMETRY_PRICES"
    case weekStart = "LLM_TELEMETRY_WEEK_START"
    case now = "LLM_TELEMETRY_NOW"
    case projectName = "LLM_PROJECT_NAME"
    case claudeSession = "CLAUDE_SESSION_ID"
    case openCodeSession = "OPENCODE_SESSION_ID"
    case claudeUser = "CLAUDE_USER_ID"
    case user = "USER"
    case debug = "LLM_TELEMETRY_DEBUG"
}

/// A variable whose value cannot be used: `LLM_RETENTION_DAYS must be a whole number of days, 0 for
/// ever, not "soon"`.
package struct SettingProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// The variable's name.
    package var name: SettingName
    /// The value that it has.
    package var value: String
    /// What it must be.
    package var expectation: String

    package var description: String {
        "\(name.rawValue) must be \(expectation), not \"\(value)\""
    }
}
