import TelemetryFormat

/// The groups of one breakdown while sums are being made.
struct GroupTable {
    /// What has the same key in the dimension.
    struct Group {
        let key: Int64
        var sum = PricedSum()
        var latency = LatencySamples()
        /// By the catalog's key; filled only when the question lists models.
        var models: [Int64: PricedSum] = [:]
    }

    let dimension: Dimension
    private(set) var groups: [Group] = []
    private var positions: [Int64: Int] = [:]
    private var latest: (key: Int64, position: Int)?

    init(_ dimension: Dimension) {
        self.dimension = dimension
    }

    /// The position of the group with this key, made when it is new. Neighbours in the cache mostly
    /// belong together, so the group asked for last is tried first.
    @inline(__always)
    private mutating func position(of key: Int64) -> Int {
        if let latest, latest.key == key { return latest.position }
        let position = positions[key] ?? groups.count
        if position == groups.count {
            positions[key] = position
            groups.append(Group(key: key))
        }
        latest = (key, position)
        return position
    }

    /// Adds to the sum of a group, and to that of the model within it when one is given.
    @inline(__always)
    mutating func add(_ summand: borrowing Summand, to key: Int64, model: Int64?) {
        let position = position(of: key)
        groups[position].sum.add(summand.usage, cost: summand.cost)
        if let model {
            groups[position].models[model, default: PricedSum()]
                .add(summand.usage, cost: summand.cost)
        }
    }

    /// Adds to the durations of a group.
    @inline(__always)
    mutating func addLatency(_ summand: borrowing Summand, to key: Int64) {
        let position = position(of: key)
        groups[position].latency.add(summand)
    }

    /// Adds the durations of a block of calls (`DetailBlock`) to those of their groups; `codes`
    /// tells of each call which of the keys its group has. They are sorted by group first: to go
    /// from group to group with every call takes twice as long.
    mutating func addLatencies(_ durations: [UInt32], _ codes: [UInt32], keys: [Int64]) {
        var ends = Array(repeating: 0, count: keys.count)
        for code in codes { ends[Int(code)] += 1 }
        var sorted = Array(repeating: 0 as UInt32, count: codes.count)
        var end = 0
        for code in ends.indices { (ends[code], end) = (end, end + ends[code]) }
        for (duration, code) in zip(durations, codes) {
            sorted[ends[Int(code)]] = duration
            ends[Int(code)] += 1
        }
        var start = 0
        for (code, key) in keys.enumerated() {
            let position = position(of: key)
            groups[position].latency.add(sorted.span.extracting(start..<ends[code]))
            start = ends[code]
        }
    }
}
