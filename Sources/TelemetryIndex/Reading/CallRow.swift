import TelemetryFormat

/// One line that is a call, ready to become a row: numbers as they are, texts as ids of the `text`
/// table (0 = none) or as slices of the batch's bytes.
package struct CallRow: Sendable {
    /// A slice of the batch's bytes; empty = none.
    struct Text: Sendable {
        var start: Int32 = 0
        var count: Int32 = 0
        /// Whether the bytes are a binary hash rather than text.
        var isBinary = false

        var range: Range<Int> { Int(start)..<Int(start + count) }
    }

    /// What `Int64` columns hold for an absent value; it becomes NULL.
    static let absent: Int64 = -1

    var file: Int64 = 0
    var lineOffset: Int64 = 0
    /// Hash of what identifies the call; 0 = nothing does.
    var key: UInt64 = 0
    var timestamp = Timestamp(milliseconds: 0)
    /// Of the latest line that this row stands for; nil = its own.
    var latestTimestamp: Timestamp?
    var rateClass: Int64 = 0
    var agent: Int64 = 0
    var operation: Int64 = 0
    var session: Int64 = 0
    var user: Int64 = 0
    var project: Int64 = 0
    var gitBranch: Int64 = 0
    var commandLineTool: Int64 = 0
    var persona: Int64 = 0
    var duration = absent
    var timeToFirstToken = absent
    var tokens = TokenCounts()
    var webSearches = absent
    /// Recorded cost in 10⁻¹³ dollar.
    var cost = absent
    var success = true
    var isSidechain = false
    var isLocal = false
    var details: Int64 = 0
    var messageID = Text()
    var requestID = Text()
    var error = Text()
    var promptHash = Text()
    var responseHash = Text()

    /// The latest line that this row stands for.
    var latest: Timestamp { latestTimestamp ?? timestamp }

    /// What the row enters the contest with against another of its log and session.
    var candidate: DedupCandidate {
        DedupCandidate(
            outputTokens: tokens.output, totalTokens: tokens.total, details: details,
            isSidechain: isSidechain, timestamp: timestamp, sessionLast: timestamp, sessionID: "",
            path: "", offset: lineOffset)
    }

    /// The call as one summand of a sum.
    var usage: Usage {
        Usage(
            at: timestamp, success: success, tokens: tokens,
            webSearches: webSearches < 0 ? nil : webSearches,
            cost: cost < 0 ? nil : Money(units: Int128(cost)),
            durationMilliseconds: duration < 0 ? nil : duration)
    }
}
