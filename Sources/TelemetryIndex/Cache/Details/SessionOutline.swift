package import TelemetryFormat

/// What the calls of one session and source in one UTC hour look like from outside. Those that name
/// no session have 0 for it.
package struct SessionOutline: Equatable, Sendable {
    /// Row id in `text`; 0 = none.
    package var session: Int64
    /// Number of the source, as the cache has it.
    package var source: Int64
    package var calls: Int64 = 0
    package var first = Timestamp(milliseconds: .max)
    package var last = Timestamp(milliseconds: .min)

    /// Adds other calls of the same session and source.
    mutating func add(_ calls: Int64, first: Timestamp, last: Timestamp) {
        self.calls &+= calls
        self.first = min(self.first, first)
        self.last = max(self.last, last)
    }
}

/// The sessions of one UTC hour, each as often as it has sources.
struct SessionOutlines {
    private struct Key: Hashable {
        var session: Int64
        var source: Int64
    }

    private var outlines: [SessionOutline] = []
    private var positions: [Key: Int] = [:]
    private var latest: (key: Key, position: Int)?

    var isEmpty: Bool { outlines.isEmpty }

    mutating func add(_ outline: SessionOutline) {
        let position = position(of: Key(session: outline.session, source: outline.source))
        outlines[position].add(outline.calls, first: outline.first, last: outline.last)
    }

    /// Adds one call.
    @inline(__always)
    mutating func add(_ session: Int64, _ source: Int64, at instant: Timestamp) {
        let position = position(of: Key(session: session, source: source))
        outlines[position].add(1, first: instant, last: instant)
    }

    /// The position of an outline, made when it is new. Neighbours mostly belong together, so the
    /// one asked for last is tried first.
    @inline(__always)
    private mutating func position(of key: Key) -> Int {
        if let latest, latest.key == key { return latest.position }
        let position = positions[key] ?? outlines.count
        if position == outlines.count {
            positions[key] = position
            outlines.append(SessionOutline(session: key.session, source: key.source))
        }
        latest = (key, position)
        return position
    }

    /// The outlines as bytes, which do not depend on the order in which they came.
    func packed(hour: Int) -> [UInt8] {
        let start = Int64(hour) * Timestamp.millisecondsPerHour
        var bytes: [UInt8] = []
        var previous: Int64 = 0
        let inOrder = outlines.sorted { ($0.session, $0.source) < ($1.session, $1.source) }
        for outline in inOrder {
            let (first, last) = (outline.first.milliseconds, outline.last.milliseconds)
            for number in [
                outline.session - previous, outline.source, outline.calls, first - start,
                last - first,
            ] {
                NumberPacking.append(UInt32(clamping: number), to: &bytes)
            }
            previous = outline.session
        }
        return bytes
    }
}

extension SessionOutline {
    /// Walks the outlines of one hour as `session_hour` has them; stops at a damaged end.
    package static func forEach(
        in bytes: Span<UInt8>, hour: Int, _ body: (SessionOutline) -> Void
    ) {
        let start = Int64(hour) * Timestamp.millisecondsPerHour
        var index = 0
        var session: Int64 = 0
        while index < bytes.count {
            session += Int64(NumberPacking.number(bytes, &index))
            var outline = SessionOutline(
                session: session, source: Int64(NumberPacking.number(bytes, &index)))
            outline.calls = Int64(NumberPacking.number(bytes, &index))
            let first = start + Int64(NumberPacking.number(bytes, &index))
            let last = first + Int64(NumberPacking.number(bytes, &index))
            outline.first = Timestamp(milliseconds: first)
            outline.last = Timestamp(milliseconds: last)
            body(outline)
        }
    }
}
