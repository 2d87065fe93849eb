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
    /// What the line enters the contest with: the output is that of its main call, the total that
    /// of all.
    var candidate: DedupCandidate

    /// Takes in a further call of the same line.
    mutating func add(_ further: CallLine) {
        rows += further.rows
        candidate.totalTokens.addSaturating(further.candidate.totalTokens)
    }

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

    /// What lines of one call have in common, as bytes: texts that Unicode holds equivalent are not
    /// the same.
    private struct Name: Hashable {
        var source: SourceKind
        var texts: [[UInt8]]

        init(_ line: CallLine) {
            source = line.source
            switch line.source {
            case .telemetry: texts = Self.bytes(line.messageID, line.requestID)
            case .claude:
                // Without a message's id it is the request's, else what the key was made of.
                texts = Self.bytes(
                    line.messageID, line.messageID == nil ? line.requestID : nil)
            case .codex: texts = Self.bytes(line.candidate.sessionID)
            }
        }

        private static func bytes(_ texts: String?...) -> [[UInt8]] {
            texts.map { Array(($0 ?? "").utf8) }
        }
    }

    /// Sorts lines with one key into calls.
    static func groups(_ lines: [CallLine]) -> [Group] {
        Dictionary(grouping: lines) { Name($0) }.values.flatMap { lines in
            lines[0].source == .claude && lines[0].messageID != nil
                ? claudeGroups(lines) : [Group(lines: lines)]
        }
    }

    private static func claudeGroups(_ lines: [CallLine]) -> [Group] {
        let verdicts = ClaudeCopies.decide(
            lines.map { line in
                ClaudeCopy(
                    requestID: line.requestID, session: line.candidate.sessionID,
                    isSidechain: line.candidate.isSidechain)
            })
        return Dictionary(grouping: zip(verdicts, lines)) { $0.0 }.map { verdict, members in
            let lines = members.map(\.1)
            return verdict == .replay
                ? Group(lines: [], replays: lines) : Group(lines: lines)
        }
    }
}
