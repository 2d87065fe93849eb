import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Models, tiers (rule 15) and what the head of a rollout says.
@Suite struct CodexContextTests {
    private static let one = Rollout.count(at: 1, 100, last: 100)
    private static let two = Rollout.count(at: 2, 150, last: 50)
    private static let three = Rollout.count(at: 3, 160, last: 10)

    // MARK: Models

    static let models: [(lines: [String], expected: [String?])] = [
        ([Rollout.model("gpt-5"), one, Rollout.model("gpt-5.2"), two], ["gpt-5", "gpt-5.2"]),
        // Events before the first model wait for it.
        ([one, two, Rollout.model("gpt-5.2"), three], ["gpt-5.2", "gpt-5.2", "gpt-5.2"]),
        ([one, two], [nil, nil]),
        (
            [
                Rollout.model("gpt-5"), one,
                Rollout.count(
                    at: 2, total: Rollout.usage(150), last: Rollout.usage(50), model: "gpt-6"),
            ],
            ["gpt-5", "gpt-6"]
        ),
        // A model in the settings does not change the model.
        (
            [
                Rollout.model("gpt-5"),
                Rollout.event(
                    "thread_settings_applied", #""thread_settings":{"model":"gpt-9"}"#, at: 0), one,
            ],
            ["gpt-5"]
        ),
        ([Rollout.line("turn_context", #"{"model_name":"a"}"#, at: 0), one], ["a"]),
        ([Rollout.line("turn_context", #"{"metadata":{"model":"b"}}"#, at: 0), one], ["b"]),
        ([Rollout.line("turn_context", #"{"model_info":{"slug":"c"}}"#, at: 0), one], ["c"]),
        // No model at all in a context leaves the one before.
        (
            [Rollout.model("gpt-5"), Rollout.line("turn_context", #"{"model":null}"#, at: 0), one],
            ["gpt-5"]
        ),
        ([Rollout.model("  "), Rollout.model(" gpt-5 "), one], ["gpt-5"]),
    ]

    @Test(arguments: models) func theModelIsTheLatestNamed(lines: [String], expected: [String?]) {
        #expect(Rollout.calls(lines).map(\.model) == expected)
    }

    // MARK: Tiers

    static let tiers: [(lines: [String], setting: String?, expected: [String?])] = [
        ([one], nil, [nil]),
        ([one], "priority", ["fast"]),
        ([one], "flex", ["flex"]),
        ([one], "breakfast", ["standard"]),
        ([Rollout.tier(#""priority""#), one], nil, ["fast"]),
        ([Rollout.tier(#""fast""#), one], nil, ["fast"]),
        ([Rollout.tier(#""flex""#), one], nil, ["flex"]),
        ([Rollout.tier(#""default""#), one], "priority", ["standard"]),
        ([Rollout.tier(#""standard""#), one], "priority", ["standard"]),
        ([Rollout.tier(#""turbo""#), one], "priority", ["standard"]),
        ([Rollout.tier("null"), one], "priority", ["standard"]),
        ([one, Rollout.tier(#""priority""#), two], nil, [nil, "fast"]),
        (
            [
                Rollout.tier(#""priority""#), one,
                Rollout.event("thread_settings_applied", #""thread_settings":{}"#, at: 1), two,
            ],
            nil, ["fast", "fast"]
        ),
        (
            [
                Rollout.event("thread_settings_applied", #""service_tier":"flex""#, at: 0), one,
                Rollout.tier(#""default""#), two,
            ],
            nil, ["flex", "standard"]
        ),
    ]

    @Test(arguments: tiers)
    func theTierIsThatOfTheSettings(lines: [String], setting: String?, expected: [String?]) {
        let calls = Rollout.calls(lines, defaultTier: setting)
        #expect(calls.map(\.serviceTier) == expected)
    }

    @Test func unknownTiersAreCounted() {
        let lines = [#""turbo""#, #""priority""#, "null", "5"].map(Rollout.tier)
        #expect(Rollout.log(lines).unknownTiers == 2)
    }

    // MARK: Heads

    @Test func theFirstHeadIsTheLogs() {
        let log = Rollout.log([
            Rollout.head("child", forkOf: "parent", at: 5), Rollout.head("parent", at: 6),
        ])
        #expect(log.sessionID == "child" && log.parentID == "parent")
        #expect(log.projectPath == "/home/ann/shop" && log.gitBranch == "main")
        #expect(log.startedAt?.iso8601 == Rollout.time(5))
    }

    @Test func aHeadMaySayLittle() {
        let payloads = [
            "{}", "null", "5", #"{"id":7,"source":"cli","cwd":null,"git":null}"#,
            #"{"source":{"subagent":"review"}}"#, #"{"id":" ","forked_from_id":""}"#,
        ]
        for payload in payloads {
            let log = Rollout.log([Rollout.line("session_meta", payload, at: nil), Self.one])
            #expect(log.sessionID == nil && log.parentID == nil && log.startedAt == nil)
            #expect(log.events.count == 1)
        }
    }

    @Test func aForkedSubagentIsAForkOfWhatItWasForkedFrom() {
        let log = Rollout.log([Rollout.head("c", forkOf: "a", spawnedBy: "b")])
        #expect(log.parentID == "a" && log.spawnerID == "b")
    }
}
