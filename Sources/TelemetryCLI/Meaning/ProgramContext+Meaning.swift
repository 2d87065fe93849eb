import LLMTelemetry
import TelemetryFormat
import TelemetryQuery

/// Values that options and variables give together; an option comes before its variable.
extension ProgramContext {
    /// What the environment says of the store. A value that makes no sense is an error here: only
    /// a writer inside somebody's program goes on without it.
    func settings() throws(CommandFailure) -> StoreSettings {
        let parsed = StoreSettings.parse(
            environment: environment, homeDirectory: variable("HOME"))
        if let problem = parsed.problems.first { throw .usage(problem.description) }
        return parsed.settings
    }

    /// The instant at which `--now` pins the clock.
    func pinnedNow(_ invocation: Invocation) throws(CommandFailure) -> Timestamp? {
        guard let text = invocation.value("now") else { return nil }
        if let instant = Timestamp.parseClock(text) { return instant }
        throw .usage(
            "--now is not a time: \(text)",
            hint: "an ISO 8601 timestamp such as 2026-11-21T14:00:00Z, or epoch seconds")
    }

    /// The first day of the week: `--week-start`, else `LLM_TELEMETRY_WEEK_START`, else Monday.
    func firstWeekday(_ invocation: Invocation) throws(CommandFailure) -> Weekday {
        if let word = invocation.value("week-start") { return Weekday(word: word) ?? .monday }
        guard let word = variable("LLM_TELEMETRY_WEEK_START") else { return .monday }
        if let weekday = Weekday(word: word.lowercased()) { return weekday }
        throw .unknown(
            "weekday in LLM_TELEMETRY_WEEK_START", word, among: Weekday.allCases.map(\.word))
    }

    /// The sources named by `--source`, else by `LLM_TELEMETRY_SOURCES`; nil when neither is there.
    func namedSources(_ invocation: Invocation) throws(CommandFailure) -> [String]? {
        let words = try invocation.has("source") ? invocation.all("source") : settings().sources
        guard let words else { return nil }
        for word in words where word != "all" && !engine.readableSources.contains(word) {
            throw .usage("\(word) logs cannot be read by this version")
        }
        return engine.readableSources.filter { words.contains($0) || words.contains("all") }
    }

    /// A whole number of an option that must be at least 1.
    static func count(
        _ option: String, _ invocation: Invocation, maximum: Int = .max
    ) throws(CommandFailure) -> Int? {
        guard let text = invocation.value(option) else { return nil }
        if let count = Int(text), count >= 1, count <= maximum { return count }
        let range = maximum == .max ? "at least 1" : "from 1 to \(maximum)"
        throw .usage("--\(option) is not a whole number \(range): \(text)")
    }
}
