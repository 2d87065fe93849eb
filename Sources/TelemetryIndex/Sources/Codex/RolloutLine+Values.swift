import TelemetryFormat

extension RolloutLine {
    /// The instant that a line states, as text or as seconds or milliseconds since 1970; nil when
    /// it states none.
    static func instant(_ value: JSONValue?) throws(Rejection) -> Timestamp? {
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
    static func usage(_ value: JSONValue?) throws(Rejection) -> RolloutUsage? {
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
    init(_ payload: JSONValue, time: JSONValue?) {
        let spawn = payload["source"]?["subagent"]?["thread_spawn"]
        id = payload["id"]?.word
        parentID = payload["forked_from_id"]?.word
        spawnerID = spawn?["parent_thread_id"]?.word
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
    var word: String? {
        guard let string else { return nil }
        var rest = string[...]
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        rest = rest.drop { $0.isWhitespace }
        return rest.isEmpty ? nil : String(rest)
    }

    /// The model that an object of a rollout names in one of the ways in which Codex has done so.
    var modelName: String? {
        self["model"]?.word ?? self["model_name"]?.word ?? self["metadata"]?["model"]?.word
            ?? self["model_info"]?["slug"]?.word
    }
}
