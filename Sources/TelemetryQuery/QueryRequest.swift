/// A question about calls, with every word of the command line already turned into values.
package struct QueryRequest: Sendable {
    /// The command that asks, as the answer's head names it.
    package var command: String
    /// The store's path as the user would write it.
    package var store: String
    /// Names of the sources whose calls count: `telemetry`, `claude`, `codex`.
    package var sources: [String]
    package var period: PeriodSpec
    /// What the calls must match: the names of one filter are alternatives, filters all hold.
    package var filters: [AnswerHead.Filter]
    package var status: CallStatus?
    package var costMode: CostMode
    /// Direction of sorting; nil = as the question defines it.
    package var order: SortOrder?
    /// What rows are sorted by; nil = as the question defines it.
    package var sort: SortKey?
    /// Only so many rows of each breakdown; nil = all.
    package var top: Int?
    /// Whether models that differ only in spelling stay apart.
    package var keepsRawModels: Bool
    /// Whether buckets of time list their models one by one.
    package var breaksDownByModel: Bool
    /// What to break the total down by, in the order of the answer.
    package var dimensions: [Dimension]

    package init(
        command: String, store: String, sources: [String], period: PeriodSpec,
        filters: [AnswerHead.Filter] = [], status: CallStatus? = nil, costMode: CostMode = .auto,
        order: SortOrder? = nil, sort: SortKey? = nil, top: Int? = nil,
        keepsRawModels: Bool = false, breaksDownByModel: Bool = false,
        dimensions: [Dimension] = []
    ) {
        self.command = command
        self.store = store
        self.sources = sources
        self.period = period
        self.filters = filters
        self.status = status
        self.costMode = costMode
        self.order = order
        self.sort = sort
        self.top = top
        self.keepsRawModels = keepsRawModels
        self.breaksDownByModel = breaksDownByModel
        self.dimensions = dimensions
    }

    /// The head of the answer, with the status among the filters.
    package func head(
        priceSnapshot: String, totals: PricedUsage = PricedUsage(),
        unpricedModels: [AnswerHead.UnpricedModel] = [], notes: [String] = []
    ) -> AnswerHead {
        var filters = filters
        if let status {
            filters.append(AnswerHead.Filter(name: "status", patterns: [status.rawValue]))
        }
        return AnswerHead(
            command: command, period: period.head, store: store, sources: sources,
            filters: filters, costMode: costMode.rawValue, priceSnapshot: priceSnapshot,
            totals: totals, unpricedModels: unpricedModels, notes: notes)
    }
}

/// How a call ended; the raw value is the word of `--status`.
package enum CallStatus: String, CaseIterable, Sendable {
    case success
    case failure
}

/// Where a call's cost comes from; the raw value is the word of `--mode`.
package enum CostMode: String, CaseIterable, Sendable {
    /// The recorded cost when there is one, else computed.
    case auto
    /// Always computed.
    case calculate
    /// Only what is recorded.
    case display
}

/// Direction of sorting; the raw value is the word of `--order`.
package enum SortOrder: String, CaseIterable, Sendable {
    case ascending = "asc"
    case descending = "desc"
}

/// What rows can be sorted by; the raw value is the word of `--sort`.
package enum SortKey: String, CaseIterable, Sendable {
    case name, calls, failed, tokens, input, output, cost, latency
    case firstSeen = "first-seen"
    case lastSeen = "last-seen"
}
