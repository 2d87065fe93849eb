import TelemetryFormat
import TelemetrySQLite

/// From what each hour of a period is answered: from its sums where they tell all that is asked,
/// else from its calls.
struct ReadingPlan {
    /// What is read of an hour.
    enum Reading {
        case nothing
        case sums
        /// Sums, but calls of those rate classes whose price is by the call.
        case sumsAndCalls
        case calls
    }

    /// The instants of the period.
    let bounds: Range<Int64>
    /// Ids of rows among which the hour's calls lie.
    private let calls: [ClosedRange<Int64>]
    private let firstHour: Int
    private var readings: [Reading]
    private let hours: [Int]
    /// The rate classes with calls that are read one by one beside sums.
    private(set) var classesByCall: Set<Int> = []
    /// Whether the sessions of hours that sums alone answer are known from `session_hour`.
    var readsSessionHours = false

    /// Plans the hours that have calls. `usesSums` is whether sums may be used at all.
    init(
        _ bounds: Range<Int64>, usesSums: Bool, grain: DisplayClock.Grain, _ clock: DisplayClock,
        _ connection: borrowing Connection
    ) throws(SQLiteError) {
        self.bounds = bounds
        var select = try connection.prepare(
            """
            SELECT hour, first_call, last_call FROM hour WHERE hour BETWEEN ? AND ?
            ORDER BY hour
            """)
        select.bind(1, bounds.lowerBound / Int64.hour)
        select.bind(2, (bounds.upperBound - 1).dividedDown(by: Int64.hour))
        var hours: [Int] = []
        var calls: [ClosedRange<Int64>] = []
        while try select.step() {
            let first = select.int64(1)
            hours.append(Int(select.int64(0)))
            calls.append(first...max(first, select.int64(2)))
        }
        let firstHour = hours.first ?? 0
        let count = hours.last.map { $0 - firstHour + 1 } ?? 0
        var readings = Array(repeating: Reading.nothing, count: count)
        for hour in hours {
            let start = Int64(hour) * Int64.hour
            let isWhole = bounds.lowerBound <= start && start + Int64.hour <= bounds.upperBound
            let isEnough = usesSums && isWhole && clock.keepsTogether(hour: hour, grain)
            readings[hour - firstHour] = isEnough ? .sums : .calls
        }
        self.firstHour = firstHour
        self.readings = readings
        self.hours = hours
        self.calls = calls
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

    /// The first and last hour of which sums are read.
    var summedHours: ClosedRange<Int>? {
        let summed = hours.filter { reading(of: $0) != .calls }
        guard let first = summed.first, let last = summed.last else { return nil }
        return first...last
    }

    /// The ranges of row ids among which the calls of the hours with such a reading are, joined
    /// where they touch.
    func callRanges(where isWanted: (Reading) -> Bool) -> [ClosedRange<Int64>] {
        let wanted = zip(hours, calls).filter { isWanted(reading(of: $0.0)) }.map(\.1)
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
