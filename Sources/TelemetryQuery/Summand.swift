import TelemetryFormat
import TelemetryIndex

/// What goes into the sums of an answer in one step: a call, or calls of one rate class that were
/// added up before.
struct Summand {
    /// Position in the catalog.
    var rateClass: Int
    /// Hours since 1970-01-01T00 on the calendar of the display zone.
    var localHour: Int
    var names: SummandNames
    var usage: Usage
    /// What the calls cost together; nil when it is unknown.
    var cost: Money?
    /// How long the calls took; nil when nobody asked.
    var latency: LatencyHistogram?
}

/// Who made a call and what for: ids of texts, 0 = not said. A sum by a facet knows only that one.
struct SummandNames {
    var project: Int64 = 0
    var agent: Int64 = 0
    var operation: Int64 = 0
    var user: Int64 = 0
    var session: Int64 = 0
    /// What is said of the session; read only when sessions are listed.
    var gitBranch: Int64 = 0
    var commandLineTool: Int64 = 0
    var persona: Int64 = 0

    @inline(__always)
    subscript(facet: Facet) -> Int64 {
        get {
            switch facet {
            case .whole: 0
            case .project: project
            case .agent: agent
            case .operation: operation
            case .user: user
            }
        }
        set {
            switch facet {
            case .whole: break
            case .project: project = newValue
            case .agent: agent = newValue
            case .operation: operation = newValue
            case .user: user = newValue
            }
        }
    }
}

/// Calls added up with what they cost.
struct PricedSum {
    private(set) var usage = Usage()
    private(set) var cost = Money.zero
    private(set) var unpricedCalls: Int64 = 0

    /// Adds calls of one rate class; a cost of nil is unknown.
    @inline(__always)
    mutating func add(_ usage: Usage, cost: Money?) {
        self.usage += usage
        if let cost {
            self.cost += cost
        } else {
            unpricedCalls &+= usage.calls
        }
    }

    static func += (left: inout PricedSum, right: PricedSum) {
        left.usage += right.usage
        left.cost += right.cost
        left.unpricedCalls &+= right.unpricedCalls
    }

    /// The sum as answers give it: without a cost when no call has one.
    var priced: PricedUsage {
        PricedUsage(
            usage: usage, cost: unpricedCalls < usage.calls ? cost : nil,
            unpricedCalls: unpricedCalls)
    }
}
