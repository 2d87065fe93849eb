package import TelemetryFiles
package import TelemetryFormat

/// Removes what is too old or too much from a store (`llm-telemetry prune`).
package struct Pruning: Sendable {
    private let layout: StoreLayout
    private let settings: StoreSettings
    private let today: Day

    /// Pruning of a store as of a day.
    package init(layout: StoreLayout, settings: StoreSettings, today: Day) {
        self.layout = layout
        self.settings = settings
        self.today = today
    }

    /// Who asks.
    package enum Occasion: Equatable, Sendable {
        /// The user, who may ask for archived days too.
        case command(includesArchived: Bool)
        /// The writer of its own accord, which mistrusts a clock that jumped.
        case fromWriter
    }

    /// What was done.
    package struct Result: Sendable {
        /// What was removed, as far as it was.
        package var removals: [RetentionPlan.Removal] = []
        /// Calls that the summary took over.
        package var calls: Int64 = 0
        /// Paths in removed days that this program did not make and left alone.
        package var leftovers: [String] = []
        /// What could not be done, and why.
        package var problems: [String] = []

        package init() {}

        /// Bytes that were removed.
        package var bytes: Int64 { removals.reduce(0) { $0 + $1.bytes } }
    }

    /// What would be removed.
    package func plan(_ occasion: Occasion) throws(FileError) -> RetentionPlan {
        var days: [StoredDay] = []
        for day in try layout.days() {
            if let contents = try layout.contents(of: day) { days.append(contents) }
        }
        switch occasion {
        case .command(let includesArchived):
            return RetentionPlan(
                days: days, today: today, settings: settings, includesArchived: includesArchived)
        case .fromWriter:
            let credible = RetentionPlan.credibleToday(today, days: days.map(\.day))
            return RetentionPlan(
                days: days, today: credible, settings: settings, includesArchived: false)
        }
    }

    /// How long to wait for the lock in all: a user who asked can wait, but a command that records
    /// a call is fire-and-forget, whatever there is to tidy up beside it.
    private static func patienceMilliseconds(_ occasion: Occasion) -> Int64 {
        switch occasion {
        case .command: 10_000
        case .fromWriter: 250
        }
    }

    /// Removes it. A day that cannot be removed is reported, and the others go.
    package func run(_ occasion: Occasion) -> Result {
        var result = Result()
        var patience = LockPatience(milliseconds: Self.patienceMilliseconds(occasion))
        do throws(FileError) {
            let root = try Directory.open(layout.root)
            for removal in try plan(occasion).removals {
                do throws(FileError) {
                    try DayRemoval(layout: layout, day: removal.day, root: root)
                        .apply(removal, &patience, &result)
                } catch {
                    // Somebody else may have removed the day meanwhile, which is as good.
                    if !error.isMissing { result.problems.append(error.description) }
                    // Whoever holds the lock for that long has not finished by the next day.
                    if patience.isExhausted { break }
                }
            }
        } catch {
            if !error.isMissing { result.problems.append(error.description) }
        }
        return result
    }
}
