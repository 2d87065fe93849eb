import TelemetryFormat

/// What a line of a rollout says, as far as the rules care: exactly what its slim twin keeps
/// (`KeptPaths.codex`), so that the twin of a log says the same as the log.
enum RolloutLine {
    case session(Session)
    /// Later events are of this model.
    case model(String?)
    /// Later requests are served so; nil = a setting that this program does not know.
    case tier(RolloutTier?)
    /// A response was a compaction.
    case compacted(responseID: String)
    case statement(RolloutEvent.Statement, model: String?, at: Timestamp?)
    /// The record of a response which says itself that this was a compaction.
    case compaction(RolloutEvent.Statement, model: String?, at: Timestamp?)
    /// A line of a kind that the rules read, which says nothing to them.
    case nothing

    /// The head of a rollout.
    struct Session: Equatable {
        var id: String?
        /// The thread that it was forked from.
        var parentID: String?
        /// The thread that spawned it.
        var spawnerID: String?
        var startedAt: Timestamp?
        var projectPath: String?
        var gitBranch: String?
    }

    /// Reads a line; nil when the rules do not care for its kind.
    static func read(_ line: Span<UInt8>) throws(Rejection) -> RolloutLine? {
        guard RolloutPrefilter.passes(line) else { return nil }
        try expectObject(line)
        let slim = try KeptPaths.codex.slimmed(line)
        return try read(JSONValue(parsing: slim.span))
    }

    /// The line as its log's slim twin holds it; nil when the rules do not read it, or refuse it.
    static func slimmed(_ line: Span<UInt8>) -> [UInt8]? {
        do throws(Rejection) {
            guard case .some = try read(line) else { return nil }
            return try KeptPaths.codex.slimmed(line)
        } catch {
            return nil
        }
    }

    private static func read(_ object: JSONValue) throws(Rejection) -> RolloutLine? {
        let payload = object["payload"] ?? .null
        let time = object["timestamp"]
        switch (object["type"]?.string, payload["type"]?.string) {
        case ("session_meta", _): return .session(Session(payload, time: time))
        case ("turn_context", _): return .model(payload.modelName)
        case ("event_msg", "thread_settings_applied"): return settings(payload)
        case ("event_msg", "token_count"): return try tokenCount(payload, time)
        case ("token_usage_record", _), ("event_msg", "token_usage_record"):
            return try response(payload, time)
        case ("compacted", _), ("event_msg", "compacted"): return compacted(payload)
        case ("turn.completed", _): return try turn(object, time)
        case ("result", _):
            let data = object["data"] ?? .null
            return try turn(data, data["timestamp"] ?? time)
        default: return nil
        }
    }

    private static func expectObject(_ line: Span<UInt8>) throws(Rejection) {
        try ByteScanner.scan(line) { (scanner) throws(Rejection) in
            scanner.skipByteOrderMark()
            scanner.skipWhitespace()
            if scanner.current == UInt8(ascii: "{") { return }
            _ = try scanner.value(depth: 1)
            scanner.skipWhitespace()
            throw scanner.isAtEnd ? .notAnObject : .notJSON
        }
    }

    // MARK: Kinds of lines

    /// Rule 15: a key that is absent leaves the tier as it is; null takes a choice back.
    private static func settings(_ payload: JSONValue) -> RolloutLine {
        let setting = payload["thread_settings"]?["service_tier"] ?? payload["service_tier"]
        guard let setting else { return .nothing }
        if setting.isNull { return .tier(.standard) }
        return .tier(setting.word.flatMap { RolloutTier(setting: $0) })
    }

    /// Rule 12: `info: null` carries rate limits only.
    private static func tokenCount(
        _ payload: JSONValue, _ time: JSONValue?
    ) throws(Rejection) -> RolloutLine {
        guard let info = payload["info"], info.members != nil else { return .nothing }
        let total = try usage(info["total_token_usage"])
        let last = try usage(info["last_token_usage"])
        if total == nil, last == nil { return .nothing }
        return .statement(
            .tokenCount(total: total, last: last), model: info.modelName ?? payload.modelName,
            at: try instant(time))
    }

    private static func compacted(_ payload: JSONValue) -> RolloutLine {
        guard let id = payload["compaction_response_id"]?.word else { return .nothing }
        return .compacted(responseID: id)
    }

    /// Rule 16.
    private static func response(
        _ payload: JSONValue, _ time: JSONValue?
    ) throws(Rejection) -> RolloutLine {
        guard let usage = try usage(payload["usage"]), let id = payload["response_id"]?.word else {
            return .nothing
        }
        let thread = try Self.usage(payload["thread_token_usage"])
        let response = RolloutEvent.Statement.response(
            id: hash(ofResponse: id), usage: usage, thread: thread)
        let isCompaction =
            payload["compacted"]?.bool == true && payload["compaction_response_id"]?.word == id
        return isCompaction
            ? .compaction(response, model: payload.modelName, at: try instant(time))
            : .statement(response, model: payload.modelName, at: try instant(time))
    }

    /// Rule 17.
    private static func turn(
        _ object: JSONValue, _ time: JSONValue?
    ) throws(Rejection) -> RolloutLine {
        guard let usage = try usage(object["usage"]) else { return .nothing }
        return .statement(
            .turn(usage), model: object.modelName, at: try instant(time))
    }

    /// What is kept of a response's id.
    static func hash(ofResponse id: String) -> UInt64 {
        var hash = LineHash()
        hash.combine(Array(id.utf8).span)
        return hash.value
    }
}
