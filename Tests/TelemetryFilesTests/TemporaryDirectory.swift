import TelemetryFiles

/// A directory that is removed with everything in it when the test lets it go.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let base = ProcessEnvironment.snapshot()["TMPDIR"] ?? "/tmp"
        path = base + "/telemetry-files-" + Hexadecimal.text(RandomBytes.make(8))
        try FileTree.createDirectory(path)
    }

    deinit {
        // A leftover in the temporary directory fails no test.
        _ = try? Subprocess.run(["rm", "-rf", path], maximumOutputBytes: 0) { _ in true }
    }

    /// The path of a name inside.
    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = try FileDescriptor.open(self(name), for: .create)
        try file.writeAll(Array(text.utf8).span)
        return self(name)
    }
}

/// Runs a command of the system and fails when it does.
func shell(_ arguments: String...) throws {
    let outcome = try Subprocess.run(arguments, maximumOutputBytes: 1 << 20) { _ in true }
    guard outcome?.exit == .code(0) else { throw ShellError(text: outcome?.errorText ?? "") }
}

struct ShellError: Error {
    var text: String
}

/// The text of a small file.
func text(_ path: String) throws -> String {
    String(decoding: try FileContents.read(path, maximumBytes: 1 << 20), as: UTF8.self)
}

/// The error that a closure throws.
func fileError(_ body: () throws(FileError) -> Void) -> FileError? {
    do throws(FileError) {
        try body()
        return nil
    } catch {
        return error
    }
}
