package import TelemetryFormat

/// Where everything lies in a store.
package struct StoreLayout: Equatable, Sendable {
    /// The store's directory.
    package let root: String

    /// The layout of the store in this directory.
    package init(root: String) {
        self.root = root
    }

    /// The lock file, never deleted.
    package var lock: String { path(".lock") }
    /// Totals of what was taken out of the store.
    package var summary: String { path("summary.json") }
    /// The user's own prices.
    package var prices: String { path("prices.json") }
    /// Small append-only files that are never pruned.
    package var history: String { path("history") }
    /// Records that were taken over from other systems.
    package var importedRecords: String { path("history/imported.jsonl") }
    /// The cache, which can be deleted at will.
    package var cache: String { path("cache.db") }
    /// Who may write the cache.
    package var cacheLock: String { path("cache.lock") }

    /// The directory of a UTC day.
    package func directory(of day: Day) -> String { path(day.description) }

    /// The path of a segment.
    package func path(_ day: Day, _ segment: SegmentName) -> String {
        directory(of: day) + "/" + segment.text
    }

    /// Names beside the segments that this program puts into a day directory.
    package static let checksumsName = "SHA256SUMS"
    /// Marks a restored day, which neither age nor size removes.
    package static let keepName = ".keep"

    /// Whether a name is that of a file which this program was writing when it died.
    package static func isLeftover(_ name: String) -> Bool {
        let rest = name.dropFirst()
        guard name.hasPrefix("."), let end = rest.firstRange(of: ".tmp-") else { return false }
        let target = rest[..<end.lowerBound]
        return target == checksumsName || SegmentName(target) != nil
    }

    private func path(_ name: String) -> String { root + "/" + name }
}
