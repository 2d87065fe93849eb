import LLMTelemetry
import TelemetryFormat
import Testing

@Suite struct StoreSettingsTests {
    private func parse(
        _ environment: [String: String], file: String = ""
    ) -> StoreSettings.Parsed {
        StoreSettings.parse(
            environment: environment, dotEnvironment: Array(file.utf8), homeDirectory: "/home/u")
    }

    @Test func nothingSetMeansTheDefaults() {
        let parsed = parse([:])
        #expect(parsed.settings == StoreSettings())
        #expect(parsed.problems.isEmpty)
        #expect(parsed.settings.directory == ".llm-telemetry")
        #expect(parsed.settings.retentionDays == 30)
        #expect(parsed.settings.maximumBytes == 100 << 20)
        #expect(parsed.settings.segmentBytes == (100 << 20) / 8)
        #expect(parsed.settings.lockTimeoutMilliseconds == 50)
    }

    @Test(arguments: ["0", "false", "no", "n", "off", "FALSE", "Off"])
    func anyOfThreeVariablesSwitchesOff(value: String) {
        for name in [
            "LLM_TELEMETRY_STORAGE", "LLM_TELEMETRY_STORAGE_ENABLED", "LLM_TELEMETRY_ENABLED",
        ] {
            #expect(!parse([name: value]).settings.isEnabled)
            var all = [
                "LLM_TELEMETRY_STORAGE": "1", "LLM_TELEMETRY_STORAGE_ENABLED": "true",
                "LLM_TELEMETRY_ENABLED": "yes",
            ]
            all[name] = value
            #expect(!parse(all).settings.isEnabled)
        }
    }

    @Test(arguments: ["1", "true", "yes", "y", "on", "TRUE", "On"])
    func trueIsSpeltInManyWays(value: String) {
        #expect(parse(["LLM_STORE_PROMPTS": value]).settings.storesPrompts)
        #expect(!parse(["LLM_STORE_PROMPTS": value]).settings.storesResponses)
    }

    @Test(arguments: [
        ("LLM_RETENTION_DAYS", "soon"), ("LLM_RETENTION_DAYS", "-1"),
        ("LLM_RETENTION_DAYS", "1.5"), ("LLM_STORAGE_MAX_SIZE_MB", "big"),
        ("LLM_STORAGE_MAX_SIZE_MB", "-1"), ("LLM_TELEMETRY_ROTATE_MB", ""),
        ("LLM_TELEMETRY_SYNC", "sometimes"), ("LLM_TELEMETRY_LOCK_TIMEOUT_MS", "fast"),
        ("LLM_TELEMETRY_STORAGE", "perhaps"), ("LLM_TELEMETRY_NOW", "yesterday"),
        ("LLM_TELEMETRY_SOURCES", "gemini"), ("LLM_TELEMETRY_DEBUG", "2"),
        ("LLM_TELEMETRY_CAPTURE", "never"),
    ])
    func aBadValueIsNamedAndTheDefaultHolds(name: String, value: String) {
        let parsed = parse([name: value])
        #expect(parsed.settings == StoreSettings())
        guard !value.isEmpty else { return #expect(parsed.problems.isEmpty) }
        #expect(parsed.problems.map(\.name.rawValue) == [name])
        #expect(parsed.problems.first?.description.hasPrefix("\(name) must be ") == true)
        #expect(parsed.problems.first?.description.hasSuffix("not \"\(value)\"") == true)
    }

    @Test func everyValueHasItsMeaning() {
        let settings = parse([
            "LLM_TELEMETRY_DIR": "~/logs", "LLM_RETENTION_DAYS": "0",
            "LLM_STORAGE_MAX_SIZE_MB": "0", "LLM_TELEMETRY_ROTATE_MB": "0.5",
            "LLM_TELEMETRY_SYNC": "always", "LLM_TELEMETRY_LOCK_TIMEOUT_MS": "7",
            "LLM_TELEMETRY_SOURCES": "telemetry, Claude", "LLM_TELEMETRY_NOW": "1795262400",
            "LLM_PROJECT_NAME": "p", "OPENCODE_SESSION_ID": "o", "USER": "u",
            "LLM_TELEMETRY_DEBUG": "1", "LLM_STORE_RESPONSES": "on",
            "LLM_TELEMETRY_CAPTURE": "0",
        ]).settings
        #expect(settings.directory == "/home/u/logs")
        #expect(settings.retentionDays == 0)
        #expect(settings.maximumBytes == 0)
        #expect(settings.segmentBytes == 512 << 10)
        #expect(settings.synchronization == .always)
        #expect(settings.lockTimeoutMilliseconds == 7)
        #expect(settings.sources == ["telemetry", "claude"])
        #expect(settings.now == instant("2026-11-21T12:00:00Z"))
        #expect(settings.projectName == "p")
        #expect(settings.sessionID == "o")
        #expect(settings.userID == "u")
        #expect(settings.isDebugging && settings.storesResponses)
        #expect(!settings.captures)
    }

    @Test func theMoreSpecificVariableGoesFirst() {
        let settings = parse([
            "CLAUDE_SESSION_ID": "c", "OPENCODE_SESSION_ID": "o", "CLAUDE_USER_ID": "cu",
            "USER": "u",
        ]).settings
        #expect(settings.sessionID == "c")
        #expect(settings.userID == "cu")
    }

    @Test func theFileFillsInWhatTheEnvironmentLacks() {
        let settings = parse(
            ["LLM_RETENTION_DAYS": "5"],
            file: "LLM_RETENTION_DAYS=9\nLLM_PROJECT_NAME=from-file\nPATH=/evil\n"
        ).settings
        #expect(settings.retentionDays == 5)
        #expect(settings.projectName == "from-file")
    }

    @Test(arguments: [
        (maximum: "100", rotation: "16", bytes: 12_800 << 10),
        (maximum: "0", rotation: "16", bytes: 16 << 20),
        (maximum: "1", rotation: "16", bytes: 128 << 10),
        (maximum: "0.1", rotation: "16", bytes: 64 << 10),
        (maximum: "1000", rotation: "2", bytes: 2 << 20),
        (maximum: "0", rotation: "0", bytes: 64 << 10),
    ])
    func aSegmentIsAnEighthOfTheCapAtMost(maximum: String, rotation: String, bytes: Int64) {
        let settings = parse([
            "LLM_STORAGE_MAX_SIZE_MB": maximum, "LLM_TELEMETRY_ROTATE_MB": rotation,
        ]).settings
        #expect(settings.segmentBytes == bytes)
    }

    @Test(arguments: [
        ("LLM_PROJECT_NAME=a", "a"), ("export LLM_PROJECT_NAME=a b", "a b"),
        (" LLM_PROJECT_NAME = a # note", "a"), ("LLM_PROJECT_NAME=a#b", "a#b"),
        ("LLM_PROJECT_NAME='a # b'", "a # b"), (#"LLM_PROJECT_NAME="a\"b\\c\n""#, "a\"b\\c\n"),
        ("\u{FEFF}LLM_PROJECT_NAME=a\r\n", "a"), ("# LLM_PROJECT_NAME=b", nil),
        ("LLM_PROJECT_NAME", nil), ("LLM_PROJECT_NAME=", nil), ("HOME=/x", nil),
        ("LLM_PROJECT_NAME=a\nLLM_PROJECT_NAME=b", "b"), ("LLM_PROJECT_NAME=$(id)", "$(id)"),
    ])
    func readsTheFileAsItIsWritten(file: String, project: String?) {
        #expect(parse([:], file: file).settings.projectName == project)
    }
}
