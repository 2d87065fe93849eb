import TelemetryFormat
import TelemetryPricing
import TelemetrySQLite

/// The sums that an answer is made from, and what has to be said about them.
struct TallyOutcome {
    let tally: Tally
    let notes: [String]

    /// The head of the answer to a request.
    func head(_ request: QueryRequest) -> AnswerHead {
        request.head(
            priceSnapshot: PriceTable.snapshot, totals: tally.total.priced,
            unpricedModels: tally.unpricedModels(), notes: notes)
    }
}

extension QueryEngine {
    /// Adds up the calls that a request selects, within its period or other bounds.
    borrowing func tally(
        _ request: QueryRequest, _ inquiry: Inquiry, within bounds: PeriodSpec.Bounds? = nil
    ) throws(SQLiteError) -> TallyOutcome {
        let catalog = try RateClassCatalog(connection, keepsRawModels: request.keepsRawModels)
        var selection = try Selection(request, catalog, connection)
        if let sessions = inquiry.sessions { selection.narrow(toSessions: sessions) }
        let clock = DisplayClock(
            zone: request.period.zone, firstWeekday: request.period.firstWeekday)
        let milliseconds = bounds?.milliseconds ?? request.period.milliseconds
        var tally = Tally(inquiry, catalog, clock)
        var pricer = Pricer(request.costMode, prices, catalog)
        var plan = try ReadingPlan(
            milliseconds,
            usesSums: method == .sums && !selection.needsCalls
                && inquiry.isAnsweredBySums(filteredBy: selection.facet),
            grain: inquiry.grain, clock, connection)
        try SumReader(selection: selection, clock: clock)
            .read(connection, &plan, &pricer, into: &tally)
        try DetailReader(selection: selection, clock: clock)
            .read(connection, plan, &pricer, into: &tally)
        try SessionReader(selection: selection).read(connection, &plan, into: &tally)
        try CallReader(selection: selection, clock: clock)
            .read(connection, plan, &pricer, into: &tally)
        let removed = try RemovedReader(selection: selection, clock: clock)
            .read(connection, milliseconds, &pricer, into: &tally)
        return TallyOutcome(tally: tally, notes: removed.notes + pricer.notes)
    }
}

extension Pricer {
    /// What has to be said about the costs.
    fileprivate var notes: [String] {
        hasApproximated ? ["some prices of removed days are those of the smallest request"] : []
    }
}

extension RemovedReader.Finding {
    /// What has to be said about removed days.
    fileprivate var notes: [String] {
        var notes: [String] = []
        if !days.isEmpty {
            let verb = days.count == 1 ? "is" : "are"
            notes.append("\(days.inWords) \(verb) from summary.json")
        }
        if callsLeftOut > 0 {
            let calls = callsLeftOut == 1 ? "1 call" : "\(callsLeftOut) calls"
            notes.append(
                "without \(calls) of \(daysLeftOut.inWords): summary.json knows no sessions, hours "
                    + "or outcomes")
        }
        return notes
    }
}

extension Set<Day> {
    /// The days in order, neighbours joined: `2026-10-01, 2026-10-03 to 2026-10-05`.
    fileprivate var inWords: String {
        var runs: [ClosedRange<Day>] = []
        for day in sorted() {
            if let run = runs.last, run.upperBound.number + 1 == day.number {
                runs[runs.count - 1] = run.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
        return runs.map { run in
            let (first, last) = (run.lowerBound, run.upperBound)
            return first == last ? "\(first)" : "\(first) to \(last)"
        }.joined(separator: ", ")
    }
}

extension PeriodSpec {
    /// The period as milliseconds since 1970; what has no bound reaches beyond every record's year.
    fileprivate var milliseconds: Range<Int64> {
        let everything = Bounds.everything
        return Bounds(
            start: start ?? Timestamp(milliseconds: everything.lowerBound),
            end: end ?? Timestamp(milliseconds: everything.upperBound)
        ).milliseconds
    }
}

extension PeriodSpec.Bounds {
    /// The years 1970 to 2199: records are of 2000 to 2100.
    fileprivate static let everything: Range<Int64> = 0..<7_258_118_400_000

    /// The bounds as milliseconds since 1970; empty when they are in the wrong order.
    fileprivate var milliseconds: Range<Int64> {
        let everything = Self.everything
        let first = min(max(start.milliseconds, everything.lowerBound), everything.upperBound)
        return first..<min(max(end.milliseconds, first), everything.upperBound)
    }
}
