package import TelemetryFiles
package import TelemetryFormat

/// `summary.json` on disk: totals of what this program took out of the store.
package struct SummaryFile: Sendable {
    /// Decades of removals fit; a larger file was not written by this program.
    private static let maximumBytes = 256 << 20

    private let layout: StoreLayout

    /// The summary of a store.
    package init(layout: StoreLayout) {
        self.layout = layout
    }

    /// What the file says; nothing when it is missing, nil when it cannot be read.
    package func read() -> RemovalSummary? {
        do throws(FileError) {
            let bytes = try FileContents.read(layout.summary, maximumBytes: Self.maximumBytes)
            // Nothing depends on what exactly is wrong with it.
            return try? RemovalSummary(parsing: bytes.span)
        } catch {
            return error.isMissing ? RemovalSummary() : nil
        }
    }

    /// What the file says. A damaged one is set aside as `summary.json.bad`, so that it stops no
    /// removal and can still be looked at. The store's lock must be held.
    package func readForWriting() throws(FileError) -> RemovalSummary {
        if let summary = read() { return summary }
        try FileTree.rename(layout.summary, to: layout.summary + ".bad")
        return RemovalSummary()
    }

    /// Replaces the file at once and completely. The store's lock must be held.
    package func replace(with summary: RemovalSummary) throws(FileError) {
        try AtomicReplacement.removeLeftovers(of: layout.summary)
        try AtomicReplacement.write(summary.jsonText().span, to: layout.summary)
    }

    /// The segments that were removed from a day.
    package func segments(removedFrom day: Day) -> [RemovalSummary.Segment] {
        read()?.segments(removedFrom: day) ?? []
    }
}

extension RemovalSummary {
    /// The segments that were removed from a day, in the order of their removal.
    func segments(removedFrom day: Day) -> [Segment] {
        entries.filter { $0.day == day }.flatMap(\.segments)
    }
}
