import TelemetryFormat

@testable import TelemetryIndex

/// Lines of rollouts as Codex writes them, a second of their session given as a number.
enum CodexRollout {
    /// 10 o'clock and so many seconds, to the millisecond.
    static func time(_ second: Double) -> String {
        let milliseconds = Int((second * 1000).rounded()) + 10 * 3_600_000
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: count - text.count) + text
        }
        let (hour, minute) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        let (rest, thousandths) = (milliseconds / 1000 % 60, milliseconds % 1000)
        return "2026-11-21T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(rest, 2))"
            + ".\(digits(thousandths, 3))Z"
    }

    static func line(_ type: String, _ payload: String, at second: Double?) -> String {
        let stamp = second.map { #""timestamp":"\#(time($0))","# } ?? ""
        return #"{\#(stamp)"type":"\#(type)","payload":\#(payload)}"#
    }

    static func event(_ type: String, _ members: String, at second: Double?) -> String {
        line("event_msg", #"{"type":"\#(type)",\#(members)}"#, at: second)
    }

    static func head(
        _ id: String, forkOf parent: String? = nil, spawnedBy spawner: String? = nil,
        at second: Double? = 0
    ) -> String {
        var members = #""id":"\#(id)","cwd":"/home/ann/shop","git":{"branch":"main"}"#
        if let parent { members += #","forked_from_id":"\#(parent)""# }
        if let spawner {
            members +=
                #","source":{"subagent":{"thread_spawn":{"parent_thread_id":"\#(spawner)"}}}"#
        }
        return line("session_meta", "{\(members)}", at: second)
    }

    static func model(_ name: String) -> String {
        line("turn_context", #"{"cwd":"/home/ann/shop","model":"\#(name)"}"#, at: 0)
    }

    static func tier(_ setting: String) -> String {
        event(
            "thread_settings_applied", #""thread_settings":{"service_tier":\#(setting)}"#, at: 0)
    }

    /// A token count; `total` and `last` are JSON.
    static func count(
        at second: Double?, total: String? = nil, last: String? = nil, model: String? = nil
    ) -> String {
        var members = [#""model_context_window":272000"#]
        if let total { members.append(#""total_token_usage":\#(total)"#) }
        if let last { members.append(#""last_token_usage":\#(last)"#) }
        if let model { members.append(#""model":"\#(model)""#) }
        return event("token_count", #""info":{\#(members.joined(separator: ","))}"#, at: second)
    }

    /// A token count with input tokens only, in both usages.
    static func count(at second: Double, _ total: Int, last: Int) -> String {
        count(at: second, total: usage(total), last: usage(last))
    }

    static func usage(
        _ input: Int, cached: Int = 0, written: Int? = nil, output: Int = 0, reasoning: Int = 0
    ) -> String {
        let written = written.map { #""cache_write_input_tokens":\#($0),"# } ?? ""
        return #"{"input_tokens":\#(input),"cached_input_tokens":\#(cached),\#(written)"#
            + #""output_tokens":\#(output),"reasoning_output_tokens":\#(reasoning),"#
            + #""total_tokens":\#(input + output)}"#
    }

    static func response(_ id: String, at second: Double?, _ usage: String) -> String {
        line("token_usage_record", #"{"response_id":"\#(id)","usage":\#(usage)}"#, at: second)
    }

    static func compacted(_ id: String) -> String {
        line(
            "compacted",
            #"{"message":"","replacement_history":[{"type":"message","content":"secret"}],"#
                + #""compaction_response_id":"\#(id)"}"#, at: 0)
    }

    static func log(_ lines: [String], name: String = "sessions/log.jsonl") -> RolloutLog {
        var log = RolloutLog(name: name)
        var offset: Int64 = 0
        for line in lines {
            _ = log.take(Array(line.utf8).span, at: offset)
            offset += Int64(line.utf8.count) + 1
        }
        return log
    }

    /// The calls of a log of its own session.
    static func calls(
        _ lines: [String], parents: [RolloutLog] = [], defaultTier: String? = nil
    ) -> [RolloutCall] {
        let log = log(lines)
        return log.calls(
            session: log.sessionID ?? "log", parents: parents, defaultTier: defaultTier)
    }

    /// The input tokens of each call.
    static func inputs(_ lines: [String], parents: [[String]] = []) -> [Int64] {
        calls(lines, parents: parents.map { log($0) }).map { $0.tokens.request }
    }
}
