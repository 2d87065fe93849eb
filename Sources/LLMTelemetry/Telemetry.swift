public import TelemetryFormat
import TelemetryFiles

/// Records the calls that an application makes to models.
///
///     let telemetry = Telemetry()
///     telemetry.record(call)
///
/// Recording never throws, never waits for a disk or another process, and never ends the host
/// program. A call recorded here is in a file of the store soon after, and when `flush` returned
/// true it is certain to be. Not for use inside a signal handler.
public final class Telemetry: Sendable {
    private let writers: PerProcess<Writer>
    let settings: StoreSettings

    /// A recorder to the store that the environment names (`LLM_TELEMETRY_DIR`, else
    /// `.llm-telemetry` in the working directory), with the settings that it and `.env` give.
    public convenience init() {
        self.init(directory: nil)
    }

    /// A recorder to the store in this directory, everything else as the environment says.
    public convenience init(directory: String?) {
        let parsed = StoreSettings.ofProcess()
        var settings = parsed.settings
        if let directory { settings.directory = directory }
        self.init(settings: settings)
        for problem in parsed.problems { writers.current.note(problem: problem.description) }
    }

    /// A recorder with these settings. With `maintainsInBackground` false the caller looks after
    /// age and size of the store by `maintainIfDue`.
    package init(
        settings: StoreSettings,
        workingDirectory: String? = ProcessIdentity.currentDirectory,
        maintainsInBackground: Bool = true
    ) {
        self.settings = settings
        let layout = settings.layout(workingDirectory: workingDirectory)
        writers = PerProcess {
            Writer(
                layout: layout, settings: settings, workingDirectory: workingDirectory,
                maintainsInBackground: maintainsInBackground)
        }
    }

    deinit { writers.current.close() }

    /// Where everything in the store lies.
    package var layout: StoreLayout { writers.current.layout }

    /// Hands a call to the background thread and returns at once. A timestamp and an id are filled
    /// in where the call has none. When the queue is full the call is dropped, and counted.
    public func record(_ call: Call) {
        guard settings.isEnabled else { return }
        writers.current.enqueue(call)
    }

    /// Appends a call; when this returns, the record is in its file.
    public func append(_ call: Call) throws(TelemetryError) {
        guard settings.isEnabled else { return }
        try writers.current.append(call)
    }

    /// Appends calls with one lock and one write for each day. When this throws, `health` tells how
    /// many records are in no file.
    public func append(_ calls: [Call]) throws(TelemetryError) {
        guard settings.isEnabled else { return }
        try writers.current.append(calls)
    }

    /// Appends lines that were checked before, byte for byte.
    package func append(_ batch: RecordLineBatch) -> AppendOutcome {
        guard settings.isEnabled else { return AppendOutcome() }
        return writers.current.append(batch.lines)
    }

    /// Waits until everything recorded before is dealt with, at most for `timeout`. True when every
    /// record since the last flush is in its file.
    @discardableResult
    public func flush(timeout: Duration = .seconds(1)) -> Bool {
        guard settings.isEnabled else { return true }
        return writers.current.flush(timeoutMilliseconds: timeout.milliseconds)
    }

    /// What became of the records so far.
    public var health: TelemetryHealth { writers.current.health }

    /// The present, unless `LLM_TELEMETRY_NOW` pins it.
    package var now: Timestamp { writers.current.now }

    /// Removes what is too old or too much, if what was appended gave reason to look.
    package func maintainIfDue() {
        guard settings.isEnabled else { return }
        writers.current.maintainIfDue()
    }
}

extension Duration {
    /// Whole milliseconds, bounded; nobody waits longer than a year.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(max(seconds, 0), 31_536_000) * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}

extension StoreSettings {
    /// The settings that this process's environment and the `.env` file beside it give.
    package static func ofProcess(environment: [String: String]? = nil) -> Parsed {
        let environment = environment ?? ProcessEnvironment.snapshot()
        // No `.env` file, or one that cannot be read, is the usual case.
        let file = try? FileContents.read(".env", maximumBytes: DotEnvironment.maximumBytes)
        return parse(
            environment: environment, dotEnvironment: file ?? [],
            homeDirectory: ProcessIdentity.homeDirectory(environment: environment))
    }

    /// The layout of the store, independent of later changes of the working directory.
    package func layout(workingDirectory: String?) -> StoreLayout {
        guard !directory.hasPrefix("/"), let workingDirectory else {
            return StoreLayout(root: directory)
        }
        return StoreLayout(root: workingDirectory + "/" + directory)
    }
}
