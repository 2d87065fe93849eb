import TelemetryFormat
import TelemetrySQLite

/// The columns of `call` that answers are made of, in the order in which rows are read.
enum CallColumns {
    /// Columns 0–7: when a call was made, by whom and for what, and how long it took.
    static let details = """
        timestamp_ms, rate_class, project, agent, operation, user, call.session, duration_ms
        """

    /// Columns 8–17: what a call adds to sums.
    static let sums = """
        input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
        cache_write_1h_tokens, reasoning_tokens, unsplit_tokens, web_searches, cost, success
        """

    /// Columns 18–20: what a call says about its session.
    static let session = "git_branch, cli_tool, persona"

    /// When the call of a row was made.
    @inline(__always)
    static func instant(_ row: borrowing Statement) -> Timestamp {
        Timestamp(milliseconds: row.int64(0))
    }

    /// The names of a row with columns 0–7, or 0–20 when it tells about the session.
    @inline(__always)
    static func names(_ row: borrowing Statement, tellsSession: Bool) -> SummandNames {
        var names = SummandNames(
            project: row.int64(2), agent: row.int64(3), operation: row.int64(4),
            user: row.int64(5), session: row.int64(6))
        if tellsSession {
            names.gitBranch = row.int64(18)
            names.commandLineTool = row.int64(19)
            names.persona = row.int64(20)
        }
        return names
    }

    /// The call of a row with columns 0–7 as the sum of one call, without tokens and outcome.
    @inline(__always)
    static func outline(_ row: borrowing Statement) -> Usage {
        var usage = Usage()
        usage.calls = 1
        usage.first = instant(row)
        usage.last = usage.first
        if let duration = row.optionalInt64(7) {
            usage.timedCalls = 1
            usage.durationMilliseconds = duration
        }
        return usage
    }

    /// The call of a row with columns 0–17 as the sum of one call.
    static func usage(_ row: borrowing Statement) -> Usage {
        var usage = outline(row)
        usage.failed = row.int64(17) == 0 ? 1 : 0
        usage.tokens = TokenCounts(
            input: row.int64(8), output: row.int64(9), cacheRead: row.int64(10),
            cacheWrite: row.int64(11), cacheWriteOneHour: row.int64(12), reasoning: row.int64(13),
            unsplit: row.int64(14))
        usage.webSearches = row.int64(15)
        if let cost = row.optionalInt64(16) {
            usage.recordedCalls = 1
            usage.recordedCost = Money(units: Int128(cost))
        }
        usage.timedOutputTokens = usage.timedCalls * usage.tokens.output
        return usage
    }
}
