import TelemetryFiles
import TelemetryFormat

/// When Claude Code deletes transcripts: at a start of it, those that nobody has written to for
/// `cleanupPeriodDays` of its settings.
enum ClaudeRetention {
    /// Where nothing is set (https://code.claude.com/docs/en/settings).
    static let usualDays: Int64 = 30
    private static let centuryDays: Int64 = 36_500
    /// Settings are written by hand; a larger file is something else.
    private static let maximumBytes = 4 << 20

    /// The days after which transcripts below this `projects` directory are deleted; nil = unknown.
    static func days(ofProjects directory: String) -> Int64? {
        let configuration = FileTree.parent(of: directory)
        // The later overrides the earlier.
        let names = ["settings.json", "settings.local.json"]
        return days(
            settings: names.map { name in
                // What is not there sets nothing, and of what cannot be read nobody knows.
                try? FileContents.read("\(configuration)/\(name)", maximumBytes: maximumBytes)
            })
    }

    /// The days that these files ask for, of which a later one overrides an earlier one.
    ///
    /// 0 has meant "never", "write none" and "invalid" in turn: unknown, as is anything that is no
    /// number of days. More than a century is never.
    static func days(settings: [[UInt8]?]) -> Int64? {
        var days: Int64? = usualDays
        for text in settings {
            guard let text else { continue }
            do throws(Rejection) {
                guard let value = try JSONValue(parsing: text.span)["cleanupPeriodDays"] else {
                    continue
                }
                days = value.int.flatMap { (1...centuryDays).contains($0) ? $0 : nil }
            } catch {
                days = nil
            }
        }
        return days
    }
}
