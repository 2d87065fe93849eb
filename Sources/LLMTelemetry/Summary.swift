package import TelemetryFormat

/// Totals of what this program took out of the store (`summary.json`, `docs/summary.md`).
package struct Summary: Equatable, Sendable {
    /// What was removed together, in the order of removal.
    package var entries: [Entry]

    package init(entries: [Entry] = []) {
        self.entries = entries
    }

    /// Segments of one day that were removed together, and the totals of their calls.
    ///
    /// The entry counts only while none of its segments is in the store: a day that comes back
    /// speaks for itself again, and so does one whose removal was cut short.
    package struct Entry: Equatable, Sendable {
        /// The day of the directory.
        package var day: Day
        package var segments: [Segment]
        package var rows: [Row]

        package init(day: Day, segments: [Segment], rows: [Row]) {
            self.day = day
            self.segments = segments
            self.rows = rows
        }

        /// All calls of the entry.
        package var calls: Int64 { rows.reduce(0) { $0 &+ $1.usage.calls } }
    }

    /// A removed file, recognised by its content.
    package struct Segment: Equatable, Sendable {
        /// The file's name without `.gz`.
        package var name: SegmentName
        /// Where the content begins that this entry speaks for: not at 0 when what stands before
        /// was in another entry already.
        package var offset: Int64
        /// Bytes of content, uncompressed.
        package var bytes: Int64
        /// Lower-case hexadecimal SHA-256 of the content, uncompressed.
        package var sha256: String

        package init(name: SegmentName, offset: Int64 = 0, bytes: Int64, sha256: String) {
            self.name = name
            self.offset = offset
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// What the calls of a row have in common.
    package struct Group: Hashable, Sendable {
        /// UTC hours since 1970 of the calls' own timestamps.
        package var hour: Int
        package var rateClass: RateClass
        package var project: String?
        package var agent: String?
        package var operation: String?
        package var user: String?

        package init(
            hour: Int, rateClass: RateClass, project: String? = nil, agent: String? = nil,
            operation: String? = nil, user: String? = nil
        ) {
            self.hour = hour
            self.rateClass = rateClass
            self.project = project
            self.agent = agent
            self.operation = operation
            self.user = user
        }
    }

    /// Calls of one group, added up.
    package struct Row: Equatable, Sendable {
        package var group: Group
        package var usage: Usage
        package var latency: LatencyHistogram

        package init(
            group: Group, usage: Usage = Usage(), latency: LatencyHistogram = LatencyHistogram()
        ) {
            self.group = group
            self.usage = usage
            self.latency = latency
        }
    }
}
