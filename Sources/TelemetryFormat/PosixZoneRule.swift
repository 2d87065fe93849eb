/// A rule for all years to come, as POSIX writes it in `TZ` and zoneinfo files write it at their
/// end: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZoneRule {
    /// Seconds east of UTC in standard time.
    private(set) var standardOffset = 0
    private var daylight: Daylight?

    private struct Daylight {
        var offset: Int
        var start: YearlyChange
        var end: YearlyChange
    }

    /// Reads a rule with RFC 9636's extensions (hours from −167 to 167); nil for any other text,
    /// and for daylight saving time without its dates, for which there is no standard.
    init?(_ text: [UInt8]) {
        var reader = PosixZoneReader(text: text)
        guard reader.skipName(), let west = reader.time(hours: 24) else { return nil }
        standardOffset = -west
        if reader.isAtEnd { return }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3_600
        if !reader.isAt(",") {
            guard let west = reader.time(hours: 24) else { return nil }
            offset = -west
        }
        guard reader.skip(","), let start = reader.yearlyChange(),
            reader.skip(","), let end = reader.yearlyChange(), reader.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// The changes after an instant up to the end of a year, in ascending order; where daylight
    /// saving time ends and begins at one instant, as it does when it lasts all year, it begins
    /// last.
    func changes(after instant: Int64, through year: Int) -> [(instant: Int64, offset: Int)] {
        guard let daylight else { return [(instant, standardOffset)] }
        var changes: [(instant: Int64, offset: Int)] = []
        for year in Self.year(of: instant) - 1...max(year, Self.year(of: instant)) {
            let start = daylight.start.localSeconds(in: year) - Int64(standardOffset)
            let end = daylight.end.localSeconds(in: year) - Int64(daylight.offset)
            changes.append((end, standardOffset))
            changes.append((start, daylight.offset))
        }
        changes.sort { $0.instant < $1.instant }
        return changes.filter { $0.instant > instant }
    }

    private static func year(of instant: Int64) -> Int {
        Day(number: Int(max(instant, 0) / 86_400)).year
    }
}

/// A day of every year and a time on it.
struct YearlyChange {
    enum Date {
        /// Day 1 to 365, the 29th of February not counted.
        case withoutLeapDay(Int)
        /// Day 0 to 365, the 29th of February counted.
        case withLeapDay(Int)
        /// A weekday (0 = Sunday) of a month, for the first to the fourth or the last (5) time.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    var date: Date
    /// Seconds after midnight; may lie days before or after.
    var time: Int

    /// The change on a clock without zone, in seconds since 1970-01-01 00:00.
    func localSeconds(in year: Int) -> Int64 {
        Int64(day(in: year) * 86_400 + time)
    }

    private func day(in year: Int) -> Int {
        let newYear = Day.number(year: year, month: 1, day: 1)
        switch date {
        case .withLeapDay(let day): return newYear + day
        case .withoutLeapDay(let day):
            return newYear + day - (Day.isLeap(year) && day >= 60 ? 0 : 1)
        case .weekday(let month, let week, let weekday):
            let first = Day(number: Day.number(year: year, month: month, day: 1))
            let days = (weekday - first.weekday % 7 + 7) % 7 + (week - 1) * 7
            let isBeyond = days >= Day.daysInMonth(month, of: year)
            return first.number + days - (isBeyond ? 7 : 0)
        }
    }
}

/// Reads the parts of a POSIX rule from left to right.
private struct PosixZoneReader {
    let text: [UInt8]
    private var index = 0

    init(text: [UInt8]) {
        self.text = text
    }

    var isAtEnd: Bool { index == text.count }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        index < text.count && text[index] == UInt8(ascii: character)
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        index += 1
        return true
    }

    /// A name of three letters or more, or of anything in angle brackets.
    mutating func skipName() -> Bool {
        if skip("<") {
            while !isAtEnd, !isAt(">") { index += 1 }
            return skip(">")
        }
        let start = index
        while index < text.count, text[index] | 0x20 >= 0x61, text[index] | 0x20 <= 0x7A {
            index += 1
        }
        return index - start >= 3
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    mutating func time(hours limit: Int) -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(0...limit) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where skip(":") {
            guard let part = number(0...59) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// A date and, after a slash, a time; 02:00:00 without one.
    mutating func yearlyChange() -> YearlyChange? {
        guard let date = date() else { return nil }
        guard skip("/") else { return YearlyChange(date: date, time: 7_200) }
        return time(hours: 167).map { YearlyChange(date: date, time: $0) }
    }

    private mutating func date() -> YearlyChange.Date? {
        if skip("J") { return number(1...365).map { .withoutLeapDay($0) } }
        guard skip("M") else { return number(0...365).map { .withLeapDay($0) } }
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."),
            let weekday = number(0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let start = index
        var value = 0
        while index < text.count, index - start < 3, case let digit = text[index] &- 0x30,
            digit < 10
        {
            value = value * 10 + Int(digit)
            index += 1
        }
        return index > start && range.contains(value) ? value : nil
    }
}
