import Testing

@testable import TelemetryReport

@Suite struct SessionReportTests {
    @Test func sessionsAreATable() {
        #expect(
            Sample.sessions.text(.table, width: 80) == """
                Sessions  (all time, 2026-10-23 to 2026-11-21, Europe/Berlin)
                  Total cost: $47.32 (3 calls without a price)
                  Calls: 1,250 (12 failed)
                  Sessions: 1,500

                  Session           End               Project            Calls     Tokens   Cost
                  0d5e1f6a-8f0a-4…  2026-11-21 12:20  evil^[[31m\\u{202…      3  1,238,767  $3.76
                  s-2               2026-11-21 12:20  –                      3  1,238,767      –

                  Note: Without a price, and in no cost: evil^[[31m\\u{202e}|<b>*x* (3 calls)
                  Note: 2026-10-01 is from summary.json

                """)
    }

    @Test func aSessionIsItsFactsAndCalls() {
        #expect(
            Sample.session.text(.table, width: 80) == """
                Session 0d5e1f6a-8f0a-4a6e-9d7e-1f6a8f0a4a6e  \
                (all time, 2026-10-23 to 2026-11-21, Europe/Berlin)
                  Source: claude
                  Tool: evil^[[31m\\u{202e}|<b>*x*
                  Persona: evil^[[31m\\u{202e}|<b>*x*
                  Project: evil^[[31m\\u{202e}|<b>*x*
                  Branch: evil^[[31m\\u{202e}|<b>*x*
                  Models: claude-sonnet-4-5, evil^[[31m\\u{202e}|<b>*x*
                  Time: 2026-11-21 11:30:45 to 2026-11-21 12:20:00
                  Total cost: $3.76
                  Calls: 3 (1 failed)
                  Tokens: 1,238,767

                  Time                 Model                     Cost  So far      Input  Output
                  2026-11-21 11:30:45  –                            –       –          0       0
                  2026-11-21 11:30:45  claude-sonnet-4-5        $3.75   $3.75  1,230,000   4,000
                  2026-11-21 12:20:00  evil^[[31m\\u{202e}|<b>…  $0.02   $3.76      4,567     200

                  Note: Without a price, and in no cost: evil^[[31m\\u{202e}|<b>*x* (3 calls)
                  Note: 2026-10-01 is from summary.json

                """)
    }

    @Test func whereThereIsRoomEverythingIsShown() {
        let sessions = Sample.sessions.text(.table)
        for title in ["Start", "Branch", "Source", "Tool", "Persona", "Models\n"] {
            #expect(sessions.contains("  \(title)"), "\(title)")
        }
        let lines = Sample.session.text(.table).split(separator: "\n")
        #expect(lines.contains { $0.contains("1.3s  plan") && $0.hasSuffix("yes        msg_01") })
        #expect(lines.contains { $0.hasPrefix("  2026-11-21 12:20:00") && $0.contains("evil") })
    }

    @Test func sessionsAreOneRowEachInCSV() {
        let lines = Sample.sessions.text(.csv).split(separator: "\r\n")
        #expect(
            lines[0] == """
                session_id,source,project,git_branch,cli_tool,persona,started_at,ended_at,models,\
                calls,succeeded,failed,input_tokens,output_tokens,cache_read_tokens,\
                cache_write_tokens,reasoning_tokens,total_tokens,cost_usd,unpriced_calls
                """)
        #expect(lines.count == 3)
        #expect(
            lines[2] == "s-2,claude,,,,,2026-11-21T10:30:45.123Z,2026-11-21T11:20:00.000Z,,"
                + "3,2,1,1234567,4200,0,0,0,1238767,,0")
    }

    @Test func callsAreOneRowEachInCSV() {
        let lines = Sample.session.text(.csv).split(separator: "\r\n")
        #expect(
            lines[0] == """
                timestamp,model,operation,agent,input_tokens,output_tokens,cache_read_tokens,\
                cache_write_tokens,reasoning_tokens,total_tokens,cost_usd,cumulative_cost_usd,\
                success,error,is_sidechain,msg_id,duration_ms
                """)
        #expect(lines.count == 4)
        #expect(lines[1] == "2026-11-21T10:30:45.123Z,,,,0,0,0,0,0,0,,,true,,false,,")
        #expect(
            lines[2] == "2026-11-21T10:30:45.123Z,claude-sonnet-4-5,plan,finder,1230000,4000,200,"
                + "0,0,1234200,3.75,3.75,true,,true,msg_01,1250")
        #expect(lines[3].contains(",0.015,3.765,false,"))
    }

    @Test func markdownHasTheSameTables() {
        #expect(Sample.sessions.text(.markdown).contains("| Session | End | Project | Calls |"))
        #expect(Sample.session.text(.markdown).hasPrefix("## Session 0d5e1f6a"))
        #expect(Sample.session.text(.markdown).contains("| $3.75 | $3.75 | 1,230,000 | 4,000 |"))
    }
}
