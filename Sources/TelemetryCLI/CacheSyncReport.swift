import TelemetryFormat
import TelemetryIndex
import TelemetryReport

/// What a sync did, as text and as JSON.
enum CacheSyncReport {
    static func text(_ summary: CacheSyncSummary) -> String {
        let files = summary.files
        let lines = summary.lines
        let milliseconds = Double(summary.elapsedMilliseconds)
        var text = summary.isRebuilt ? "Rebuilt the cache" : "Synced"
        text += " (\(summary.sources.joined(separator: ", ")))"
        text += " in \(HumanText.duration(milliseconds: milliseconds))\n"
        text += "  Files: \(parts([(files.read, "read"), (files.skipped, "unchanged")]))"
        text += list([(files.removed, "removed"), (files.unread, "unread")])
        text += ", \(HumanText.bytes(summary.bytesRead))\n"
        text += "  Lines: \(parts([(lines.ingested, "new")]))"
        text += list([
            (lines.duplicate, "duplicate"), (lines.other, "other"), (lines.rejected, "rejected"),
            (lines.pending, "unfinished"),
        ])
        text += "\n  Cache: \(HumanText.plural(summary.totals.calls, "call"))"
        text += list([
            (summary.totals.duplicates, "duplicate"), (summary.totals.rejected, "rejected"),
        ])
        text += "\n"
        for rejection in summary.rejections {
            text += "  Rejected: " + TerminalText.visible(self.text(rejection)) + "\n"
        }
        for note in summary.notes { text += "  Note: \(TerminalText.visible(note))\n" }
        return text
    }

    /// One line for `--verbose`: `read 1 of 31 files: 100 new lines, 1 rejected, in 7ms`.
    static func line(_ summary: CacheSyncSummary) -> String {
        let time = HumanText.duration(milliseconds: Double(summary.elapsedMilliseconds))
        return "read \(HumanText.count(summary.files.read)) of"
            + " \(HumanText.plural(summary.files.seen, "file")):"
            + " \(HumanText.plural(summary.lines.ingested, "new line")),"
            + " \(HumanText.count(summary.lines.rejected)) rejected, in \(time)"
    }

    static func document(_ summary: CacheSyncSummary) -> JSONValue {
        let files = summary.files
        let lines = summary.lines
        return .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("cache-sync")), .init("rebuilt", .bool(summary.isRebuilt)),
            .init("sources", .strings(summary.sources)),
            .init(
                "files",
                .object([
                    .init("seen", .integer(files.seen)), .init("read", .integer(files.read)),
                    .init("skipped", .integer(files.skipped)),
                    .init("removed", .integer(files.removed)),
                    .init("unread", .integer(files.unread)),
                ])),
            .init("bytes_read", .integer(summary.bytesRead)),
            .init(
                "lines",
                .object([
                    .init("ingested", .integer(lines.ingested)),
                    .init("duplicate", .integer(lines.duplicate)),
                    .init("other", .integer(lines.other)),
                    .init("rejected", .integer(lines.rejected)),
                    .init("pending", .integer(lines.pending)),
                ])),
            .init("rejections", rejections(summary.rejections)),
            .init(
                "totals",
                .object([
                    .init("calls", .integer(summary.totals.calls)),
                    .init("duplicates", .integer(summary.totals.duplicates)),
                    .init("rejected", .integer(summary.totals.rejected)),
                ])),
            .init("elapsed_ms", .integer(summary.elapsedMilliseconds)),
            .init("notes", .strings(summary.notes)),
        ])
    }

    static func rejections(_ counts: [RejectionCount]) -> JSONValue {
        .array(
            counts.map { count in
                .object([
                    .init("reason", .string(count.reason)), .init("count", .integer(count.count)),
                    .init("example", .optional(count.example)),
                ])
            })
    }

    /// `3 not-json, such as 2026-11-21/telemetry.jsonl:17`.
    static func text(_ rejection: RejectionCount) -> String {
        let example = rejection.example.map { ", such as \($0)" } ?? ""
        return "\(HumanText.count(rejection.count)) \(rejection.reason)\(example)"
    }

    private static func parts(_ counts: [(Int64, String)]) -> String {
        counts.map { "\(HumanText.count($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    /// The counts that are not 0, each after a comma.
    private static func list(_ counts: [(Int64, String)]) -> String {
        counts.filter { $0.0 > 0 }.map { ", \(HumanText.count($0.0)) \($0.1)" }.joined()
    }
}
