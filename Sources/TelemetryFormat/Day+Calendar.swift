extension Day {
    /// Year, month (1–12) and day of the month (1–31) of the proleptic Gregorian calendar.
    package var civil: (year: Int, month: Int, day: Int) {
        // Years begin in March here, so that the leap day is the last of its year; an era is 400
        // years. After Howard Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = min(max(number, -Int.max / 2), Int.max / 2) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Days since 1970-01-01 of a date that the calendar has.
    static func number(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The length of a month (1–12).
    package static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether February of the year has 29 days.
    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The calendar year.
    public var year: Int { civil.year }

    /// The month, 1–12.
    public var month: Int { civil.month }

    /// The day of the month, 1–31.
    public var day: Int { civil.day }

    /// The first day of the week that this day lies in, when weeks begin on `weekday` (1 = Monday).
    package func firstDayOfWeek(startingOn weekday: Int = 1) -> Day {
        precondition((1...7).contains(weekday), "no such weekday: \(weekday)")
        return adding(days: -((self.weekday - weekday + 7) % 7))
    }

    /// The first day of this day's month.
    package var firstDayOfMonth: Day { adding(days: 1 - day) }

    /// The first day of the month after this day's.
    package var firstDayOfNextMonth: Day {
        let (year, month, day) = civil
        return adding(days: Self.daysInMonth(month, of: year) - day + 1)
    }

    /// The first day of this day's year.
    package var firstDayOfYear: Day {
        Day(number: Self.number(year: year, month: 1, day: 1))
    }
}
