package import TelemetryFiles
package import TelemetryFormat

/// The summary entry for segments that are about to be taken out of the store.
///
/// What an earlier entry speaks for already is not counted again: a segment that came back by hand
/// and goes a second time, or a removal that was cut short.
package struct RemovalEntry: Sendable {
    /// The entry to add; without segments when there is nothing new to say.
    package private(set) var entry: RemovalSummary.Entry
    /// What the summary said of this day when the segments were read.
    private let known: [RemovalSummary.Segment]

    /// Reads the records among the files named, which must be in the day's directory.
    package init(
        layout: StoreLayout, day: Day, names: [SegmentName]
    ) throws(FileError) {
        known = SummaryFile(layout: layout).segments(removedFrom: day)
        entry = RemovalSummary.Entry(day: day, segments: [], groups: [])
        var fold = RemovalFold()
        let plain = Set(names.lazy.filter { !$0.isCompressed })
        for name in names where name.content == .telemetry {
            // Of a segment that is there twice the plain file is the one that is read.
            if name.isCompressed, plain.contains(name.plain) { continue }
            try add(name, path: layout.path(day, name), &fold)
        }
        entry.groups = fold.groups()
    }

    /// Whether the summary still says of this day what it said then.
    package func isCurrent(in summary: RemovalSummary) -> Bool {
        summary.segments(removedFrom: entry.day) == known
    }

    private mutating func add(
        _ name: SegmentName, path: String, _ fold: inout RemovalFold
    ) throws(FileError) {
        let namesakes = known.filter { $0.name == name.plain.text }
        let content = try SegmentContent(
            path: path, prefixes: [.max] + namesakes.map { max($0.bytes, 0) })
        let covered =
            zip(namesakes, content.hashes.dropFirst())
            .filter { $0.bytes <= content.length && $0.sha256 == $1 }
            .map(\.0.bytes).max() ?? 0
        guard content.length > covered else { return }
        let segment = "\(entry.day)/\(name.plain.text)"
        _ = try SegmentReader(path: path).forEachLine { line, position in
            guard position.offset >= covered, !position.isTooLong else { return }
            fold.add(line, segment: segment, offset: position.offset)
        }
        entry.segments.append(
            RemovalSummary.Segment(
                name: name.plain.text, bytes: content.length, sha256: content.hashes[0]))
    }
}
