import TelemetryFormat

/// Adds calls up by UTC hour, facet, rate class and facet value, in memory, until they are merged
/// into the `rollup` table.
struct RollupAccumulator {
    /// The sums of one UTC hour.
    struct Hour {
        /// The rows of `call` that these sums were made from lie in this range of ids.
        var callIDs: ClosedRange<Int64>
        fileprivate var facets = Array(repeating: FacetCells(), count: Facet.allCases.count)

        /// The cells of one facet, in no particular order.
        func cells(_ facet: Facet) -> [RollupCell] { facets[facet.rawValue].cells }
    }

    fileprivate struct FacetCells {
        var index = HashIndex(capacity: 32)
        var cells: [RollupCell] = []

        /// Adds to a cell; answers how many cells that made.
        @inline(__always)
        mutating func add(_ usage: Usage, rateClass: Int64, value: Int64) -> Int {
            let hash = UInt64(bitPattern: rateClass << 32 ^ value) &* 0x9E37_79B9_7F4A_7C15
            let found = index.find(hash ^ hash >> 32) {
                cells[$0].rateClass == rateClass && cells[$0].value == value
            }
            if let found {
                cells[found].usage += usage
                return 0
            }
            index.insert(hash ^ hash >> 32, cells.count)
            cells.append(RollupCell(rateClass: rateClass, value: value, usage: usage))
            return 1
        }
    }

    private(set) var hours: [Int: Hour] = [:]
    private(set) var cellCount = 0

    var isEmpty: Bool { hours.isEmpty }

    /// Adds one kept call that is row `callID`.
    mutating func add(_ row: CallRow, callID: Int64) {
        let hour = row.timestamp.hour
        let usage = row.usage
        cellCount += hours[hour, default: Hour(callIDs: callID...callID)].add(usage, row, callID)
    }

    mutating func removeAll() {
        hours.removeAll(keepingCapacity: true)
        cellCount = 0
    }
}

extension RollupAccumulator.Hour {
    /// Adds a call; answers how many cells that made.
    fileprivate mutating func add(_ usage: Usage, _ row: CallRow, _ callID: Int64) -> Int {
        callIDs = min(callIDs.lowerBound, callID)...max(callIDs.upperBound, callID)
        var made = 0
        for facet in Facet.allCases {
            made += facets[facet.rawValue].add(
                usage, rateClass: row.rateClass, value: row.value(of: facet))
        }
        return made
    }
}

extension CallRow {
    /// The id of the call's value of a facet.
    func value(of facet: Facet) -> Int64 {
        switch facet {
        case .whole: 0
        case .project: project
        case .agent: agent
        case .operation: operation
        case .user: user
        }
    }
}
