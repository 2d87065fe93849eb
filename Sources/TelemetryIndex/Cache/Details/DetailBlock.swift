package import TelemetrySQLite

/// The kept calls of an hour, column by column, as `detail` has them. One block is read into again
/// and again, so that its memory is made once.
package struct DetailBlock {
    /// Selects the columns of hours that `bind` names.
    package static let selection = """
        SELECT id >> 3, id & 7, numbers FROM detail WHERE id BETWEEN ? AND ? ORDER BY id
        """

    /// How many calls there are.
    package private(set) var count = 0
    /// By column of ids: those that occur.
    private var values: [[UInt32]]
    /// By column of ids: for each call, the place of its id among those.
    private var codes: [[UInt32]]
    /// For each call, one more than the milliseconds it took; 0 when it does not say.
    package private(set) var durations: [UInt32] = []

    /// More calls than an hour can have: a column that claims them is damaged.
    private static let maximumCount: UInt32 = 1 << 26

    package init() {
        values = Array(repeating: [], count: DetailColumn.ids.count)
        codes = values
    }

    // MARK: Reading

    /// Says of which UTC hours a statement made of `selection` gives the columns.
    package static func bind(_ hours: ClosedRange<Int>, to select: borrowing Statement) {
        select.bind(1, DetailColumn.rateClass.rowID(hour: hours.lowerBound))
        select.bind(2, DetailColumn.duration.rowID(hour: hours.upperBound))
    }

    /// Reads the calls of the next hour that has any, of them only what is wanted; answers which
    /// hour that is, nil when there is none. Where rows are damaged there are no calls.
    package mutating func readNext(
        _ wanted: Set<DetailColumn>, _ select: inout Statement
    ) throws(SQLiteError) -> Int? {
        removeAll()
        var isWhole = true
        while try select.step() {
            guard let column = DetailColumn(rawValue: Int(select.int64(1))) else { continue }
            if wanted.contains(column) {
                let isRead = select.withBlob(2) { read(column, $0) }
                isWhole = isWhole && isRead
            }
            // The last of an hour's rows.
            if column == .duration {
                if !isWhole { removeAll() }
                return Int(select.int64(0))
            }
        }
        removeAll()
        return nil
    }

    /// Reads one column; answers whether it is that of the same calls as the others.
    mutating func read(_ column: DetailColumn, _ bytes: Span<UInt8>) -> Bool {
        var index = 0
        let stated = NumberPacking.number(bytes, &index)
        guard stated <= Self.maximumCount, count == 0 || count == Int(stated) else { return false }
        count = Int(stated)
        guard column != .duration else {
            durations.resize(to: count)
            NumberPacking.read(&durations, from: bytes.extracting(index..<bytes.count))
            return true
        }
        let place = column.rawValue
        let known = NumberPacking.number(bytes, &index)
        for _ in 0..<min(Int(known), bytes.count) {
            values[place].append(NumberPacking.number(bytes, &index))
        }
        codes[place].resize(to: count)
        NumberPacking.read(&codes[place], from: bytes.extracting(index..<bytes.count))
        return codes[place].allSatisfy { $0 < known }
    }

    private mutating func removeAll() {
        count = 0
        durations.removeAll(keepingCapacity: true)
        for place in codes.indices {
            values[place].removeAll(keepingCapacity: true)
            codes[place].removeAll(keepingCapacity: true)
        }
    }

    // MARK: Calls

    /// The ids that occur in a column that was read, each once.
    package func ids(_ column: DetailColumn) -> [UInt32] { values[column.rawValue] }

    /// The ids of a column that was read that are those of calls.
    package func idsInUse(_ column: DetailColumn) -> [UInt32] {
        var isInUse = Array(repeating: false, count: values[column.rawValue].count)
        for code in codes[column.rawValue] { isInUse[Int(code)] = true }
        return zip(values[column.rawValue], isInUse).filter(\.1).map(\.0)
    }

    /// For each call, the place of its id in `ids`.
    package func codes(_ column: DetailColumn) -> [UInt32] { codes[column.rawValue] }

    /// The id of a call in a column that was read.
    func id(_ column: DetailColumn, _ position: Int) -> UInt32 {
        values[column.rawValue][Int(codes[column.rawValue][position])]
    }

    /// Leaves only the calls whose id in a column is one of those, by its place, that are wanted.
    package mutating func keep(_ column: DetailColumn, where isWanted: [Bool]) {
        let chosen = codes[column.rawValue].map { isWanted[Int($0)] }
        for place in codes.indices where !codes[place].isEmpty { codes[place].keep(chosen) }
        if !durations.isEmpty { durations.keep(chosen) }
        count = chosen.count { $0 }
    }
}

extension [UInt32] {
    /// Makes room for so many numbers, whatever they are.
    fileprivate mutating func resize(to count: Int) {
        if self.count > count {
            removeLast(self.count - count)
        } else {
            append(contentsOf: repeatElement(0, count: count - self.count))
        }
    }

    /// Leaves the elements of which the other array says so.
    fileprivate mutating func keep(_ isKept: [Bool]) {
        var end = 0
        for index in indices where isKept[index] {
            self[end] = self[index]
            end += 1
        }
        removeLast(count - end)
    }
}
