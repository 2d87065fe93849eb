import TelemetryFormat

/// What can stand as a row among others.
protocol SortableRow {
    /// The row's name; nil = it has none.
    var key: String? { get }
    var usage: PricedUsage { get }
}

extension BreakdownRow: SortableRow {}

/// In which order rows stand. What is unknown comes last in either direction; rows that are equal
/// otherwise stand by name, and rows of one name as they came.
struct RowOrder {
    let key: SortKey
    let order: SortOrder

    /// The order that a request asks for, else the question's own.
    init(_ request: QueryRequest, byDefault key: SortKey) {
        self.key = request.sort ?? key
        order = request.order ?? (self.key == .name ? .ascending : .descending)
    }

    /// The rows in this order.
    func sorted<Row: SortableRow>(_ rows: [Row]) -> [Row] {
        rows.enumerated()
            .map { (row: $0.element, measure: measure($0.element.usage), position: $0.offset) }
            .sorted { left, right in
                if left.measure != right.measure { return precedes(left.measure, right.measure) }
                if left.row.key == right.row.key { return left.position < right.position }
                let isDescending = key == .name && order == .descending
                return Self.isByName(left.row.key, right.row.key, isDescending)
            }
            .map(\.row)
    }

    /// Those of the rows that may be among the first so many, whatever their names are: of many
    /// rows, only these need one.
    func contenders<Row>(
        _ rows: [Row], forFirst count: Int, usage: (Row) -> PricedUsage
    ) -> [Row] {
        guard count < rows.count else { return rows }
        let measures = rows.map { measure(usage($0)) }
        let last = measures.sorted(by: precedes)[count - 1]
        return zip(rows, measures).filter { !precedes(last, $0.1) }.map(\.0)
    }

    /// Whether what measures `left` comes before what measures `right`.
    private func precedes(_ left: Int128?, _ right: Int128?) -> Bool {
        guard let left, let right else { return left != nil && right == nil }
        return order == .ascending ? left < right : left > right
    }

    private static func isByName(_ left: String?, _ right: String?, _ isDescending: Bool) -> Bool {
        guard let left, let right else { return left != nil && right == nil }
        return isDescending ? right.precedes(left) : left.precedes(right)
    }

    /// What rows are compared by before their names; nil = unknown.
    private func measure(_ priced: PricedUsage) -> Int128? {
        let usage = priced.usage
        return switch key {
        case .name: 0
        case .calls: Int128(usage.calls)
        case .failed: Int128(usage.failed)
        case .tokens: Int128(usage.tokens.total)
        case .input: Int128(usage.tokens.input)
        case .output: Int128(usage.tokens.output)
        case .cost: priced.cost?.units
        case .latency: usage.meanDurationMicroseconds
        case .firstSeen: usage.first.map { Int128($0.milliseconds) }
        case .lastSeen: usage.last.map { Int128($0.milliseconds) }
        }
    }
}

extension String {
    /// Whether this name comes first: byte by byte, since two spellings of one text are two names.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension Usage {
    fileprivate var meanDurationMicroseconds: Int128? {
        timedCalls > 0 ? Int128(durationMilliseconds) * 1000 / Int128(timedCalls) : nil
    }
}
