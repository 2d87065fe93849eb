import TelemetryFormat
import Testing

@testable import TelemetryReport

@Suite struct CSVReportTests {
    private func fields(_ cells: [Cell]) -> String {
        let columns = cells.indices.map { Column("c\($0)", key: "c\($0)") }
        let text = CSVReport.text(Table(columns: columns, rows: [cells]))
        return String(text.dropFirst(columns.map(\.key).joined(separator: ",").count + 1))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("", ""),
        (" spaced ", "\" spaced \""),
    ]) func quotesAsRFC4180Says(_ name: String, _ field: String) {
        #expect(fields([.name(name)]) == field + "\r\n")
    }

    @Test(arguments: ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    func defusesFormulas(_ lead: String) {
        for text in [lead + "1", "  " + lead + "cmd|'/c calc'!A0", "\u{00A0}" + lead, lead] {
            let field = fields([.name(text)])
            #expect(field.hasPrefix("'") || field.hasPrefix("\"'"), "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        ("a\u{1B}[31mb", "a^[[31mb"), ("a\u{9B}b", "a\\u{9b}b"), ("a\u{202E}b", "a\\u{202e}b"),
        ("a\u{7F}b", "a^?b"), ("a\tb", "a\tb"), ("a\u{1B}\nb", "\"a^[\nb\""),
    ]) func showsControlCharactersInsteadOfSendingThem(_ name: String, _ field: String) {
        #expect(fields([.name(name)]) == field + "\r\n")
    }

    @Test func numbersAreNeverPrefixed() {
        #expect(fields([.count(-5)]) == "-5\r\n")
        #expect(fields([.money(Money(units: -25_000_000_000))]) == "-0.0025\r\n")
        #expect(fields([.duration(-1.5)]) == "-1.5\r\n")
    }

    @Test func theUnknownIsEmpty() {
        #expect(
            fields([.name(nil), .count(nil), .money(nil), .share(nil), .instant(nil)])
                == ",,,,\r\n")
    }

    @Test func costsAreOneRowAGroup() {
        let lines = Sample.costs.text(.csv).split(separator: "\r\n")
        #expect(
            lines[0] == """
                by,name,calls,succeeded,failed,input_tokens,output_tokens,cache_read_tokens,\
                cache_write_tokens,reasoning_tokens,total_tokens,cost_usd,unpriced_calls,cost_share
                """)
        #expect(lines[1] == "model,claude-sonnet-4-5,800,800,0,0,0,0,0,0,0,30.12,0,0.6365")
        #expect(lines[6] == "project,,50,50,0,0,0,0,0,0,0,,3,")
        #expect(lines.count == 8)
    }

    @Test func aBreakdownByModelAddsUpToItsDays() {
        let lines = Sample.daily.text(.csv).split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasSuffix(",unpriced_calls,model"))
        #expect(lines[1] == "2026-11-21,4,4,0,6000,0,0,0,0,6000,0.06,0,a")
    }

    @Test func statsComparePeriods() {
        let lines = Sample.stats.text(.csv).split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(
            lines[1] == "current,1250,1238,12,1234567,234567,0,0,0,1469134,47.32,3,7,3,5,1200.5,"
                + "900,3400,12000,75000")
        #expect(lines[2].hasPrefix("previous,1000,1000,0,"))
    }

    @Test func patternsHaveARowPerWeekdayAndHour() {
        let lines = Sample.patterns.text(.csv).split(separator: "\r\n")
        #expect(lines.count == 1 + 7 * 24)
        #expect(lines[0] == "weekday,hour,calls")
        #expect(lines.contains("Tuesday,10,40"))
    }
}
