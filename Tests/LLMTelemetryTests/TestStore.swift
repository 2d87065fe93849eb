import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// A store in a temporary directory that goes with the test.
final class TestStore: Sendable {
    let directory: String
    let layout: StoreLayout

    init() throws {
        let base = ProcessEnvironment.snapshot()["TMPDIR"] ?? "/tmp"
        directory = base + "/telemetry-store-" + Hexadecimal.text(RandomBytes.make(8))
        try FileTree.createDirectory(directory)
        layout = StoreLayout(root: directory + "/store")
    }

    deinit {
        // A leftover in the temporary directory fails no test.
        _ = try? Subprocess.run(["rm", "-rf", directory], maximumOutputBytes: 0) { _ in true }
    }

    /// Settings for this store: the clock at noon of 2026-11-21, nobody's name in records.
    func settings(_ change: (inout StoreSettings) -> Void = { _ in }) -> StoreSettings {
        var settings = StoreSettings()
        settings.directory = layout.root
        settings.now = Timestamp(iso8601: "2026-11-21T12:00:00Z")
        change(&settings)
        return settings
    }

    func telemetry(_ change: (inout StoreSettings) -> Void = { _ in }) -> Telemetry {
        Telemetry(
            settings: settings(change), workingDirectory: directory, maintainsInBackground: false)
    }

    func appender(_ change: (inout StoreSettings) -> Void = { _ in }) -> StoreAppender {
        StoreAppender(layout: layout, settings: settings(change))
    }

    func path(_ name: String) -> String { layout.root + "/" + name }

    /// Writes a file of the store, its directories included.
    func write(_ text: String, to name: String) throws {
        try FileTree.createDirectories(FileTree.parent(of: path(name)))
        try AtomicReplacement.write(Array(text.utf8).span, to: path(name))
    }

    func text(_ name: String) throws -> String {
        String(
            decoding: try FileContents.read(path(name), maximumBytes: 256 << 20), as: UTF8.self)
    }

    func exists(_ name: String) throws -> Bool {
        try FileStatus.of(path(name), links: .refuse) != nil
    }

    /// All files of the store by their relative paths.
    func files() -> [String] { DirectoryListing.walk(layout.root).files }

    /// The lines of all files of records, without their newlines.
    func lines() throws -> [String] {
        try files().filter { $0.contains("/telemetry") }.flatMap { name in
            try text(name).utf8.split(separator: 0x0A).map { String($0) ?? "" }
        }
    }

    /// All records, whatever day they are of.
    func records() -> [Call] {
        Array(telemetry().records())
    }

    func gzip(_ name: String) throws { try run("gzip", "-n", path(name)) }
}

/// Runs a program of the system; throws when it fails.
func run(_ arguments: String...) throws {
    let outcome = try Subprocess.run(arguments, maximumOutputBytes: 1 << 20) { _ in true }
    guard outcome?.exit == .code(0) else { throw RunError(text: outcome?.errorText ?? "") }
}

struct RunError: Error {
    var text: String
}

func day(_ text: String) -> Day { Day(text)! }

func instant(_ text: String) -> Timestamp { Timestamp(iso8601: text)! }

/// The line of a record, without its newline.
func line(
    _ id: String, at timestamp: String = "2026-11-21T10:00:00.000Z", output: Int64 = 20,
    cost: String? = nil
) -> String {
    let cost = cost.map { #","cost_usd":\#($0)"# } ?? ""
    return #"{"timestamp":"\#(timestamp)","msg_id":"\#(id)","model":"m","tokens":"#
        + #"{"input":10,"output":\#(output)}\#(cost)}"#
}

/// A batch of lines for one destination.
func batch(
    _ lines: [String], day text: String = "2026-11-21",
    content: SegmentName.Content = .telemetry
) -> LineBatch {
    var batch = LineBatch()
    for line in lines {
        batch.append(Array(line.utf8), to: .init(day: day(text), content: content))
    }
    return batch
}

/// A call with as little as makes one.
func call(_ id: String? = nil, at timestamp: String? = nil, output: Int64 = 20) -> Call {
    var call = Call()
    call.messageID = id
    call.timestamp = timestamp.flatMap { Timestamp(iso8601: $0) }
    call.model = "m"
    call.tokens = TokenCounts(input: 10, output: output)
    return call
}
