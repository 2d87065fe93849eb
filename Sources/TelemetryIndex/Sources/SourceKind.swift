/// A kind of log. The raw value stands in the cache.
package enum SourceKind: Int64, CaseIterable, Sendable {
    case telemetry = 0
    case claude = 1
    case codex = 2

    /// The word of `--source`.
    package var name: String {
        // Not the description, which looks itself up in the runtime's tables.
        switch self {
        case .telemetry: "telemetry"
        case .claude: "claude"
        case .codex: "codex"
        }
    }

    /// The source of this name, else nil.
    package init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}
