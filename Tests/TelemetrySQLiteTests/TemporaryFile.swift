import Foundation

/// A path in a directory of its own, removed when the value ends.
struct TemporaryFile: ~Copyable {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("sqlite-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing depends on it, and the system clears its temporary directory.
        try? FileManager.default.removeItem(at: directory)
    }

    func path(_ name: String = "test.db") -> String {
        directory.appendingPathComponent(name).path
    }
}
