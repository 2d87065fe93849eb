/// How many calls took how long, to the millisecond: for calls so many that their durations repeat.
///
/// Counts stand in pages of 64 neighbouring durations, made when they are needed: most durations of
/// a group lie close together, and a few far away.
struct DurationCounts {
    private static let pageBits = 6
    private static let pageMask = 1 << pageBits - 1
    /// Durations below this, over four hours, are counted; longer ones are kept one by one.
    private static let limit = 1 << 24

    /// By number of the page: where its counts begin; -1 = nowhere yet.
    private var pages: [Int32] = []
    private var counts: [Int] = []
    private var long: [Int64] = []
    private(set) var total = 0

    /// Counts calls that took so many milliseconds.
    @inline(__always)
    mutating func add(_ duration: Int64, calls: Int = 1) {
        total &+= calls
        guard duration >= 0, duration < Self.limit else {
            return long.append(contentsOf: repeatElement(duration, count: calls))
        }
        let page = Int(duration) >> Self.pageBits
        if page >= pages.count || pages[page] < 0 { makePage(page) }
        counts[Int(pages[page]) | Int(duration) & Self.pageMask] &+= calls
    }

    /// Counts the calls of a block: 0 for a duration that is not stated, else one more than it is.
    /// This runs for every call of a period, once for each breakdown.
    mutating func add(_ block: Span<UInt32>) {
        for index in block.indices where block[index] > 0 {
            let duration = Int(block[index] &- 1)
            let page = duration >> Self.pageBits
            total &+= 1
            if duration >= Self.limit {
                long.append(Int64(duration))
            } else if page >= pages.count || pages[page] < 0 {
                makePage(page)
            }
        }
        let pages = pages
        var counts = counts.mutableSpan
        for index in block.indices where block[index] > 0 && block[index] <= Self.limit {
            let duration = Int(block[index] &- 1)
            counts[Int(pages[duration >> Self.pageBits]) | duration & Self.pageMask] &+= 1
        }
    }

    private mutating func makePage(_ page: Int) {
        if page >= pages.count {
            pages.append(contentsOf: repeatElement(-1, count: page + 1 - pages.count))
        }
        pages[page] = Int32(counts.count)
        counts.append(contentsOf: repeatElement(0, count: 1 << Self.pageBits))
    }

    /// Adds other counts.
    static func += (left: inout DurationCounts, right: DurationCounts) {
        right.forEach { left.add($0, calls: $1) }
    }

    /// For each of the percentages, which ascend: the shortest duration that so many of the calls
    /// do not exceed. Nothing without calls.
    func nearestRanks(_ percentages: [Int]) -> [Int64] {
        var found: [Int64] = []
        var seen = 0
        forEach { duration, calls in
            seen += calls
            while found.count < percentages.count, seen >= rank(percentages[found.count]) {
                found.append(duration)
            }
        }
        return found
    }

    private func rank(_ percentage: Int) -> Int { max((total * percentage + 99) / 100, 1) }

    /// Walks the durations in ascending order, each with its calls.
    func forEach(_ body: (Int64, Int) -> Void) {
        for (number, start) in pages.enumerated() where start >= 0 {
            let first = Int64(number << Self.pageBits)
            for offset in 0...Self.pageMask where counts[Int(start) + offset] > 0 {
                body(first + Int64(offset), counts[Int(start) + offset])
            }
        }
        for duration in long.sorted() { body(duration, 1) }
    }
}
