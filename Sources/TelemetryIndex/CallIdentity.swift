import TelemetryFormat

/// A line that is one call or several, as dedup sees it.
struct CallLine {
    struct Row {
        var id: Int64
        var isKept: Bool
        var isContested: Bool
    }

    var source: SourceKind
    /// The line's calls, its main one first.
    var rows: [Row]
    /// Id of the session's text; 0 = none.
    var session: Int64
    var messageID: String?
    var requestID: String?
    /// What the line's main call enters the contest with.
    var candidate: DedupCandidate

    /// Whether both are rows of one line of one log.
    func isSameLine(as other: CallLine) -> Bool {
        candidate.offset == other.candidate.offset
            && candidate.path.utf8.elementsEqual(other.candidate.path.utf8)
    }
}

/// Tells which lines with one key are one call: each source has its own rule.
enum CallIdentity {
    /// Lines about one call.
    struct Group {
        /// Those of which one is the call.
        var lines: [CallLine]
        /// Those that can never be it.
        var replays: [CallLine] = []
    }

    private struct Name: Hashable {
        var source: SourceKind
        var first: [UInt8]
        var second: [UInt8]
    }

    /// Sorts lines with one key into calls.
    static func groups(_ lines: [CallLine]) -> [Group] {
        Dictionary(grouping: lines, by: name).values.map { Group(lines: $0) }
    }

    /// What lines of one call have in common, as bytes: texts that Unicode holds equivalent are not
    /// the same.
    private static func name(of line: CallLine) -> Name {
        switch line.source {
        case .telemetry, .claude:
            Name(
                source: line.source, first: Array((line.messageID ?? "").utf8),
                second: Array((line.requestID ?? "").utf8))
        case .codex:
            Name(source: .codex, first: Array(line.candidate.sessionID.utf8), second: [])
        }
    }
}
