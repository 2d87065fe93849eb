import TelemetrySQLite

extension QueryEngine {
    /// When calls are made, on the clock of the display zone, and what for.
    package borrowing func patterns(_ request: QueryRequest) throws(QueryError) -> PatternsAnswer {
        try answering { () throws(SQLiteError) in
            let inquiry = Inquiry(dimensions: [.operation], wantsHoursOfWeek: true)
            let outcome = try tally(request, inquiry)
            let heatmap = stride(from: 0, to: 7 * 24, by: 24).map {
                Array(outcome.tally.hoursOfWeek[$0..<$0 + 24])
            }
            let byHour = (0..<24).map { hour in heatmap.map { $0[hour] }.reduce(0, &+) }
            let byWeekday = heatmap.map { $0.reduce(0, &+) }
            return PatternsAnswer(
                head: outcome.head(request), byHour: byHour, byWeekday: byWeekday,
                heatmap: heatmap, peakHours: Self.peakHours(byHour),
                busiestWeekday: Self.busiestWeekday(byWeekday),
                operations: try breakdowns(outcome, request, sortedByDefault: .calls)[0].rows)
        }
    }

    /// The hours with at least a quarter more calls than the mean of those hours that have any, or,
    /// when no hour stands out so, those with most calls; neighbours joined.
    static func peakHours(_ byHour: [Int64]) -> [PatternsAnswer.HourRange] {
        let busy = byHour.filter { $0 > 0 }
        guard let most = busy.max() else { return [] }
        let mean = busy.map(Double.init).reduce(0, +) / Double(busy.count)
        let threshold = min(mean * 1.25, Double(most))
        var ranges: [PatternsAnswer.HourRange] = []
        for hour in byHour.indices where Double(byHour[hour]) >= threshold {
            if ranges.last?.to == hour {
                ranges[ranges.count - 1].to = hour + 1
            } else {
                ranges.append(PatternsAnswer.HourRange(from: hour, to: hour + 1))
            }
        }
        return ranges
    }

    /// The first of the days with most calls.
    static func busiestWeekday(_ byWeekday: [Int64]) -> String? {
        guard let most = byWeekday.max(), most > 0 else { return nil }
        let names = [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ]
        return byWeekday.firstIndex(of: most).map { names[$0] }
    }
}
