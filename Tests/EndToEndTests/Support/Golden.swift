import Foundation
import Testing

/// A scenario of another tool: its logs, its clock and flags, and what it printed for them.
struct Golden: Sendable, CustomTestStringConvertible {
    /// Such as `weekly/base`.
    let name: String

    var testDescription: String { name }

    /// The scenarios of the reports that exist here, too.
    static let all: [Golden] = {
        let reports = ["codex-daily", "codex-session", "daily", "monthly", "session", "weekly"]
        guard let folder = Corpora.root?.appending(path: "cctally").path() else { return [] }
        return reports.flatMap { report in
            // A missing folder is noticed by the test that counts the scenarios.
            (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(report)"))?
                .sorted().map { Golden(name: "\(report)/\($0)") } ?? []
        }
    }()

    var report: String { String(name.split(separator: "/")[0]) }
    var isCodex: Bool { report.hasPrefix("codex-") }

    private var folder: URL {
        (Corpora.root ?? URL(filePath: "/")).appending(path: "cctally/\(name)")
    }

    private func file(_ name: String) throws -> JSON {
        try JSON(parsing: Array(Data(contentsOf: folder.appending(path: name))))
    }

    func expected() throws -> JSON { try file("expected-json.json") }

    /// Our question for that tool's report, with its flags.
    func arguments() throws -> [String] {
        let command =
            ["codex-daily": "daily", "codex-session": "sessions", "session": "sessions"][report]
            ?? report
        let breakdown = command == "sessions" ? [] : ["--breakdown"]
        let flags = (try file("meta.json")["flags"]?.string ?? "")
            .replacing("--tz local", with: "").replacing("--breakdown", with: "")
        return [command, "--source", isCodex ? "codex" : "claude"] + breakdown
            + flags.split(separator: " ").map(String.init)
    }

    /// A machine with the scenario's logs, at its clock and in its zone.
    func sandbox() throws -> Sandbox {
        let meta = try file("meta.json")
        let sandbox = try Sandbox(now: try #require(meta["as_of"]?.string))
        sandbox.environment["TZ"] = meta["display_tz"]?.string
        let (agent, below) = isCodex ? ("codex", "sessions") : ("claude", "projects")
        let logs = folder.appending(path: "\(agent)-home/.\(agent)")
        if FileManager.default.fileExists(atPath: logs.path()) {
            try FileManager.default.copyItem(
                at: logs, to: sandbox.home.appending(path: ".\(agent)"))
        } else {
            try FileManager.default.createDirectory(
                at: sandbox.home.appending(path: ".\(agent)/\(below)"),
                withIntermediateDirectories: true)
            for (path, text) in try synthesisedRollouts() {
                try sandbox.writeHome(text, to: path)
            }
        }
        return sandbox
    }

    /// Rollouts that say what the scenario's flat rows say, where it comes without any.
    private func synthesisedRollouts() throws -> [String: String] {
        let rows = folder.appending(path: "codex_entries.jsonl")
        guard FileManager.default.fileExists(atPath: rows.path()) else { return [:] }
        var texts: [String: String] = [:]
        var totals: [String: Int] = [:]
        for line in try String(contentsOf: rows, encoding: .utf8).split(separator: "\n") {
            let row = try JSON(parsing: String(line))
            let path = try #require(row["source_path"]?.string)
            let time = try #require(row["timestamp_utc"]?.string)
            let (session, model) = (row["session_id"]?.string ?? "", row["model"]?.string ?? "")
            totals[path, default: 0] += row["total_tokens"]?.integer ?? 0
            texts[path, default: Self.line(time, "session_meta", #"{"id":"\#(session)"}"#)] +=
                Self.line(time, "turn_context", #"{"model":"\#(model)"}"#)
                + Self.line(
                    time, "event_msg",
                    """
                    {"type":"token_count","info":{"last_token_usage":\(line),\
                    "total_token_usage":{"total_tokens":\(totals[path] ?? 0)}}}
                    """)
        }
        return texts
    }

    private static func line(_ time: String, _ type: String, _ payload: String) -> String {
        "{\"timestamp\":\"\(time)\",\"type\":\"\(type)\",\"payload\":\(payload)}\n"
    }
}
