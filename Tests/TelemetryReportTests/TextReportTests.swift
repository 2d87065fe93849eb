import TelemetryFormat
import TelemetryQuery
import Testing

@testable import TelemetryReport

@Suite struct TextReportTests {
    @Test func costsShowTotalModelsAndProjects() {
        #expect(
            Sample.costs.text(.table) == """
                Last 30 days  (2026-10-23 to 2026-11-21, Europe/Berlin)
                  Total cost: $47.32 (3 calls without a price)

                  By model:
                    Model                        Cost  Share  Calls
                    claude-sonnet-4-5          $30.12  63.7%    800
                    日本語モデル👩‍💻             $17.20  36.3%    400
                    tiny                       <$0.01   0.0%     47
                    evil^[[31m\\u{202e}|<b>*x*       –      –      3

                  By project:
                    Project        Cost   Share  Calls
                    spacewalker  $47.32  100.0%  1,200
                    –                 –       –     50

                  By day:
                    Date          Cost   Share  Calls
                    2026-11-21  $47.32  100.0%  1,250

                  Note: Without a price, and in no cost: evil^[[31m\\u{202e}|<b>*x* (3 calls)
                  Note: 2026-10-01 is from summary.json

                """)
    }

    @Test func statsShowTotalsAndTheChange() {
        #expect(
            Sample.stats.text(.table) == """
                Last 30 days  (2026-10-23 to 2026-11-21, Europe/Berlin)
                  Total cost: $47.32 (3 calls without a price)
                  Calls: 1,250 (12 failed)
                  Tokens: 1,469,134
                  Sessions: 7
                  Models: 3
                  Average response time: 1.2s
                  P50 response time: 900ms
                  P95 response time: 3.4s
                  P99 response time: 12.0s
                  Longest response time: 1m 15s
                  Period before: 1,000 calls (now +25.0%), $40.00 (now +18.3%)

                  Tokens by kind:
                    input                  1,234,567
                    output                   234,567
                    cache read                     0
                    cache write                    0
                    reasoning (in output)          0

                  Note: Without a price, and in no cost: evil^[[31m\\u{202e}|<b>*x* (3 calls)
                  Note: 2026-10-01 is from summary.json

                """)
    }

    @Test func performanceShowsTimesAndTheSlowest() {
        #expect(
            Sample.performance.text(.table).hasPrefix(
                """
                Performance  (all time, 2026-10-23 to 2026-11-21, Europe/Berlin)
                  Average response time: 1.2s
                  P50 response time: 900ms
                  P95 response time: 3.4s
                  P99 response time: 12.0s
                  Longest response time: 1m 15s
                  Calls: 1,250
                  Error rate: 1.0%
                  Output tokens per second: 45.3

                  Slowest operations:
                    Operation    Average    P50   P95    P99  Longest  Calls  Errors  Tokens/s
                    code-review     1.2s  900ms  3.4s  12.0s   1m 15s     20    5.0%      31.0
                    –                  –      –     –      –        –      2    0.0%         –

                """))
    }

    @Test func patternsShowPeaksAndAHeatMap() {
        #expect(
            Sample.patterns.text(.table).hasPrefix(
                """
                Usage patterns  (all time, 2026-10-23 to 2026-11-21, Europe/Berlin)
                  Peak hours: 10am-12pm, 2pm-4pm
                  Most active day: Tuesday
                  Calls: 1,250 (12 failed)

                  Common operations:
                    Operation  Calls   Share
                    search        82  100.0%

                  Calls by weekday and hour:
                         12am  6am   12pm  6pm     Calls
                    Mon  ························      0
                    Tue  ··········█▓··▒·········     81
                    Wed  ························      0
                    Thu  ························      0
                    Fri  ························      0
                    Sat  ························      0
                    Sun  ░·······················      1

                  Calls by hour:
                    12am   1  █
                    10am  40  ████████████████████
                    11am  30  ███████████████
                     2pm  11  ██████

                """))
    }

    @Test func bucketsListTheirModelsWhenBrokenDown() {
        #expect(
            Sample.daily.text(.table, width: 70).contains(
                """
                  Date        Calls  Input  Output  Cache read  Tokens    Cost
                  2026-11-21      5  7,000       0           0   7,000   $0.06
                    a             4  6,000       0           0   6,000   $0.06
                    b             1  1,000       0           0   1,000  <$0.01

                """))
    }

    @Test func anEmptyAnswerStillHasItsFacts() {
        var empty = Sample.patterns
        empty.head.totals = PricedUsage()
        empty.head.unpricedModels = []
        empty.head.notes = []
        empty.peakHours = []
        empty.busiestWeekday = nil
        empty.operations = []
        empty.byHour = Array(repeating: 0, count: 24)
        let text = empty.text(.table)
        #expect(text.contains("  Peak hours: –\n  Most active day: –\n  Calls: 0\n"))
        #expect(!text.contains("Common operations"))
    }

    @Test func tablesFitTheWidthByShorteningNames() {
        var answer = Sample.costs
        answer.breakdowns[0].rows[0].key = String(repeating: "very-long-name-", count: 20)
        answer.breakdowns[0].rows[1].key = String(repeating: "日本語", count: 40)
        for width in [40, 60, 80, 120] {
            let text = answer.text(.table, width: width)
            let table = text.split(separator: "\n").prefix { !$0.contains("Note:") }.dropFirst(2)
            for line in table { #expect(TerminalText.width(String(line)) <= width, "\(line)") }
            #expect(text.contains("$30.12"))
        }
    }

    @Test func everyTableFitsANarrowTerminal() {
        let reports = [
            Sample.models.text(.table, width: 40), Sample.daily.text(.table, width: 40),
            Sample.performance.text(.table, width: 40), Sample.patterns.text(.table, width: 40),
            Sample.sessions.text(.table, width: 40), Sample.session.text(.table, width: 40),
        ]
        for text in reports {
            let lines = text.split(separator: "\n").dropFirst()
            for line in lines where !line.contains(": ") {
                #expect(TerminalText.width(String(line)) <= 40, "\(line)")
            }
        }
    }

    @Test func numbersAreNeverShortened() {
        let text = Sample.models.text(.table, width: 20)
        #expect(text.contains("1,000,000  $30.12"))
        let wide = Sample.models.text(.table)
        #expect(wide.contains("2026-11-21 11:30"))
        #expect(wide.contains("99.0%"))
    }

    @Test func namesFromLogsAreVisibleEverywhere() {
        for (_, answer) in JSONReportTests.answers {
            for format in [OutputFormat.table, .markdown, .json] {
                for scalar in answer.text(format).unicodeScalars {
                    let isControl = scalar.properties.generalCategory == .control
                    #expect(!isControl || scalar == "\n")
                    #expect(scalar != "\u{202E}")
                }
            }
        }
    }

    @Test func onlyStyleWritesEscapes() {
        let text = Sample.costs.text(.table, style: .coloured)
        #expect(text.hasPrefix("\u{1B}[1mLast 30 days\u{1B}[0m"))
        let plain = text.replacing(#/\u{1B}\[[0-9]+m/#, with: "")
        #expect(plain == Sample.costs.text(.table))
    }
}
