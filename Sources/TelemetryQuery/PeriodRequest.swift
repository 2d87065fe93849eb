package import TelemetryFormat

/// A period as it was asked for: a word, a number of days, or bounds; nothing at all means `all`.
package enum PeriodRequest: Equatable, Sendable {
    /// A word of the command line.
    package enum Word: String, CaseIterable, Sendable {
        case today, yesterday, week, month, year, all
    }

    /// A day, whole, or an instant.
    package enum Bound: Equatable, Sendable {
        case day(Day)
        case instant(Timestamp)

        /// `YYYY-MM-DD`, `YYYYMMDD` or a full timestamp; nil for anything else.
        package init?(_ text: String) {
            if let day = Day(text) ?? Self.compactDay(text) {
                self = .day(day)
            } else if text.utf8.count > 10, let instant = Timestamp(iso8601: text) {
                self = .instant(instant)
            } else {
                return nil
            }
        }

        private static func compactDay(_ text: String) -> Day? {
            guard text.utf8.count == 8 else { return nil }
            return Day("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
        }

        var text: String {
            switch self {
            case .day(let day): day.description
            case .instant(let instant): instant.iso8601
            }
        }
    }

    case word(Word)
    /// So many calendar days of the display zone, today included; at least 1.
    case days(Int)
    /// Inclusive bounds, at least one of them.
    case bounds(since: Bound?, until: Bound?)

    /// More days than any record's year allows; keeps calendar arithmetic far from overflow.
    package static let maximumDays = 36_525

    /// The instants, label and texts of the period; nil when it would end before it begins.
    package func resolved(
        now: Timestamp, zone: DisplayZone, firstWeekday: Weekday = .monday
    ) -> PeriodSpec? {
        let today = zone.day(of: now)
        switch self {
        case .word(.all):
            return PeriodSpec(
                label: "all", start: nil, end: nil, since: nil, until: nil, zone: zone,
                firstWeekday: firstWeekday)
        case .word(let word):
            let (label, first, last) = word.days(today: today, firstWeekday: firstWeekday)
            return Self.whole(first, last, label: label, zone: zone, firstWeekday: firstWeekday)
        case .days(let count):
            let label = count == 1 ? "last 1 day" : "last \(count) days"
            return Self.whole(
                Day(number: today.number - count + 1), today, label: label, zone: zone,
                firstWeekday: firstWeekday)
        case .bounds(.day(let since), .day(let until)):
            guard since <= until else { return nil }
            return Self.whole(
                since, until, label: "\(since) to \(until)", zone: zone,
                firstWeekday: firstWeekday)
        case .bounds(let since, let until):
            return Self.bounded(
                since, until, now: now, zone: zone, firstWeekday: firstWeekday)
        }
    }

    /// Whole days, from the first to the last.
    private static func whole(
        _ first: Day, _ last: Day, label: String, zone: DisplayZone, firstWeekday: Weekday
    ) -> PeriodSpec {
        let count = last.number - first.number + 1
        let start = zone.start(of: first)
        return PeriodSpec(
            label: label, start: start, end: zone.start(of: Day(number: last.number + 1)),
            since: first.description, until: last.description, zone: zone,
            firstWeekday: firstWeekday,
            previous: PeriodSpec.Bounds(
                start: zone.start(of: Day(number: first.number - count)), end: start))
    }

    /// Bounds of which one is an instant or missing.
    private static func bounded(
        _ since: Bound?, _ until: Bound?, now: Timestamp, zone: DisplayZone,
        firstWeekday: Weekday
    ) -> PeriodSpec? {
        let start = since.map { $0.start(in: zone) }
        let end = until.map { $0.end(in: zone) }
        if let start, let end, start >= end { return nil }
        let label =
            switch (since, until) {
            case (let since?, let until?): "\(since.text) to \(until.text)"
            case (let since?, nil): "since \(since.text)"
            case (nil, let until?): "until \(until.text)"
            case (nil, nil): "all"
            }
        var previous: PeriodSpec.Bounds?
        if let start {
            let length = max(0, (end ?? now).milliseconds - start.milliseconds)
            previous = PeriodSpec.Bounds(
                start: Timestamp(milliseconds: start.milliseconds - length), end: start)
        }
        return PeriodSpec(
            label: label, start: start, end: end, since: since?.text, until: until?.text,
            zone: zone, firstWeekday: firstWeekday, previous: previous)
    }
}

extension PeriodRequest.Word {
    /// The label and the first and last day of a word that has bounds.
    fileprivate func days(today: Day, firstWeekday: Weekday) -> (String, Day, Day) {
        switch self {
        case .yesterday:
            let yesterday = Day(number: today.number - 1)
            return ("yesterday", yesterday, yesterday)
        case .week:
            return ("this week", firstWeekday.beginning(ofWeekWith: today), today)
        case .month:
            return ("this month", Day(number: today.number - today.day + 1), today)
        case .year:
            let first = Day(year: today.year, month: 1, day: 1)
            return ("this year", first ?? today, today)
        case .today, .all:
            return ("today", today, today)
        }
    }
}

extension PeriodRequest.Bound {
    fileprivate func start(in zone: DisplayZone) -> Timestamp {
        switch self {
        case .day(let day): zone.start(of: day)
        case .instant(let instant): instant
        }
    }

    /// The first instant after this inclusive bound.
    fileprivate func end(in zone: DisplayZone) -> Timestamp {
        switch self {
        case .day(let day): zone.start(of: Day(number: day.number + 1))
        case .instant(let instant): Timestamp(milliseconds: instant.milliseconds + 1)
        }
    }
}
