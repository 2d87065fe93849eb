/// Rule 15: how fast, and at which price, a thread is served.
package enum RolloutTier: UInt8, Sendable {
    case standard, fast, flex

    /// The tier that a setting names, else nil. `priority` is the API's word for Codex's `fast`.
    package init?(setting: String) {
        switch setting.lowercased() {
        case "default", "standard": self = .standard
        case "priority", "fast": self = .fast
        case "flex": self = .flex
        default: return nil
        }
    }

    /// The word in the column `service_tier`, which price lists know.
    package var name: String {
        switch self {
        case .standard: "standard"
        case .fast: "fast"
        case .flex: "flex"
        }
    }
}
