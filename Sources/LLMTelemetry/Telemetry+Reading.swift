public import TelemetryFormat
import TelemetryFiles

extension Telemetry {
    /// The records of the store from `since` to `until`, both included, oldest day first; read
    /// while the sequence is walked, file by file. Without bounds: all.
    ///
    /// Records are looked for in the directories of the days in question, lines that are no
    /// records are passed over, and what was logged twice comes twice.
    public func records(since: Timestamp? = nil, until: Timestamp? = nil) -> StoredRecords {
        StoredRecords(layout: layout, since: since, until: until)
    }

    /// The calls of today, UTC, added up; a call that was logged twice counts once.
    public func todayStats() -> DayStats {
        let today = now.day
        let end = Timestamp(milliseconds: today.adding(days: 1).start.milliseconds - 1)
        var stats = DayStats(day: today)
        var seen: [RecordIdentity: Int] = [:]
        var calls: [Call] = []
        for call in records(since: today.start, until: end) {
            guard let identity = RecordIdentity(call) else {
                stats.add(call)
                continue
            }
            if let index = seen[identity] {
                if call.outputTokens > calls[index].outputTokens { calls[index] = call }
            } else {
                seen[identity] = calls.count
                calls.append(call)
            }
        }
        for call in calls { stats.add(call) }
        return stats
    }
}

/// Calls of one day, added up.
public struct DayStats: Equatable, Sendable {
    /// The UTC day.
    public var day: Day
    /// All calls.
    public var calls = 0
    /// Calls that did not succeed.
    public var failed = 0
    /// Tokens of all calls.
    public var tokens = TokenCounts()
    /// The costs that the records state.
    public var recordedCost = Money.zero
    /// Calls whose record states no cost.
    public var callsWithoutCost = 0

    init(day: Day) {
        self.day = day
    }

    mutating func add(_ call: Call) {
        calls += 1
        failed += call.success == false ? 1 : 0
        if let tokens = call.tokens { self.tokens += tokens }
        if let cost = call.cost { recordedCost += cost } else { callsWithoutCost += 1 }
    }
}

/// The records of a store, one after the other.
public struct StoredRecords: Sequence, Sendable {
    private let layout: StoreLayout
    private let since: Timestamp?
    private let until: Timestamp?

    init(layout: StoreLayout, since: Timestamp?, until: Timestamp?) {
        self.layout = layout
        self.since = since
        self.until = until
    }

    /// Starts reading.
    public func makeIterator() -> Iterator {
        // A store that is not there, or cannot be listed, has no records to give.
        let days = (try? layout.days()) ?? []
        let first = since?.day ?? Day(number: .min)
        let last = until?.day ?? Day(number: .max)
        return Iterator(
            layout: layout, since: since, until: until,
            days: days.filter { $0 >= first && $0 <= last })
    }

    /// Walks the records, holding those of one file at a time.
    public struct Iterator: IteratorProtocol {
        private let layout: StoreLayout
        private let since: Timestamp?
        private let until: Timestamp?
        private var days: ArraySlice<Day>
        private var paths: ArraySlice<String> = []
        private var calls: ArraySlice<Call> = []

        fileprivate init(
            layout: StoreLayout, since: Timestamp?, until: Timestamp?, days: [Day]
        ) {
            self.layout = layout
            self.since = since
            self.until = until
            self.days = days[...]
        }

        /// The next record; nil at the end.
        public mutating func next() -> Call? {
            while true {
                if let call = calls.popFirst() { return call }
                if let path = paths.popFirst() {
                    calls = read(path)[...]
                } else if let day = days.popFirst() {
                    paths = files(of: day)[...]
                } else {
                    return nil
                }
            }
        }

        private func files(of day: Day) -> [String] {
            // A day that vanished or cannot be read has nothing to give.
            guard let contents = try? layout.contents(of: day) else { return [] }
            return contents.readableSegments.filter { $0.name.content == .telemetry }
                .map { layout.path(day, $0.name) }
        }

        private func read(_ path: String) -> [Call] {
            var calls: [Call] = []
            do throws(FileError) {
                _ = try SegmentReader(path: path).forEachLine { line, position in
                    // A line that is no record is reported by `verify`, not here.
                    guard !position.isTooLong, let call = try? Call(line: line) else { return }
                    guard let timestamp = call.timestamp else { return }
                    if let since, timestamp < since { return }
                    if let until, timestamp > until { return }
                    calls.append(call)
                }
            } catch {
                // Of a damaged archive nothing is to be trusted; of a plain file that cannot be
                // read on, what was read stands.
                if path.hasSuffix(".gz") { return [] }
            }
            return calls
        }
    }
}

/// What makes two records the same call.
private struct RecordIdentity: Hashable {
    var messageID: String
    var requestID: String?

    init?(_ call: Call) {
        guard let messageID = call.messageID else { return nil }
        self.messageID = messageID
        requestID = call.requestID
    }
}

extension Call {
    fileprivate var outputTokens: Int64 { tokens?.output ?? 0 }
}
