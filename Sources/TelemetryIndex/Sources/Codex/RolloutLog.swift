package import TelemetryFormat

/// What a rollout of Codex says, line by line: which thread it is of, and what that took.
///
/// Lines only add to it, so that a log that has grown is read on from where reading stopped. What
/// its events mean is decided over all of them (`calls`).
package struct RolloutLog: Equatable, Sendable {
    /// The id in the first `session_meta`; a later one is the parent's, copied along.
    package internal(set) var sessionID: String?
    /// The thread that this one was forked from.
    package internal(set) var parentID: String?
    /// The thread that this one was spawned by.
    package internal(set) var spawnerID: String?
    /// The time of the first `session_meta`: that of the fork, in a fork.
    package internal(set) var startedAt: Timestamp?
    /// The working directory.
    package internal(set) var projectPath: String?
    package internal(set) var gitBranch: String?
    /// The lines that state tokens, in their order.
    package internal(set) var events: [RolloutEvent] = []
    /// The models that the log names.
    package internal(set) var models: [String] = []
    /// Index of the model that was named first for all that follows.
    package internal(set) var firstModel: Int?
    /// Hashes of the ids of the responses that were compactions.
    package internal(set) var compactions: Set<UInt64> = []
    /// Settings of a tier that this program does not know.
    package internal(set) var unknownTiers = 0

    /// What later lines go by.
    var hasHead = false
    var model: Int?
    var tier: RolloutTier?
    /// The latest time that a line has stated.
    var clock: Timestamp?
    /// Where a model stands in `models`.
    private var modelIndices: [String: Int] = [:]

    /// Whether it has said neither of which thread it is nor what that took: as good as missing.
    var isEmpty: Bool { !hasHead && events.isEmpty }

    /// The model that what follows would be of.
    var latestModel: String? { model.map { models[$0] } }

    /// The cumulative total that was stated last.
    var latestTotal: Int64? {
        events.lazy.reversed().compactMap(\.statement.total?.size).first
    }

    /// The log of this name before its first line. A time in the name, which Codex writes in local
    /// time and this takes for UTC, is that of lines before the first that states one.
    package init(name: String = "") {
        clock = Timestamp(inRolloutName: name)
    }

    /// Judges a line and takes in what it says. `offset` is that of the line in its log.
    package mutating func take(_ line: Span<UInt8>, at offset: Int64) -> LineOutcome {
        if Self.isBlank(line) { return .ofBlank(line) }
        do throws(Rejection) {
            guard let line = try RolloutLine.read(line) else { return .other }
            return try take(line, at: offset)
        } catch {
            return .rejected(error)
        }
    }

    private static func isBlank(_ line: Span<UInt8>) -> Bool {
        ByteScanner.scan(line) { scanner in
            scanner.skipByteOrderMark()
            return scanner.isBlank()
        }
    }

    private mutating func take(
        _ line: RolloutLine, at offset: Int64
    ) throws(Rejection) -> LineOutcome {
        switch line {
        case .session(let session):
            take(session)
        case .model(let name):
            setModel(name)
        case .tier(let tier):
            unknownTiers += tier == nil ? 1 : 0
            self.tier = tier ?? .standard
        case .compacted(let responseID):
            compactions.insert(RolloutLine.hash(ofResponse: responseID))
        case .statement(let statement, let model, let instant):
            return try take(statement, of: model, at: instant, offset: offset)
        case .compaction(let response, let model, let instant):
            if let id = response.responseID { compactions.insert(id) }
            return try take(response, of: model, at: instant, offset: offset)
        case .nothing: break
        }
        return .other
    }

    private mutating func take(_ session: RolloutLine.Session) {
        clock = session.startedAt ?? clock
        if hasHead { return }
        hasHead = true
        sessionID = session.id
        parentID = session.parentID
        spawnerID = session.spawnerID
        startedAt = session.startedAt
        projectPath = session.projectPath
        gitBranch = session.gitBranch
    }

    private mutating func setModel(_ name: String?) {
        guard let name else { return }
        model = index(ofModel: name)
        firstModel = firstModel ?? model
    }

    /// Where a model stands in `models`, to which it is added if need be.
    @discardableResult
    mutating func index(ofModel name: String) -> Int {
        if let known = modelIndices[name] { return known }
        modelIndices[name] = models.count
        models.append(name)
        return models.count - 1
    }

    private mutating func take(
        _ statement: RolloutEvent.Statement, of name: String?, at instant: Timestamp?,
        offset: Int64
    ) throws(Rejection) -> LineOutcome {
        var own = model
        if case .response = statement {
            // A compaction by another model does not change the thread's.
            own = name.map { index(ofModel: $0) } ?? model
        } else {
            setModel(name)
            own = model
        }
        // Lines of `codex exec --json` have no times of their own.
        guard let timestamp = instant ?? (statement.isTurn ? clock : nil) else {
            throw .noTimestamp
        }
        clock = timestamp
        events.append(
            RolloutEvent(
                offset: offset, timestamp: timestamp, statement: statement, model: own, tier: tier))
        return statement.statesTokens ? .call : .other
    }
}

extension RolloutEvent.Statement {
    fileprivate var isTurn: Bool {
        if case .turn = self { true } else { false }
    }

    /// Whether there is a count above 0.
    fileprivate var statesTokens: Bool {
        switch self {
        case .tokenCount(let total, let last): (total?.size ?? 0) + (last?.size ?? 0) > 0
        case .turn(let usage), .response(_, let usage, _): usage.size > 0
        }
    }
}

extension Timestamp {
    /// The time in `rollout-2026-11-21T10-00-00-<id>.jsonl`, taken for UTC.
    init?(inRolloutName name: String) {
        let prefix = "rollout-"
        let file = name.split(separator: "/").last ?? ""
        guard file.hasPrefix(prefix) else { return nil }
        let text = file.dropFirst(prefix.count).prefix(19)
        guard text.utf8.count == 19, let separator = text.firstIndex(of: "T") else { return nil }
        let time = text[separator...].replacing("-", with: ":")
        self.init(iso8601: text[..<separator] + time)
    }
}
