/// When a time zone has which offset from UTC: the contents of one zoneinfo file.
///
/// Foundation on Linux knows no zone but GMT without the whole of ICU, and asking libc needs the
/// process's environment; so the system's files are read here, exact for every instant and alike on
/// every system.
package struct ZoneRules: Equatable, Sendable {
    /// The instants at which the offset changes, in seconds since 1970, ascending.
    private let changes: [Int64]
    /// Seconds east of UTC: before the first change, then after each.
    private let offsets: [Int]

    /// Coordinated universal time.
    package static let utc = ZoneRules(initialOffset: 0, changes: [])

    /// Rules from changes in ascending order; of several at one instant the last counts, and those
    /// that change nothing are left out.
    init(initialOffset: Int, changes list: [(instant: Int64, offset: Int)]) {
        var changes: [Int64] = []
        var offsets = [initialOffset]
        for change in list {
            if change.instant == changes.last {
                changes.removeLast()
                offsets.removeLast()
            }
            if change.offset == offsets.last { continue }
            changes.append(change.instant)
            offsets.append(change.offset)
        }
        self.changes = changes
        self.offsets = offsets
    }

    /// How far clocks were ahead of UTC, in seconds.
    package func offsetSeconds(at instant: Timestamp) -> Int {
        offsetSeconds(at: instant.secondsRoundedDown)
    }

    func offsetSeconds(at seconds: Int64) -> Int {
        offsets[countOfChanges(notAfter: seconds)]
    }

    /// The next instant, in seconds, at which the offset changes; nil when it never does.
    func nextChange(after seconds: Int64) -> Int64? {
        let index = countOfChanges(notAfter: seconds)
        return index < changes.count ? changes[index] : nil
    }

    private func countOfChanges(notAfter seconds: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Timestamp {
    /// Whole seconds since 1970, rounded towards the past.
    var secondsRoundedDown: Int64 {
        milliseconds / 1_000 - (milliseconds % 1_000 < 0 ? 1 : 0)
    }
}
