package import TelemetryFormat

/// What `prune` was asked for.
package struct PruneRequest: Equatable, Sendable {
    /// Say what would go and remove nothing.
    package var isDryRun: Bool
    /// Take archived days too.
    package var includesArchived: Bool

    package init(isDryRun: Bool = false, includesArchived: Bool = false) {
        self.isDryRun = isDryRun
        self.includesArchived = includesArchived
    }
}

/// What `prune` removed, or would remove.
package struct PruneSummary: Equatable, Sendable {
    /// Files of one day that went together.
    package struct Removal: Equatable, Sendable {
        package var day: Day
        package var files: Int64
        package var bytes: Int64
        /// `age` or `size`.
        package var reason: String

        package init(day: Day, files: Int64, bytes: Int64, reason: String) {
            self.day = day
            self.files = files
            self.bytes = bytes
            self.reason = reason
        }
    }

    package var removals: [Removal]
    /// What was due and stayed, and why.
    package var notes: [String]

    package init(removals: [Removal], notes: [String] = []) {
        self.removals = removals
        self.notes = notes
    }
}

/// What `verify` found wrong in the store.
package struct VerifySummary: Equatable, Sendable {
    package struct Finding: Equatable, Sendable {
        /// Relative to the store.
        package var file: String
        /// From 1; nil when the finding is about the whole file.
        package var line: Int64?
        /// For people, lower-case, no full stop.
        package var message: String

        package init(file: String, line: Int64?, message: String) {
            self.file = file
            self.line = line
            self.message = message
        }
    }

    package var days: Int64
    package var files: Int64
    package var lines: Int64
    package var findings: [Finding]

    package init(days: Int64, files: Int64, lines: Int64, findings: [Finding]) {
        self.days = days
        self.files = files
        self.lines = lines
        self.findings = findings
    }
}
