import TelemetryFormat

extension CallRow {
    /// The columns of `call` that hold numbers, in the order of its creation; the id stands before
    /// them.
    static let numberColumns = [
        "file", "line_offset", "key", "kept", "contested", "timestamp_ms", "rate_class",
        "agent", "operation", "session", "user", "project", "git_branch", "cli_tool", "persona",
        "duration_ms", "ttft_ms",
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
        "cache_write_1h_tokens", "reasoning_tokens", "unsplit_tokens", "web_searches", "cost",
        "success", "is_sidechain", "is_local", "details",
    ]
    /// The columns after those.
    static let textColumns = ["msg_id", "req_id", "error", "prompt_hash", "response_hash"]

    /// What stands for NULL among the numbers.
    static let null = Int64.min

    /// Puts the numbers in the order of their columns. Each row counts as kept; what loses against
    /// another is found out afterwards.
    func fill(_ numbers: inout MutableSpan<Int64>) {
        numbers[0] = file
        numbers[1] = lineOffset
        numbers[2] = Self.orNull(Int64(bitPattern: key))
        numbers[3] = 1
        numbers[4] = 0
        numbers[5] = timestamp.milliseconds
        numbers[6] = rateClass
        numbers[7] = Self.orNull(agent)
        numbers[8] = Self.orNull(operation)
        numbers[9] = Self.orNull(session)
        numbers[10] = Self.orNull(user)
        numbers[11] = Self.orNull(project)
        numbers[12] = Self.orNull(gitBranch)
        numbers[13] = Self.orNull(commandLineTool)
        numbers[14] = Self.orNull(persona)
        numbers[15] = Self.countOrNull(duration)
        numbers[16] = Self.countOrNull(timeToFirstToken)
        numbers[17] = tokens.input
        numbers[18] = tokens.output
        numbers[19] = tokens.cacheRead
        numbers[20] = tokens.cacheWrite
        numbers[21] = tokens.cacheWriteOneHour
        numbers[22] = tokens.reasoning
        numbers[23] = tokens.unsplit
        numbers[24] = Self.countOrNull(webSearches)
        numbers[25] = Self.countOrNull(cost)
        numbers[26] = success ? 1 : 0
        numbers[27] = isSidechain ? 1 : 0
        numbers[28] = isLocal ? 1 : 0
        numbers[29] = details
    }

    /// The texts in the order of their columns.
    var texts: [Text] { [messageID, requestID, error, promptHash, responseHash] }

    /// An id or a hash, of which 0 is none.
    private static func orNull(_ value: Int64) -> Int64 { value == 0 ? null : value }

    /// A count, of which a negative one is none.
    private static func countOrNull(_ value: Int64) -> Int64 { value < 0 ? null : value }
}
