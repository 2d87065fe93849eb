import TelemetryFormat
import Testing

@Suite struct DayTests {
    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        var (year, month, day) = (1800, 1, 1)
        var number = try #require(Day(year: year, month: month, day: day)).number
        while year < 2201 {
            let today = Day(number: number)
            #expect(today.civil == (year, month, day))
            #expect(Day(year: year, month: month, day: day) == today)
            #expect(Day(today.description) == today)
            number += 1
            day += 1
            if day > Day.daysInMonth(month, of: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2),
        ("2026-11-21", 20_778, 6), ("2100-12-31", 47_846, 5), ("0000-01-01", -719_528, 6),
        ("9999-12-31", 2_932_896, 5),
    ])
    func knowsItsNumberAndWeekday(text: String, number: Int, weekday: Int) throws {
        let day = try #require(Day(text))
        #expect(day.number == number)
        #expect(day.weekday == weekday)
        #expect(day.description == text)
    }

    @Test(arguments: [
        "", "2026-11-2", "2026-11-211", "20261121", "2026/11/21", "2026-11-31", "2026-02-29",
        "2100-02-29", "2026-00-10", "2026-13-01", "2026-01-00", "-026-01-01", " 2026-11-21",
        "2026-1１-1", "2026-11-2a",
    ])
    func refusesWhatIsNoDay(text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        ("2026-11-21", 1, "2026-11-16"), ("2026-11-16", 1, "2026-11-16"),
        ("2026-11-15", 1, "2026-11-09"), ("2026-11-21", 7, "2026-11-15"),
        ("2026-11-21", 6, "2026-11-21"), ("2027-01-01", 1, "2026-12-28"),
        ("1969-12-28", 1, "1969-12-22"),
    ])
    func findsTheFirstDayOfItsWeek(text: String, weekday: Int, expected: String) throws {
        let day = try #require(Day(text))
        #expect(day.firstDayOfWeek(startingOn: weekday).description == expected)
    }

    @Test func findsTheFirstDaysOfMonthAndYear() throws {
        let day = try #require(Day("2024-12-31"))
        #expect(day.firstDayOfMonth.description == "2024-12-01")
        #expect(day.firstDayOfNextMonth.description == "2025-01-01")
        #expect(day.firstDayOfYear.description == "2024-01-01")
        #expect(Day("2024-02-03")?.firstDayOfNextMonth.description == "2024-03-01")
    }

    @Test func addsDaysWithoutOverflowing() throws {
        let day = try #require(Day("2026-11-21"))
        #expect(day.adding(days: -21).description == "2026-10-31")
        #expect(day.adding(days: .max) > day)
        #expect(day.adding(days: .min) < day)
        #expect(day.adding(days: .max).start > day.start)
        #expect(Day(number: .min).start < Day(number: .max).start)
        #expect(Day(number: .min).description.hasPrefix("-"))
        #expect(Day(number: .max).description.hasPrefix("+"))
    }

    @Test func beginsAtMidnightUTC() {
        #expect(Day("2026-11-21")?.start.iso8601 == "2026-11-21T00:00:00.000Z")
    }
}
