import TelemetryFormat
import TelemetryQuery
import Testing

@testable import TelemetryReport

@Suite struct MarkdownReportTests {
    @Test func costsAreTables() {
        var answer = Sample.costs
        answer.breakdowns.removeLast(3)
        #expect(
            answer.text(.markdown) == #"""
                ## Last 30 days

                2026-10-23 to 2026-11-21, Europe/Berlin

                - Total cost: $47.32 (3 calls without a price)

                ### By model

                | Model | Cost | Share | Calls |
                | --- | ---: | ---: | ---: |
                | claude-sonnet-4-5 | $30.12 | 63.7% | 800 |
                | 日本語モデル👩‍💻 | $17.20 | 36.3% | 400 |
                | tiny | &lt;$0.01 | 0.0% | 47 |
                | evil^\[\[31m\\u{202e}\|&lt;b&gt;\*x\* | – | – | 3 |

                > Without a price, and in no cost: evil^\[\[31m\\u{202e}\|&lt;b&gt;\*x\* (3 calls)

                > 2026-10-01 is from summary.json

                """#)
    }

    @Test(arguments: [
        ("a|b", #"a\|b"#), ("a\nb", "a"), ("`x`", #"\`x\`"#), ("<script>", "&lt;script&gt;"),
        ("[l](u)", #"\[l\](u)"#), ("# h", ##"\# h"##), ("a_b", #"a\_b"#), (#"a\|b"#, #"a\\\|b"#),
    ]) func namesStayInTheirCell(_ name: String, _ cell: String) {
        let answer = SQLAnswer(columns: ["c"], rows: [[.text(name)]])
        let lines = answer.text(.markdown).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[2].hasPrefix("| \(cell)"))
        #expect(lines[2].hasSuffix(" |"))
    }
}
