/// A measured value beside what was promised.
struct Figure {
    /// What a value counts.
    enum Unit: String {
        case microseconds = "µs"
        case milliseconds = "ms"
        case seconds = "s"
        case ratio = "×"
        case percent = "%"
        case perSecond = "/s"
        case bytes = "B"
        case mebibytes = "MiB"
        case count = ""
    }

    /// What a value should be.
    enum Goal {
        case atMost(bar: Double, aim: Double)
        case atLeast(bar: Double, aim: Double)

        var bar: Double {
            switch self {
            case .atMost(let bar, _), .atLeast(let bar, _): bar
            }
        }

        var aim: Double {
            switch self {
            case .atMost(_, let aim), .atLeast(_, let aim): aim
            }
        }
    }

    /// What a value is in the light of its goal.
    enum Verdict: String {
        case aimReached = "aim"
        case barHolds = "ok"
        case missed
        case none = ""
    }

    var name: String
    var value: Double
    var unit: Unit
    var goal: Goal?

    init(_ name: String, _ value: Double, _ unit: Unit, _ goal: Goal? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.goal = goal
    }

    var verdict: Verdict {
        switch goal {
        case nil: .none
        case .atMost(let bar, let aim):
            value <= aim ? .aimReached : value <= bar ? .barHolds : .missed
        case .atLeast(let bar, let aim):
            value >= aim ? .aimReached : value >= bar ? .barHolds : .missed
        }
    }
}
