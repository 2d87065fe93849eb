import TelemetryFiles
import TelemetryFormat

/// The summary entry for segments that are about to go.
///
/// What an earlier entry speaks for already is not folded again: a segment that came back by hand
/// and goes a second time, or a removal that was cut short.
struct RemovalFold {
    private(set) var entry: Summary.Entry
    /// What the summary said of this day when it was folded.
    private let known: [Summary.Segment]
    private let day: Day

    /// Folds the records among the victims.
    init(
        layout: StoreLayout, day: Day, victims: [StoredDay.Segment]
    ) throws(FileError) {
        self.day = day
        if case .summary(let summary) = SummaryFile(layout: layout).read() {
            known = Self.segments(of: day, in: summary)
        } else {
            known = []
        }
        entry = Summary.Entry(day: day, segments: [], rows: [])
        var fold = CallFold()
        let plain = Set(victims.lazy.filter { !$0.name.isCompressed }.map(\.name))
        for victim in victims where victim.name.content == .telemetry {
            // Of a segment that is there twice the plain file is the one that is read.
            if victim.name.isCompressed, plain.contains(victim.name.plain) { continue }
            try add(victim.name, layout, &fold)
        }
        entry.rows = fold.rows()
    }

    /// Whether the summary still says of this day what it said then.
    func isCurrent(in summary: Summary) -> Bool {
        Self.segments(of: day, in: summary) == known
    }

    private mutating func add(
        _ name: SegmentName, _ layout: StoreLayout, _ fold: inout CallFold
    ) throws(FileError) {
        let path = layout.path(day, name)
        let start = try coveredBytes(name, path)
        let content = try SegmentContent(path: path, ranges: [start..<Int64.max])
        guard content.length > start else { return }
        let logicalPath = "\(day)/\(name.plain.text)"
        _ = try SegmentReader(path: path).forEachLine { line, position in
            guard position.offset >= start, !position.isTooLong else { return }
            fold.add(line, path: logicalPath, offset: position.offset)
        }
        entry.segments.append(
            Summary.Segment(
                name: name.plain, offset: start, bytes: content.length - start,
                sha256: content.hashes[0]))
    }

    /// How much of the segment's beginning earlier entries speak for.
    private func coveredBytes(_ name: SegmentName, _ path: String) throws(FileError) -> Int64 {
        let namesakes = known.filter { $0.name == name.plain && $0.bytes > 0 }
        guard !namesakes.isEmpty else { return 0 }
        let content = try SegmentContent(path: path, ranges: namesakes.map(\.range))
        let matching = zip(namesakes, content.hashes).filter { segment, hash in
            segment.sha256 == hash && segment.range.upperBound <= content.length
        }
        var covered: Int64 = 0
        while let next = matching.first(where: { $0.0.offset == covered }) {
            covered = next.0.range.upperBound
        }
        return covered
    }

    private static func segments(of day: Day, in summary: Summary) -> [Summary.Segment] {
        summary.entries.filter { $0.day == day }.flatMap(\.segments)
    }
}
