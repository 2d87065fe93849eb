import Foundation
import Testing

/// A temporary directory with an empty home, a pinned clock and nothing of the real environment.
final class Sandbox {
    let root: URL
    /// What every run finds in its environment besides the usual.
    var environment: [String: String] = [:]
    let now: String

    /// The working directory of every run; the store is `.llm-telemetry` in it.
    var directory: URL { root.appending(path: "project") }
    var store: URL { directory.appending(path: ".llm-telemetry") }
    var cache: URL { store.appending(path: "cache.db") }

    init(now: String = "2025-01-28T12:00:00Z") throws {
        self.now = now
        root = URL(filePath: NSTemporaryDirectory())
            .resolvingSymlinksInPath().appending(path: "llm-telemetry-test-\(UUID().uuidString)")
        for name in ["home", "project"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: name), withIntermediateDirectories: true)
        }
    }

    deinit {
        // Best effort: the system empties its temporary directory anyway.
        try? FileManager.default.removeItem(at: root)
    }

    func invocation(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) -> Invocation {
        let base = [
            "PATH": "/usr/bin:/bin", "HOME": root.appending(path: "home").path(), "TZ": "UTC",
            "LLM_TELEMETRY_NOW": now,
        ]
        return Invocation(
            arguments: arguments,
            environment: base.merging(self.environment) { $1 }.merging(environment) { $1 }
                .filter { !$0.value.isEmpty },
            directory: directory.path(), input: Array(input.utf8))
    }

    /// Runs the program to its end. An empty value takes a variable away.
    func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(arguments, input: input, environment: environment)
    }

    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> Outcome {
        try ChildProcess(invocation(arguments, input: input, environment: environment)).wait()
    }

    /// Runs the program with `--json`, expects success, and returns its one document.
    func json(
        _ arguments: String..., environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSON {
        try json(arguments, environment: environment, sourceLocation: sourceLocation)
    }

    func json(
        _ arguments: [String], environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSON {
        let outcome = try run(arguments + ["--json"], environment: environment)
        let said = "\(arguments): \(outcome.end) \(outcome.errorText)"
        #expect(outcome.succeeded, "\(said)", sourceLocation: sourceLocation)
        return try JSON(parsing: outcome.output)
    }

    /// Appends records with `log -` and expects success.
    func log(
        _ records: [Record], environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try run("log", "-", input: records.lines, environment: environment)
        #expect(outcome.succeeded, "\(outcome.errorText)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    }

    /// Writes a file below the store by hand, with its directories.
    func write(_ text: String, to path: String) throws {
        try write(Array(text.utf8), to: path)
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        let file = store.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: store.appending(path: path)))
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: store.appending(path: path).path())
    }

    /// Every file of the store with its contents, without the cache: to see that nothing changed.
    func files() throws -> [String: [UInt8]] {
        let names = FileManager.default.enumerator(atPath: store.path())?.compactMap {
            $0 as? String
        }
        let kept = (names ?? []).filter { !$0.hasPrefix("cache.") && $0 != ".lock" && isFile($0) }
        return try Dictionary(uniqueKeysWithValues: kept.map { ($0, try bytes($0)) })
    }

    private func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let full = store.appending(path: path).path()
        return FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
            && !isDirectory.boolValue
    }
}
