/// What one sync did: the document of `cache-sync --json`.
package struct CacheSyncSummary: Equatable, Sendable {
    /// Files by what became of them.
    package struct Files: Equatable, Sendable {
        package var seen: Int64
        package var read: Int64
        package var skipped: Int64
        package var removed: Int64
        package var unread: Int64

        package init(
            seen: Int64 = 0, read: Int64 = 0, skipped: Int64 = 0, removed: Int64 = 0,
            unread: Int64 = 0
        ) {
            self.seen = seen
            self.read = read
            self.skipped = skipped
            self.removed = removed
            self.unread = unread
        }
    }

    /// Lines of this run by outcome.
    package struct Lines: Equatable, Sendable {
        package var ingested: Int64
        package var duplicate: Int64
        package var other: Int64
        package var rejected: Int64
        package var pending: Int64

        package init(
            ingested: Int64 = 0, duplicate: Int64 = 0, other: Int64 = 0, rejected: Int64 = 0,
            pending: Int64 = 0
        ) {
            self.ingested = ingested
            self.duplicate = duplicate
            self.other = other
            self.rejected = rejected
            self.pending = pending
        }
    }

    /// Totals of the whole cache.
    package struct Totals: Equatable, Sendable {
        package var calls: Int64
        package var duplicates: Int64
        package var rejected: Int64

        package init(calls: Int64 = 0, duplicates: Int64 = 0, rejected: Int64 = 0) {
            self.calls = calls
            self.duplicates = duplicates
            self.rejected = rejected
        }
    }

    package var isRebuilt: Bool
    package var sources: [String]
    package var files: Files
    package var bytesRead: Int64
    package var lines: Lines
    package var rejections: [RejectionCount]
    package var totals: Totals
    package var elapsedMilliseconds: Int64
    /// What a person should know: roots that could not be read, a cache set aside.
    package var notes: [String]

    package init(
        isRebuilt: Bool = false, sources: [String], files: Files = Files(), bytesRead: Int64 = 0,
        lines: Lines = Lines(), rejections: [RejectionCount] = [], totals: Totals = Totals(),
        elapsedMilliseconds: Int64 = 0, notes: [String] = []
    ) {
        self.isRebuilt = isRebuilt
        self.sources = sources
        self.files = files
        self.bytesRead = bytesRead
        self.lines = lines
        self.rejections = rejections
        self.totals = totals
        self.elapsedMilliseconds = elapsedMilliseconds
        self.notes = notes
    }
}

/// How many lines were refused for one reason, with the place of one of them.
package struct RejectionCount: Equatable, Sendable {
    /// The raw value of a `Rejection`.
    package var reason: String
    package var count: Int64
    /// `file:line`, relative to its root.
    package var example: String?
    /// The source that they came from; nil = whichever.
    package var source: String?

    package init(
        reason: String, count: Int64, example: String? = nil, source: String? = nil
    ) {
        self.source = source
        self.reason = reason
        self.count = count
        self.example = example
    }
}
