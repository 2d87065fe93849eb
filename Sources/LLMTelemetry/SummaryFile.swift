import TelemetryFiles
package import TelemetryFormat

/// `summary.json` on disk.
package struct SummaryFile: Sendable {
    /// Decades of removals fit; a larger file was not written by this program.
    private static let maximumBytes = 256 << 20

    private let layout: StoreLayout

    /// The summary of a store.
    package init(layout: StoreLayout) {
        self.layout = layout
    }

    /// What the file says.
    package enum Contents: Sendable {
        case summary(Summary)
        /// It cannot be read, and why; whoever writes the next one sets it aside.
        case damaged(String)
    }

    /// Reads the file; one that is missing says nothing.
    package func read() -> Contents {
        do throws(FileError) {
            let bytes = try FileContents.read(layout.summary, maximumBytes: Self.maximumBytes)
            guard let summary = Summary(text: bytes.span) else {
                return .damaged("\(layout.summary) is damaged")
            }
            return .summary(summary)
        } catch {
            return error.isMissing ? .summary(Summary()) : .damaged(error.description)
        }
    }

    /// The summary to go on with: what the file says, or nothing after a damaged one was set aside
    /// as `summary.json.bad`. The store's lock must be held.
    func readForWriting() throws(FileError) -> Summary {
        switch read() {
        case .summary(let summary): return summary
        case .damaged:
            try FileTree.rename(layout.summary, to: layout.summary + ".bad")
            return Summary()
        }
    }

    /// Replaces the file. The store's lock must be held.
    func replace(with summary: Summary) throws(FileError) {
        try AtomicReplacement.removeLeftovers(of: layout.summary)
        try AtomicReplacement.write(summary.text.span, to: layout.summary)
    }

    /// The names of segments that were removed from a day.
    func segmentNames(removedFrom day: Day) -> [SegmentName] {
        guard case .summary(let summary) = read() else { return [] }
        return summary.entries.filter { $0.day == day }.flatMap(\.segments).map(\.name)
    }
}

extension StoreLayout {
    /// Whether an entry counts: none of its segments is in the store.
    package func counts(_ entry: Summary.Entry) -> Bool {
        !entry.segments.contains { isPresent($0, on: entry.day) }
    }

    /// Whether the content of a removed segment is in the store (again), under its name.
    package func isPresent(_ segment: Summary.Segment, on day: Day) -> Bool {
        for isCompressed in [false, true] {
            let name = SegmentName(
                segment.name.content, segment.name.form, isCompressed: isCompressed)
            let path = path(day, name)
            // A file that cannot be read gives no calls, so the entry must speak for them.
            guard let status = try? FileStatus.of(path, links: .refuse), status.kind == .regular,
                isCompressed || status.size >= segment.offset &+ segment.bytes,
                let content = try? SegmentContent(path: path, ranges: [segment.range])
            else { continue }
            return content.hashes == [segment.sha256]
        }
        return false
    }
}

extension Summary.Segment {
    /// The bytes of the content that the entry speaks for.
    var range: Range<Int64> { offset..<max(offset, offset &+ bytes) }
}
