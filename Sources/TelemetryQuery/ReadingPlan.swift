import TelemetryFormat
import TelemetrySQLite

/// From what each hour of a period is answered: from its sums where they tell all that is asked,
/// else from its calls.
struct ReadingPlan {
    /// What is read of an hour.
    enum Reading {
        case sums
        /// Sums, but calls of those rate classes whose price is by the call.
        case sumsAndCalls
        case calls
        /// The hour is none of the period's, or before the first or after the last call.
        case nothing
    }

    /// The instants of the period.
    let bounds: Range<Int64>
    private let firstHour: Int
    private var readings: [Reading]
    /// The rate classes with calls that are read one by one beside sums.
    private(set) var classesByCall: Set<Int> = []

    /// Plans the hours from the first that has calls to the last. `usesSums` is whether sums may be
    /// used at all.
    init(
        _ bounds: Range<Int64>, usesSums: Bool, grain: DisplayClock.Grain, _ clock: DisplayClock,
        _ connection: borrowing Connection
    ) throws(SQLiteError) {
        self.bounds = bounds
        let hours = try Self.hours(bounds, connection)
        firstHour = hours?.lowerBound ?? 0
        readings = (hours.map { Array($0) } ?? []).map { hour in
            let start = Int64(hour) * Int64.hour
            let isWhole = bounds.lowerBound <= start && start + Int64.hour <= bounds.upperBound
            let isEnough = usesSums && isWhole && clock.keepsTogether(hour: hour, grain)
            return isEnough ? .sums : .calls
        }
    }

    /// The first and last hour within the bounds that have calls.
    private static func hours(
        _ bounds: Range<Int64>, _ connection: borrowing Connection
    ) throws(SQLiteError) -> ClosedRange<Int>? {
        var select = try connection.prepare(
            """
            SELECT (SELECT min(hour) FROM hour WHERE hour >= ?1),
                (SELECT max(hour) FROM hour WHERE hour <= ?2)
            """)
        select.bind(1, bounds.lowerBound / Int64.hour)
        select.bind(2, (bounds.upperBound - 1).dividedDown(by: Int64.hour))
        _ = try select.step()
        guard let first = select.optionalInt64(0), let last = select.optionalInt64(1) else {
            return nil
        }
        return first <= last ? Int(first)...Int(last) : nil
    }

    /// What is read of an hour.
    @inline(__always)
    func reading(of hour: Int) -> Reading {
        let position = hour &- firstHour
        return position >= 0 && position < readings.count ? readings[position] : .nothing
    }

    /// Has the calls of a rate class, by its position in the catalog, read one by one in an hour
    /// that sums answer otherwise.
    mutating func addCalls(of rateClass: Int, hour: Int) {
        classesByCall.insert(rateClass)
        if reading(of: hour) == .sums { readings[hour - firstHour] = .sumsAndCalls }
    }

    // MARK: Rows to read

    /// The rows of sums to read for a breakdown of this grain: of whole days where their hours need
    /// not be told apart, else of hours.
    func sumRuns(_ grain: DisplayClock.Grain, _ clock: DisplayClock) -> [SumRun] {
        var runs: [SumRun] = []
        var hour = firstHour
        let end = firstHour + readings.count
        while hour < end {
            let day = hour / 24
            if isSummed(day: day), clock.keepsTogether(day: day, grain) {
                runs.append(day: day)
                hour = day * 24 + 24
            } else {
                if reading(of: hour) != .calls { runs.append(hour: hour) }
                hour += 1
            }
        }
        return runs
    }

    /// Whether a UTC day is one of the period's and all of its calls are answered by sums.
    private func isSummed(day: Int) -> Bool {
        let start = Int64(day) * 24 * Int64.hour
        return bounds.lowerBound <= start && start + 24 * Int64.hour <= bounds.upperBound
            && (day * 24..<day * 24 + 24).allSatisfy { reading(of: $0) != .calls }
    }

    /// The ranges of row ids among which the calls of the hours with such a reading are, joined
    /// where they touch.
    func callRanges(
        _ connection: borrowing Connection, where isWanted: (Reading) -> Bool
    ) throws(SQLiteError) -> [ClosedRange<Int64>] {
        guard let first = readings.firstIndex(where: isWanted),
            let last = readings.lastIndex(where: isWanted)
        else { return [] }
        var select = try connection.prepare(
            "SELECT hour, first_call, last_call FROM hour WHERE hour BETWEEN ? AND ?")
        select.bind(1, firstHour + first)
        select.bind(2, firstHour + last)
        var wanted: [ClosedRange<Int64>] = []
        while try select.step() {
            guard isWanted(reading(of: Int(select.int64(0)))) else { continue }
            let first = select.int64(1)
            wanted.append(first...max(first, select.int64(2)))
        }
        return wanted.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
            if let last = joined.last, range.lowerBound <= last.upperBound &+ 1 {
                let end = max(last.upperBound, range.upperBound)
                joined[joined.count - 1] = last.lowerBound...end
            } else {
                joined.append(range)
            }
        }
    }
}

/// Neighbouring rows of sums, by hours or by days since 1970 in UTC.
enum SumRun: Equatable {
    case hours(ClosedRange<Int>)
    case days(ClosedRange<Int>)
}

extension [SumRun] {
    fileprivate mutating func append(hour: Int) {
        if case .hours(let hours) = last, hours.upperBound + 1 == hour {
            self[count - 1] = .hours(hours.lowerBound...hour)
        } else {
            append(.hours(hour...hour))
        }
    }

    fileprivate mutating func append(day: Int) {
        if case .days(let days) = last, days.upperBound + 1 == day {
            self[count - 1] = .days(days.lowerBound...day)
        } else {
            append(.days(day...day))
        }
    }
}
