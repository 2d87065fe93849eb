import TelemetryFormat

/// Made-up calls of the last thirty days, the same for every run at one time.
enum DemoSample {
    private struct Kind {
        var agent: String
        var operation: String
        var model: String
        var project: String
        var milliseconds: Int64
        var input: Int64
        var output: Int64
    }

    private static let kinds = [
        Kind(
            agent: "doc-finder", operation: "search", model: "claude-haiku-4-5",
            project: "spacewalker", milliseconds: 900, input: 2_400, output: 320),
        Kind(
            agent: "reviewer", operation: "code-review", model: "claude-sonnet-4-5",
            project: "spacewalker", milliseconds: 6_200, input: 18_000, output: 1_900),
        Kind(
            agent: "planner", operation: "plan", model: "claude-opus-4-5", project: "lighthouse",
            milliseconds: 11_000, input: 9_500, output: 2_700),
        Kind(
            agent: "committer", operation: "commit-message", model: "gpt-5-mini",
            project: "lighthouse", milliseconds: 1_400, input: 3_100, output: 140),
    ]

    /// Hours of the day (UTC) at which the made-up people work, busy ones more than once.
    private static let hours: [Int64] = [9, 10, 10, 11, 11, 14, 14, 15, 16, 20]
    private static let count = 300
    private static let days: Int64 = 30
    private static let hour: Int64 = 3_600_000

    static func calls(now: Timestamp) -> [Call] {
        var random = Sequence(state: 20_261_121)
        let midnight = now.milliseconds - now.milliseconds % (24 * hour)
        return (0..<count).map { index in
            let kind = kinds[Int(random.next(below: 10)) % kinds.count]
            let day = Int64(index) * days / Int64(count)
            let time =
                midnight - (days - 1 - day) * 24 * hour
                + hours[Int(random.next(below: Int64(hours.count)))] * hour
                + random.next(below: hour)
            var call = Call()
            call.timestamp = Timestamp(milliseconds: min(time, now.milliseconds))
            call.messageID = "demo-\(index)"
            call.agentName = kind.agent
            call.operation = kind.operation
            call.model = kind.model
            call.project = kind.project
            call.sessionID = "demo-session-\(day)"
            call.userID = "demo"
            call.durationMilliseconds =
                kind.milliseconds / 2 + random.next(below: kind.milliseconds)
            call.tokens = TokenCounts(
                input: kind.input / 2 + random.next(below: kind.input),
                output: kind.output / 2 + random.next(below: kind.output),
                cacheRead: random.next(below: kind.input))
            if random.next(below: 50) == 0 { call.error = "overloaded" }
            call.success = call.error == nil
            return call
        }
    }

    /// Numbers that look random and are the same in every run (a linear congruential generator
    /// with Knuth's MMIX constants).
    private struct Sequence {
        var state: UInt64

        mutating func next(below limit: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % limit
        }
    }
}
