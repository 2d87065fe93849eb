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
    /// A line of a kind that the rules read, which says nothing to them.
    case nothing

    /// The head of a rollout.
    struct Session: Equatable {
        var id: String?
        var parentID: String?
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
        case ("token_usage_record", _): return try response(payload, time)
        case ("compacted", _): return compacted(payload)
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
        return .statement(
            .response(id: hash(ofResponse: id), usage: usage, thread: thread),
            model: payload.modelName, at: try instant(time))
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

// MARK: Values

extension RolloutLine {
    /// The instant that a line states, as text or as seconds or milliseconds since 1970; nil when
    /// it states none.
    fileprivate static func instant(_ value: JSONValue?) throws(Rejection) -> Timestamp? {
        guard let value, !value.isNull else { return nil }
        if let text = value.string, let instant = Timestamp(iso8601: text) { return instant }
        guard let number = value.int, (0...latestMilliseconds).contains(number) else {
            throw .badTimestamp
        }
        // No log was written before 1973, the year of the least such number of milliseconds.
        let instant = Timestamp(milliseconds: number < 100_000_000_000 ? number * 1000 : number)
        guard Timestamp.recordable.contains(instant) else { throw .badTimestamp }
        return instant
    }

    private static let latestMilliseconds = Timestamp.recordable.upperBound.milliseconds

    /// Reads a usage object; nil when there is none, or it states nothing. Rule 17: some logs use
    /// the names of the older API.
    private static func usage(_ value: JSONValue?) throws(Rejection) -> RolloutUsage? {
        guard let value, !value.isNull else { return nil }
        guard value.members != nil else { throw .badTokens }
        let usage = RolloutUsage(
            input: try value.count("input_tokens", or: "prompt_tokens"),
            cached: try value.count("cached_input_tokens", or: "cached_tokens"),
            cacheWrite: try value.count("cache_write_input_tokens"),
            output: try value.count("output_tokens", or: "completion_tokens"),
            reasoning: try value.count("reasoning_output_tokens"),
            total: try value.count("total_tokens"))
        return usage == RolloutUsage() ? nil : usage
    }
}

extension RolloutLine.Session {
    /// Rule 14: a fork, or the subagent of a thread, names its parent.
    fileprivate init(_ payload: JSONValue, time: JSONValue?) {
        let spawn = payload["source"]?["subagent"]?["thread_spawn"]
        id = payload["id"]?.word
        parentID = payload["forked_from_id"]?.word ?? spawn?["parent_thread_id"]?.word
        projectPath = payload["cwd"]?.word
        gitBranch = payload["git"]?["branch"]?.word
        startedAt = Self.start(time) ?? Self.start(payload["timestamp"])
    }

    private static func start(_ value: JSONValue?) -> Timestamp? {
        do throws(Rejection) {
            return try RolloutLine.instant(value)
        } catch {
            // A head without a valid time is still a head.
            return nil
        }
    }
}

extension JSONValue {
    /// A non-negative whole number under this name, else under its synonym; nil when neither
    /// states one.
    fileprivate func count(
        _ name: String, or synonym: String? = nil
    ) throws(Rejection) -> Int64? {
        guard let value = self[name], !value.isNull else {
            guard let synonym else { return nil }
            return try count(synonym)
        }
        guard let number = value.int, (0...RecordLimits.tokens).contains(number) else {
            throw .badTokens
        }
        return number
    }

    /// A string without the white space around it; nil when nothing is left.
    fileprivate var word: String? {
        guard let string else { return nil }
        var rest = string[...]
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        rest = rest.drop { $0.isWhitespace }
        return rest.isEmpty ? nil : String(rest)
    }

    /// The model that an object of a rollout names in one of the ways in which Codex has done so.
    fileprivate var modelName: String? {
        self["model"]?.word ?? self["model_name"]?.word ?? self["metadata"]?["model"]?.word
            ?? self["model_info"]?["slug"]?.word
    }
}
