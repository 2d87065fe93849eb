import TelemetryFiles
package import TelemetryFormat

/// What age and size ask to be removed: a pure function of what is in the store.
package struct RetentionPlan: Equatable, Sendable {
    /// Why something goes.
    package enum Reason: String, Sendable {
        /// The day is over the retention.
        case age
        /// The store is over its cap.
        case size
    }

    /// Files of one day that go together.
    package struct Removal: Equatable, Sendable {
        package var day: Day
        /// Files to remove, compressed twins by their own names.
        package var segments: [SegmentName]
        /// Their bytes.
        package var bytes: Int64
        package var reason: Reason

        package init(day: Day, segments: [SegmentName], bytes: Int64, reason: Reason) {
            self.day = day
            self.segments = segments
            self.bytes = bytes
            self.reason = reason
        }
    }

    /// What goes, oldest day first.
    package var removals: [Removal]

    /// Plans for the days given. Today keeps everything but its full segments; a day of an archive
    /// goes only when asked for and due, a restored one not at all.
    package init(
        days: [StoredDay], today: Day, settings: StoreSettings, includesArchived: Bool
    ) {
        let days = days.filter { !$0.isKept }.sorted { $0.day < $1.day }
        let due = days.filter { day in
            settings.retentionDays > 0 && (includesArchived || !day.isArchived)
                && day.day < today.adding(days: -settings.retentionDays)
        }
        let dueDays = Set(due.map(\.day))
        removals = due.filter(\.holdsAnythingToRemove).map { Removal($0, $0.segments, .age) }
        let rest = days.filter { !$0.isArchived && !dueDays.contains($0.day) }
        removals += Self.overCap(rest, today, settings.maximumBytes)
        removals.sort { $0.day < $1.day }
    }

    /// The oldest files whose removal brings the days under the cap, stored texts before records.
    private static func overCap(
        _ days: [StoredDay], _ today: Day, _ maximumBytes: Int64
    ) -> [Removal] {
        var excess = days.reduce(0) { $0 + $1.bytes } - maximumBytes
        guard maximumBytes > 0, excess > 0 else { return [] }
        var going: [Day: [StoredDay.Segment]] = [:]
        for isText in [true, false] {
            for day in days {
                for segment in day.segments where segment.name.content.isText == isText {
                    guard excess > 0 else { break }
                    guard day.day < today || segment.name.number != nil else { continue }
                    going[day.day, default: []].append(segment)
                    excess -= segment.status.size
                }
            }
        }
        return days.compactMap { day in
            going[day.day].map { Removal(day, $0, .size) }
        }
    }

    /// The latest day that may pass for today when nobody asked for a removal: one after the newest
    /// day before today that the store has. A clock that jumped ahead then deletes nothing.
    package static func credibleToday(_ today: Day, days: [Day]) -> Day {
        guard let newest = days.filter({ $0 < today }).max() else { return today }
        return min(today, newest.adding(days: 1))
    }
}

extension StoredDay {
    /// Whether there are segments, or a directory without anything of somebody else's.
    fileprivate var holdsAnythingToRemove: Bool {
        !segments.isEmpty || strangers.allSatisfy(StoreLayout.isLeftover)
    }
}

extension RetentionPlan.Removal {
    fileprivate init(
        _ day: StoredDay, _ segments: [StoredDay.Segment], _ reason: RetentionPlan.Reason
    ) {
        self.init(
            day: day.day, segments: segments.map(\.name).sorted(),
            bytes: segments.reduce(0) { $0 + $1.status.size }, reason: reason)
    }
}
