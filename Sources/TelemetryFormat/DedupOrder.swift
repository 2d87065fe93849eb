/// What decides which of several lines about one call is the call. The order is a function of the
/// lines' contents and of their sessions' only, never of when or in what order they were read.
package struct DedupCandidate: Sendable {
    package var outputTokens: Int64
    package var totalTokens: Int64
    /// How many of stop reason, speed and split of cache writes the line states.
    package var details: Int64
    package var isSidechain: Bool
    package var timestamp: Timestamp
    /// The latest line of the candidate's session: a resumed session ends before the one that
    /// copied it.
    package var sessionLast: Timestamp
    package var sessionID: String
    package var path: String
    package var offset: Int64

    package init(
        outputTokens: Int64, totalTokens: Int64, details: Int64, isSidechain: Bool,
        timestamp: Timestamp, sessionLast: Timestamp, sessionID: String, path: String, offset: Int64
    ) {
        self.outputTokens = outputTokens
        self.totalTokens = totalTokens
        self.details = details
        self.isSidechain = isSidechain
        self.timestamp = timestamp
        self.sessionLast = sessionLast
        self.sessionID = sessionID
        self.path = path
        self.offset = offset
    }

    /// Whether this line, whole, is kept rather than the other.
    package func wins(over other: DedupCandidate) -> Bool {
        if outputTokens != other.outputTokens { return outputTokens > other.outputTokens }
        if totalTokens != other.totalTokens { return totalTokens > other.totalTokens }
        if details != other.details { return details > other.details }
        if isSidechain != other.isSidechain { return !isSidechain }
        if timestamp != other.timestamp { return timestamp < other.timestamp }
        if sessionLast != other.sessionLast { return sessionLast < other.sessionLast }
        if !sessionID.utf8.elementsEqual(other.sessionID.utf8) {
            return sessionID.utf8.lexicographicallyPrecedes(other.sessionID.utf8)
        }
        if !path.utf8.elementsEqual(other.path.utf8) {
            return path.utf8.lexicographicallyPrecedes(other.path.utf8)
        }
        return offset < other.offset
    }
}
