import Foundation
import Testing

/// A folder of `fixtures/`: a store, a clock, and commands with what they must answer.
struct Fixture: Sendable, CustomTestStringConvertible {
    struct Check {
        let arguments: [String]
        let input: String
        let exitCode: Int32
        let answer: JSON?
        let prints: [String]
        let hides: [String]
    }

    let name: String

    var testDescription: String { name }

    static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent()  // Support
        .deletingLastPathComponent()  // EndToEndTests
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// Every folder that has a case.
    static let all: [Fixture] = {
        let folder = packageRoot.appending(path: "fixtures").path()
        // A missing folder is noticed by the test that counts the cases.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map(Fixture.init).filter {
            FileManager.default.fileExists(atPath: $0.folder.appending(path: "case.json").path())
        }
    }()

    private var folder: URL { Self.packageRoot.appending(path: "fixtures/\(name)") }

    private func description() throws -> JSON {
        try JSON(parsing: Array(Data(contentsOf: folder.appending(path: "case.json"))))
    }

    /// A sandbox at the case's clock with a copy of its store.
    func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox(now: try #require(try description()["now"]?.string))
        try FileManager.default.copyItem(at: folder.appending(path: "store"), to: sandbox.store)
        return sandbox
    }

    func checks() throws -> [Check] {
        try (try description()["checks"]?.array ?? []).map { check in
            Check(
                arguments: (try #require(check["run"]?.array)).compactMap(\.string),
                input: check["input"]?.string ?? "",
                exitCode: Int32(check["exit"]?.integer ?? 0),
                answer: check["answer"],
                prints: (check["prints"]?.array ?? []).compactMap(\.string),
                hides: (check["hides"]?.array ?? []).compactMap(\.string))
        }
    }
}

/// Public test data that is not part of the repository.
enum Corpora {
    static let root: URL? = {
        let given = ProcessInfo.processInfo.environment["LLM_TELEMETRY_CORPORA"]
        let beside = Fixture.packageRoot.deletingLastPathComponent()
            .appending(path: "shared/corpora")
        let root = given.map { URL(filePath: $0) } ?? beside
        return FileManager.default.fileExists(atPath: root.path()) ? root : nil
    }()
}
