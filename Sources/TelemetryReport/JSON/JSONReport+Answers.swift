package import TelemetryFormat
package import TelemetryQuery

extension JSONReport {
    /// The document of `stats`.
    package static func document(_ answer: StatsAnswer) -> JSONValue {
        document(
            answer.head,
            [
                .init("latency", .object(latency(answer.latency))),
                .init("sessions", .integer(answer.sessions)),
                .init("models", .integer(answer.models)),
                .init("previous", answer.previous.map { .object(usage($0)) } ?? .null),
            ])
    }

    /// The document of `costs`, of `models` and its like, of `daily` and its like.
    package static func document(_ answer: BreakdownAnswer) -> JSONValue {
        document(
            answer.head,
            answer.breakdowns.map { breakdown in
                if answer.head.command == "costs" {
                    let rows = breakdown.rows.map { costRow($0, breakdown.dimension) }
                    return .init("by_\(breakdown.dimension.rawValue)", .array(rows))
                }
                let rows = breakdown.rows.map { row in
                    breakdown.dimension.isTime
                        ? bucketRow(row, breakdown.dimension) : rankedRow(row, breakdown.dimension)
                }
                return .init(answer.head.command, .array(rows))
            })
    }

    /// The document of `performance`.
    package static func document(_ answer: PerformanceAnswer) -> JSONValue {
        document(
            answer.head,
            [
                .init("latency", .object(latency(answer.overall.latency))),
                .init("failed", .integer(answer.overall.failed)),
                .init(
                    "output_tokens_per_second", .optional(answer.overall.outputTokensPerSecond)),
                .init("by_operation", .array(answer.byOperation.map { row($0, .operation) })),
                .init("by_model", .array(answer.byModel.map { row($0, .model) })),
            ])
    }

    /// The document of `patterns`.
    package static func document(_ answer: PatternsAnswer) -> JSONValue {
        let peaks = answer.peakHours.map { range in
            JSONValue.object([
                .init("from", .integer(Int64(range.from))), .init("to", .integer(Int64(range.to))),
            ])
        }
        let operations = answer.operations.map { row in
            JSONValue.object(
                [.init("operation", .optional(row.key))] + usage(row.usage)
                    + [.init("call_share", .optional(row.callShare))])
        }
        return document(
            answer.head,
            [
                .init("by_hour", .integers(answer.byHour)),
                .init("by_weekday", .integers(answer.byWeekday)),
                .init("heatmap", .array(answer.heatmap.map { .integers($0) })),
                .init("peak_hours", .array(peaks)),
                .init("busiest_weekday", .optional(answer.busiestWeekday)),
                .init("operations", .array(operations)),
            ])
    }

    /// The document of `query`: rows are objects; a name that comes again gets a number.
    package static func document(_ answer: SQLAnswer) -> JSONValue {
        let names = distinct(answer.columns)
        let rows = answer.rows.map { row in
            JSONValue.object(zip(names, row).map { .init($0, node($1)) })
        }
        return .object([
            .init("schema_version", .integer(schemaVersion)),
            .init("command", .string("query")),
            .init("columns", .strings(names)),
            .init("rows", .array(rows)),
            .init("truncated", .bool(answer.isTruncated)),
        ])
    }

    static func document(
        _ head: AnswerHead, _ members: [JSONValue.Member]
    ) -> JSONValue {
        .object(self.head(head) + members + tail(head))
    }

    private static func costRow(_ row: BreakdownRow, _ dimension: Dimension) -> JSONValue {
        .object(
            [.init(dimension.key, .optional(row.key))] + usage(row.usage)
                + [.init("cost_share", .optional(row.costShare))])
    }

    private static func rankedRow(_ row: BreakdownRow, _ dimension: Dimension) -> JSONValue {
        .object(
            [.init(dimension.key, .optional(row.key))] + usage(row.usage) + [
                .init("call_share", .optional(row.callShare)),
                .init("cost_share", .optional(row.costShare)),
                .init("latency", row.latency.map { .object(latency($0)) } ?? .null),
                .init("first_seen", .optional(row.firstSeen)),
                .init("last_seen", .optional(row.lastSeen)),
            ])
    }

    private static func bucketRow(_ row: BreakdownRow, _ dimension: Dimension) -> JSONValue {
        var members: [JSONValue.Member] = [.init(dimension.key, .optional(row.key))]
        members += usage(row.usage)
        members.append(.init("models", .strings(row.models)))
        if let byModel = row.byModel {
            members.append(.init("by_model", .array(byModel.map { costRow($0, .model) })))
        }
        return .object(members)
    }

    private static func row(_ row: PerformanceAnswer.Row, _ dimension: Dimension) -> JSONValue {
        .object(
            [.init(dimension.key, .optional(row.key)), .init("calls", .integer(row.calls))]
                + latency(row.latency) + [
                    .init("failed", .integer(row.failed)),
                    .init("output_tokens_per_second", .optional(row.outputTokensPerSecond)),
                ])
    }

    private static func node(_ value: SQLAnswer.Value) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let value): .integer(value)
        case .real(let value): .double(value)
        case .text(let value): .string(value)
        case .blob(let bytes): .string("blob of \(bytes) bytes")
        }
    }

    private static func distinct(_ names: [String]) -> [String] {
        var taken = Set(names)
        var seen: Set<String> = []
        return names.map { name in
            if seen.insert(name).inserted { return name }
            var count = 2
            while !taken.insert("\(name)_\(count)").inserted { count += 1 }
            return "\(name)_\(count)"
        }
    }
}
