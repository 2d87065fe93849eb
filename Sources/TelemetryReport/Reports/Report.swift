import TelemetryFormat
import TelemetryQuery

/// An answer arranged for people: a title, facts, tables and notes. Text and Markdown render it.
package struct Report: Equatable, Sendable {
    /// One line of its own: `Total cost: $47.32`.
    package struct Fact: Equatable, Sendable {
        package var label: String
        package var text: String

        package init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }

    /// `Performance`; nil = the tables stand alone.
    package var title: String?
    /// What the title is about: the period and its zone.
    package var subtitle: String
    package var facts: [Fact]
    package var tables: [Table]
    /// Whole sentences; may hold names from logs.
    package var notes: [String]

    package init(
        title: String?, subtitle: String = "", facts: [Fact] = [], tables: [Table] = [],
        notes: [String] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.facts = facts
        self.tables = tables
        self.notes = notes
    }

    /// A report with what every answer's head says; the title is the period when there is none.
    init(_ head: AnswerHead, title: String? = nil, facts: [Fact], tables: [Table]) {
        let period = head.period
        var details: [String] = []
        if title != nil { details.append(Self.label(period)) }
        if let since = period.since, let until = period.until, !period.label.contains(since) {
            details.append(since == until ? since : "\(since) to \(until)")
        }
        details.append(period.zone.name)
        let label = Self.label(period)
        self.init(
            title: title ?? label.prefix(1).uppercased() + label.dropFirst(),
            subtitle: details.joined(separator: ", "), facts: facts, tables: tables,
            notes: Self.unpriced(head) + head.notes)
    }

    private static func label(_ period: AnswerHead.Period) -> String {
        period.label == "all" ? "all time" : period.label
    }

    /// Which models' calls are in no cost.
    private static func unpriced(_ head: AnswerHead) -> [String] {
        guard !head.unpricedModels.isEmpty else { return [] }
        let shown = head.unpricedModels.prefix(shownUnpricedModels).map { model in
            "\(model.model ?? "no model") (\(HumanText.plural(model.calls, "call")))"
        }
        let more = head.unpricedModels.count - shown.count
        let names = shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return ["Without a price, and in no cost: \(names)"]
    }

    /// More would hide the report itself; `pricing check` lists them all.
    private static let shownUnpricedModels = 5
}
