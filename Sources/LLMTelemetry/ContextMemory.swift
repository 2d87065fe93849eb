import TelemetryFiles

/// Looks around in the working directory now and then, not for every call.
struct ContextMemory {
    /// A branch that was switched a moment ago may still be told wrong for as long as this.
    private static let lifetimeNanoseconds: Int64 = 1_000_000_000

    private let directory: String?
    private var known = WorkingContext()
    private var lookedAt: Int64?

    init(directory: String?) {
        self.directory = directory
    }

    /// The project and branch as of now.
    var current: WorkingContext {
        mutating get {
            guard let directory else { return known }
            let now = SystemClock.coarseMonotonicNanoseconds()
            if let lookedAt, now - lookedAt < Self.lifetimeNanoseconds { return known }
            known = WorkingContext(directory: directory)
            lookedAt = now
            return known
        }
    }
}
