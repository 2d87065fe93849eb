import TelemetryFormat
import TelemetryIndex

/// What a question wants to know about the calls it selects, beside their total.
struct Inquiry {
    var dimensions: [Dimension] = []
    /// Percentiles of how long calls took, in total and for each group.
    var wantsLatency = false
    /// How many sessions there are.
    var wantsSessions = false
    /// Calls by weekday and hour of the day.
    var wantsHoursOfWeek = false
    /// The models of each bucket of time.
    var listsModels = false
    /// What there is to say of each session.
    var listsSessions = false
    /// How many calls each session has, and from when to when; nothing else of it.
    var outlinesSessions = false
    /// The only sessions to look at, by the ids of their texts; nil = all.
    var sessions: Set<Int64>?

    /// How finely time has to be told apart.
    var grain: DisplayClock.Grain {
        wantsHoursOfWeek ? .hour : dimensions.map(\.grain).max() ?? .none
    }

    /// Whether something is asked that only the calls themselves tell.
    var wantsDetails: Bool { wantsLatency || wantsSessions || outlinesSessions }

    /// Whether there are sums in the cache for all that is asked, details aside, when calls are
    /// chosen by `facet`.
    func isAnsweredBySums(filteredBy facet: Facet) -> Bool {
        !listsSessions
            && dimensions.allSatisfy { dimension in
                dimension != .session
                    && (dimension.facet == nil || facet == .whole || dimension.facet == facet)
            }
    }

    /// Whether the totals of removed days, which know neither sessions nor hours, can take part.
    var isAnsweredByDays: Bool {
        !wantsHoursOfWeek && !dimensions.contains(.session) && !dimensions.contains(.hour)
    }
}

extension Dimension {
    /// The facet by which sums of this dimension are kept; nil when it needs none or has none.
    var facet: Facet? {
        switch self {
        case .project: .project
        case .agent: .agent
        case .operation: .operation
        case .user: .user
        default: nil
        }
    }
}

/// The sums of an answer. Calls and sums of calls are fed alike, so it does not matter which of
/// them an answer is made from.
struct Tally {
    let inquiry: Inquiry
    let catalog: RateClassCatalog
    /// By position in the catalog.
    private(set) var classes: [PricedSum]
    /// One for each dimension asked for, in that order.
    private(set) var tables: [GroupTable]
    private(set) var latency = LatencySamples()
    private(set) var sessions: Set<Int64> = []
    private(set) var sessionTable = SessionTable()
    /// Calls by `DisplayClock.hourOfWeek`.
    private(set) var hoursOfWeek = Array(repeating: Int64(0), count: 7 * 24)
    private let clock: DisplayClock
    private let allTables: [Int]

    init(_ inquiry: Inquiry, _ catalog: RateClassCatalog, _ clock: DisplayClock) {
        self.inquiry = inquiry
        self.catalog = catalog
        self.clock = clock
        classes = Array(repeating: PricedSum(), count: catalog.entries.count)
        tables = inquiry.dimensions.map { GroupTable($0) }
        allTables = Array(tables.indices)
    }

    // MARK: Adding

    /// Adds a call, or a sum that knows all its names.
    mutating func add(_ summand: borrowing Summand) {
        addSum(summand, isTotal: true, toTables: allTables)
        if inquiry.wantsDetails { addDetails(summand) }
        if inquiry.listsSessions { addToSession(summand) }
    }

    private mutating func addToSession(_ summand: borrowing Summand) {
        let source = catalog.entries[summand.rateClass].source
        let model = catalog.entries[summand.rateClass].modelKey
        sessionTable.add(summand, source: source, model: model)
    }

    /// Adds a sum by one facet: to the totals if that is the facet by which calls are selected, and
    /// to the breakdowns that `tables(fedBy:selectedBy:)` named for it.
    @inline(__always)
    mutating func addSum(
        _ summand: borrowing Summand, isTotal: Bool, toTables positions: [Int]
    ) {
        if isTotal {
            classes[summand.rateClass].add(summand.usage, cost: summand.cost)
            if inquiry.wantsHoursOfWeek {
                hoursOfWeek[DisplayClock.hourOfWeek(summand.localHour)] &+= summand.usage.calls
            }
        }
        for position in positions {
            let key = key(of: summand, by: tables[position].dimension)
            let model = inquiry.listsModels ? catalog.entries[summand.rateClass].modelKey : nil
            tables[position].add(summand, to: key, model: model)
        }
    }

    /// The breakdowns that are made from the sums of a facet: those by the facet itself and, if
    /// calls are selected by it, those that need none.
    func tables(fedBy facet: Facet, selectedBy selected: Facet) -> [Int] {
        allTables.filter { (tables[$0].dimension.facet ?? selected) == facet }
    }

    /// How finely time has to be told apart by sums that go into these breakdowns and, if so, into
    /// the total.
    func grain(ofTables positions: [Int], isTotal: Bool) -> DisplayClock.Grain {
        if isTotal, inquiry.wantsHoursOfWeek { return .hour }
        return positions.map { tables[$0].dimension.grain }.max() ?? .none
    }

    /// Adds what sums do not tell: the session and the duration of a call.
    mutating func addDetails(_ summand: borrowing Summand) {
        if inquiry.wantsSessions, summand.names.session != 0 {
            sessions.insert(summand.names.session)
        }
        if inquiry.outlinesSessions {
            sessionTable.outline(summand, source: catalog.entries[summand.rateClass].source)
        }
        guard inquiry.wantsLatency else { return }
        latency.add(summand)
        for position in allTables {
            let key = key(of: summand, by: tables[position].dimension)
            tables[position].addLatency(summand, to: key)
        }
    }

    @inline(__always)
    private func key(of summand: borrowing Summand, by dimension: Dimension) -> Int64 {
        switch dimension {
        case .model: catalog.entries[summand.rateClass].modelKey
        case .source: catalog.entries[summand.rateClass].source
        case .project: summand.names.project
        case .agent: summand.names.agent
        case .operation: summand.names.operation
        case .user: summand.names.user
        case .session: summand.names.session
        case .hour, .day, .week, .month: clock.bucket(of: summand.localHour, by: dimension)
        }
    }

    // MARK: Totals

    /// All calls together.
    var total: PricedSum {
        classes.reduce(into: PricedSum()) { $0 += $1 }
    }

    /// How many models there are; calls that name none add none.
    var modelCount: Int {
        let used = zip(classes, catalog.entries).filter { $0.0.usage.calls > 0 }
        return Set(used.map(\.1.modelKey)).subtracting([0]).count
    }

    /// The models with calls of unknown cost, most calls first.
    func unpricedModels(
        where isOfInterest: (RateClass) -> Bool = { _ in true }
    ) -> [AnswerHead.UnpricedModel] {
        var calls: [Int64: Int64] = [:]
        for (sum, entry) in zip(classes, catalog.entries)
        where sum.unpricedCalls > 0 && isOfInterest(entry.rateClass) {
            calls[entry.modelKey, default: 0] &+= sum.unpricedCalls
        }
        return calls.map { AnswerHead.UnpricedModel(model: catalog.models[$0], calls: $1) }
            .sorted {
                $0.calls == $1.calls
                    ? ($0.model ?? "").precedes($1.model ?? "") : $0.calls > $1.calls
            }
    }
}
