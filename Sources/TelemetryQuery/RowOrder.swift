import TelemetryFormat

/// In which order the rows of a breakdown stand. What is unknown comes last in either direction;
/// rows that are equal otherwise stand by name.
struct RowOrder {
    let key: SortKey
    let order: SortOrder

    /// The order that a request asks for, else the question's own.
    init(_ request: QueryRequest, byDefault key: SortKey) {
        self.key = request.sort ?? key
        order = request.order ?? (self.key == .name ? .ascending : .descending)
    }

    /// The rows in this order.
    func sorted(_ rows: [BreakdownRow]) -> [BreakdownRow] {
        rows.map { (row: $0, measure: measure($0)) }
            .sorted { left, right in
                if left.measure != right.measure {
                    guard let first = left.measure, let second = right.measure else {
                        return left.measure != nil
                    }
                    return order == .ascending ? first < second : first > second
                }
                let isDescending = key == .name && order == .descending
                return Self.isByName(left.row.key, right.row.key, isDescending)
            }
            .map(\.row)
    }

    private static func isByName(_ left: String?, _ right: String?, _ isDescending: Bool) -> Bool {
        guard let left, let right else { return left != nil && right == nil }
        return isDescending ? right.precedes(left) : left.precedes(right)
    }

    /// What rows are compared by before their names; nil = unknown.
    private func measure(_ row: BreakdownRow) -> Int128? {
        let usage = row.usage.usage
        return switch key {
        case .name: 0
        case .calls: Int128(usage.calls)
        case .failed: Int128(usage.failed)
        case .tokens: Int128(usage.tokens.total)
        case .input: Int128(usage.tokens.input)
        case .output: Int128(usage.tokens.output)
        case .cost: row.usage.cost?.units
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
