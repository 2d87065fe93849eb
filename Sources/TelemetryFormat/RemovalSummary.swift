/// The contents of `summary.json`: totals of the records that this program took out of the store,
/// so that sums over all time stay what they were (`docs/log-format.md`).
package struct RemovalSummary: Equatable, Sendable {
    /// One removal: the segments of a day that were taken out together, and what was in them.
    package struct Entry: Equatable, Sendable {
        /// The day directory that they were in.
        package var day: Day
        package var segments: [Segment]
        package var groups: [Group]

        package init(day: Day, segments: [Segment], groups: [Group]) {
            self.day = day
            self.segments = segments
            self.groups = groups
        }
    }

    /// A file that was taken out.
    package struct Segment: Equatable, Sendable {
        /// Its name in the day directory, without `.gz`.
        package var name: String
        /// Bytes of its uncompressed content.
        package var bytes: Int64
        /// Of its uncompressed content, lower-case hexadecimal.
        package var sha256: String

        package init(name: String, bytes: Int64, sha256: String) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// What the totals are kept apart by.
    package struct Key: Hashable, Sendable {
        /// UTC hours since 1970-01-01.
        package var hour: Int
        package var rateClass: RateClass
        package var project: String?
        package var agent: String?
        package var operation: String?
        package var user: String?

        package init(
            hour: Int, rateClass: RateClass, project: String?, agent: String?, operation: String?,
            user: String?
        ) {
            self.hour = hour
            self.rateClass = rateClass
            self.project = project
            self.agent = agent
            self.operation = operation
            self.user = user
        }
    }

    /// The totals of the calls with one key.
    package struct Group: Equatable, Sendable {
        package var key: Key
        package var usage: Usage
        package var latency: LatencyHistogram

        package init(key: Key, usage: Usage = Usage(), latency: LatencyHistogram = .init()) {
            self.key = key
            self.usage = usage
            self.latency = latency
        }
    }

    /// In the order of the removals.
    package var entries: [Entry]

    package init(entries: [Entry] = []) {
        self.entries = entries
    }
}

extension RemovalSummary.Entry {
    /// Whether the entry's records are to be counted: while none of its segments is in the store.
    package func counts(whereStored isStored: (Day, String) -> Bool) -> Bool {
        !segments.contains { isStored(day, $0.name) }
    }
}
