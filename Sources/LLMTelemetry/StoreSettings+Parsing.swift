import TelemetryFormat

extension StoreSettings {
    /// Settings, and the variables that had to be ignored: the writer reports those and goes on, a
    /// command refuses to run.
    package struct Parsed: Sendable {
        package var settings: StoreSettings
        package var problems: [SettingProblem]
    }

    /// Reads the settings. A variable of the environment goes before the same one in `.env`; an
    /// empty value is the default.
    package static func parse(
        environment: [String: String], dotEnvironment: [UInt8] = [], homeDirectory: String? = nil
    ) -> Parsed {
        var reader = SettingReader(environment, DotEnvironment.parse(dotEnvironment))
        var settings = StoreSettings()
        settings.readPlace(&reader, homeDirectory)
        settings.readStorage(&reader)
        settings.readLimits(&reader)
        settings.readDefaults(&reader)
        return Parsed(settings: settings, problems: reader.problems)
    }

    private mutating func readPlace(_ reader: inout SettingReader, _ homeDirectory: String?) {
        directory = reader.text(.directory) ?? directory
        if directory == "~" || directory.hasPrefix("~/"), let homeDirectory {
            directory = homeDirectory + directory.dropFirst()
        }
        sources = reader.value(.sources, "a list of telemetry, claude, codex or all") { text in
            let names = text.split(separator: ",").map { $0.filter { $0 != " " }.lowercased() }
            let known = ["telemetry", "claude", "codex", "all"]
            return names.isEmpty || !names.allSatisfy(known.contains) ? nil : names
        }
        captures = reader.bool(.capture) ?? captures
        now = reader.value(.now, "an ISO 8601 timestamp or seconds since 1970") {
            Timestamp.parseClock($0)
        }
    }

    private mutating func readStorage(_ reader: inout SettingReader) {
        // Every one is read, so that every bad value is reported.
        let switches = [SettingName.storage, .storageEnabled, .enabled].map { reader.bool($0) }
        isEnabled = !switches.contains(false)
        storesPrompts = reader.bool(.storePrompts) ?? storesPrompts
        storesResponses = reader.bool(.storeResponses) ?? storesResponses
        synchronization =
            reader.value(.synchronization, "none or always") {
                Synchronization(rawValue: $0.lowercased())
            } ?? synchronization
        isDebugging = reader.bool(.debug) ?? isDebugging
    }

    private mutating func readLimits(_ reader: inout SettingReader) {
        retentionDays =
            reader.number(.retentionDays, 0...100_000, "a whole number of days, 0 for ever")
            .map { Int($0) } ?? retentionDays
        maximumBytes =
            reader.megabytes(.maximumMegabytes, "a number of megabytes, 0 for no limit")
            ?? maximumBytes
        rotationBytes =
            reader.megabytes(.rotationMegabytes, "a number of megabytes") ?? rotationBytes
        lockTimeoutMilliseconds =
            reader.number(.lockTimeout, 0...600_000, "a whole number of milliseconds")
            ?? lockTimeoutMilliseconds
    }

    private mutating func readDefaults(_ reader: inout SettingReader) {
        projectName = reader.text(.projectName)
        sessionID = reader.text(.claudeSession) ?? reader.text(.openCodeSession)
        userID = reader.text(.claudeUser) ?? reader.text(.user)
    }
}

/// Looks variables up and remembers those that made no sense.
private struct SettingReader {
    private let environment: [String: String]
    private let file: [SettingName: String]
    private(set) var problems: [SettingProblem] = []

    init(_ environment: [String: String], _ file: [SettingName: String]) {
        self.environment = environment
        self.file = file
    }

    /// The variable's value; nil when it is not set or empty.
    func text(_ name: SettingName) -> String? {
        let value = environment[name.rawValue] ?? file[name] ?? ""
        return value.isEmpty ? nil : value
    }

    /// The variable's meaning; nil when it is not set, and when it has none, which is a problem.
    mutating func value<Value>(
        _ name: SettingName, _ expectation: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(name) else { return nil }
        if let value = parse(text) { return value }
        problems.append(SettingProblem(name: name, value: text, expectation: expectation))
        return nil
    }

    mutating func bool(_ name: SettingName) -> Bool? {
        value(name, "true or false") { text in
            switch text.lowercased() {
            case "1", "true", "yes", "y", "on": true
            case "0", "false", "no", "n", "off": false
            default: nil
            }
        }
    }

    mutating func number(
        _ name: SettingName, _ range: ClosedRange<Int64>, _ expectation: String
    ) -> Int64? {
        value(name, expectation) { text in
            guard let number = Int64(text), range.contains(number) else { return nil }
            return number
        }
    }

    /// A number of MiB, also a fraction of one, as bytes.
    mutating func megabytes(_ name: SettingName, _ expectation: String) -> Int64? {
        value(name, expectation) { text in
            guard let number = Money(decimalText: text), number >= .zero else { return nil }
            let bytes = number.units * (1 << 20) / Money.unitsPerDollar
            return bytes <= 1 << 50 ? Int64(bytes) : nil
        }
    }
}
