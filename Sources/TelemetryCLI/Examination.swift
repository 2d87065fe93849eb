import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import TelemetryReport

/// What `doctor` concludes from what it found.
struct Examination: Sendable {
    var store: String
    var sources: [String]
    var findings: DoctorFindings
    var unpricedModels: [AnswerHead.UnpricedModel]
    /// The date of the built-in price table.
    var priceSnapshot: Day
    var today: Day

    /// Prices change a few times a year; a table older than this has probably missed some.
    static let oldPricesDays = 180

    /// What needs attention, a sentence each.
    var problems: [String] {
        var problems = findings.roots.compactMap { root in
            root.trouble.map { "\(root.source) logs in \(root.path) cannot be read: \($0)" }
        }
        problems += findings.rejections.map { rejection in
            let source = rejection.source.map { " of \($0)" } ?? ""
            return "rejected lines\(source): \(CacheSyncReport.text(rejection))"
        }
        problems += findings.unreadFiles.map { "not read: \($0.path): \($0.reason)" }
        problems += unpricedModels.map { model in
            "no price for \(model.model ?? "calls that name no model")"
                + " (\(HumanText.plural(model.calls, "call")))"
        }
        problems += findings.openPermissions.map { "others can read or write \($0)" }
        if priceAge > Self.oldPricesDays {
            problems.append("the price table is \(priceAge) days old")
        }
        return problems
    }

    /// What is good to know and no problem.
    var notes: [String] {
        var notes = findings.notes
        if findings.roots.contains(where: { $0.source != "telemetry" && $0.files > 0 }) {
            notes.append(
                "agents' transcripts are a lower bound of the bill: title generation and aborted"
                    + " streams are not logged")
        }
        notes += findings.roots.compactMap(deletionNote) + findings.roots.compactMap(twinsNote)
        if findings.callsWithoutModel > 0 {
            notes.append(
                "the logs of Codex name no model for"
                    + " \(HumanText.plural(findings.callsWithoutModel, "call")): \"unknown\"")
        }
        if findings.unknownTiers > 0 {
            notes.append(
                "the logs of Codex set a service tier that is not known"
                    + " \(HumanText.plural(findings.unknownTiers, "time")); it counts as standard")
        }
        return notes
    }

    /// When a root's logs will be deleted by their owner; nil when they will not, or nobody knows.
    private func deletionNote(_ root: DoctorFindings.Root) -> String? {
        guard let days = root.ownerDeletesAfterDays, let first = root.firstDeletion else {
            return nil
        }
        return "Claude Code deletes the logs in \(root.path) after"
            + " \(HumanText.plural(days, "day")), the oldest"
            + (first > today ? " on \(first)" : " when it starts next")
            + "; captured: \(HumanText.count(root.captured))"
    }

    private func twinsNote(_ root: DoctorFindings.Root) -> String? {
        guard root.knownByTwins > 0 else { return nil }
        return "gone from \(root.path) and counted by what was captured:"
            + " \(HumanText.plural(root.knownByTwins, "log"))"
    }

    private var priceAge: Int { today.number - priceSnapshot.number }

    var text: String {
        var text = "Store: \(store)\nSources: \(sources.joined(separator: ", "))\n"
        for root in findings.roots { text += "\(line(root))\n" }
        text += "\(cacheLine)\nSQLite: \(findings.sqliteVersion)\nPrices: \(priceSnapshot)\n"
        for note in notes { text += "Note: \(note)\n" }
        for problem in problems { text += "Problem: \(problem)\n" }
        if problems.isEmpty { text += "Everything is fine.\n" }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { TerminalText.visible(String($0)) }.joined(separator: "\n")
    }

    private func line(_ root: DoctorFindings.Root) -> String {
        if !root.isReadable, root.files == 0 {
            return "Logs of \(root.source): none in \(root.path)"
        }
        return "Logs of \(root.source): \(root.path): \(HumanText.plural(root.files, "file")),"
            + " \(HumanText.bytes(root.bytes)), \(HumanText.plural(root.calls, "call")),"
            + " \(HumanText.plural(root.duplicates, "duplicate")),"
            + " \(HumanText.count(root.rejected)) rejected"
    }

    private var cacheLine: String {
        guard let bytes = findings.cache.bytes else { return "Cache: none yet" }
        let version = findings.cache.version.map { ", version \($0)" } ?? ""
        let lock = findings.cache.isLocked ? ", being written" : ""
        return "Cache: \(findings.cache.path), \(HumanText.bytes(bytes))\(version)\(lock)"
    }
}
