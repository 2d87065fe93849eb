/// Whether text carries colour; the one place that writes escape sequences.
package enum Style: Sendable {
    case plain
    case coloured

    /// A title.
    func bold(_ text: String) -> String { wrap(text, "1") }

    /// What matters less than its neighbours.
    func faint(_ text: String) -> String { wrap(text, "2") }

    /// What went wrong.
    func warning(_ text: String) -> String { wrap(text, "33") }

    private func wrap(_ text: String, _ code: String) -> String {
        switch self {
        case .plain: text
        case .coloured: text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
        }
    }
}
