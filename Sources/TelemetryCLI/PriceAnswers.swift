import TelemetryFormat
import TelemetryQuery
import TelemetryReport

/// The answer to `pricing list`.
struct PriceListAnswer: Presentable {
    var snapshot: Day
    var entries: [PriceBook.Entry]

    /// What a table shows; the document has every unit.
    private static let units = [
        ("Input", "input_mtok"), ("Output", "output_mtok"), ("Cache read", "cache_read_mtok"),
        ("Cache write", "cache_write_mtok"), ("1 hour", "cache_write_1h_mtok"),
    ]

    var document: JSONValue {
        .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("pricing list")),
            .init("snapshot", .string(snapshot.description)),
            .init("prices", .array(entries.map(\.node))),
        ])
    }

    var report: Report {
        Report(
            title: "Prices per million tokens", subtitle: "snapshot \(snapshot)",
            tables: [table(title: \.0)])
    }

    var flatTable: Table { table(title: \.1) }

    private func table(title: ((String, String)) -> String) -> Table {
        let columns =
            [Column("Provider", key: "provider", .name), Column("Model", key: "model", .name)]
            + Self.units.map { Column(title($0), key: $0.1) }
        let rows = entries.map { entry -> [Cell] in
            [.name(entry.provider), .name(entry.model)]
                + Self.units.map { unit -> Cell in
                    let price = entry.prices.first { $0.unit == unit.1 }
                    return .decimal(price?.dollars)
                }
        }
        return Table(columns: columns, rows: rows)
    }
}

/// The answer to `pricing show`.
struct PriceMatchAnswer: Sendable {
    var snapshot: Day
    var model: String
    var at: Timestamp
    /// nil = no row is for the model.
    var match: PriceBook.Match?

    var document: JSONValue {
        .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("pricing show")),
            .init("snapshot", .string(snapshot.description)), .init("model", .string(model)),
            .init("at", .string(at.iso8601)), .init("match", match?.entry.node ?? .null),
            .init("reason", .optional(match?.reason)), .init("origin", .optional(match?.origin)),
            .init("notes", .strings(match?.notes ?? [])),
        ])
    }

    var text: String {
        guard let match else { return "" }
        let entry = match.entry
        var lines = ["\(model): \(entry.provider) \(entry.model)"]
        if let name = entry.name { lines.append("  Name: \(name)") }
        lines.append("  Why: \(match.reason)")
        lines.append("  From: \(match.origin), snapshot \(snapshot)")
        if let tokens = entry.contextTokens {
            lines.append("  Context: \(HumanText.plural(tokens, "token"))")
        }
        for note in match.notes { lines.append("  Note: \(note)") }
        for price in entry.prices { lines.append("  \(price.unit): $\(price.dollars)") }
        return lines.map { TerminalText.visible($0) + "\n" }.joined()
    }
}

/// The answer to `pricing check`.
struct PriceCheckAnswer: Sendable {
    var snapshot: Day
    var today: Day
    var unpriced: [AnswerHead.UnpricedModel]

    private var age: Int { today.number - snapshot.number }

    var document: JSONValue {
        let models = unpriced.map { model in
            JSONValue.object([
                .init("model", .optional(model.model)), .init("calls", .integer(model.calls)),
            ])
        }
        return .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("pricing check")),
            .init("snapshot", .string(snapshot.description)),
            .init("snapshot_age_days", .integer(Int64(age))),
            .init("unpriced_models", .array(models)),
        ])
    }

    var text: String {
        var text = "Price table of \(snapshot), \(HumanText.plural(Int64(age), "day")) old\n"
        for model in unpriced {
            let name = TerminalText.visible(model.model ?? "calls that name no model")
            text += "No price: \(name) (\(HumanText.plural(model.calls, "call")))\n"
        }
        return unpriced.isEmpty ? text + "Every model has a price.\n" : text
    }
}

extension PriceBook.Entry {
    var node: JSONValue {
        .object([
            .init("provider", .string(provider)), .init("model", .string(model)),
            .init("name", .optional(name)), .init("context", .optional(contextTokens)),
            .init("prices", .object(prices.map { .init($0.unit, .number($0.dollars)) })),
        ])
    }
}
