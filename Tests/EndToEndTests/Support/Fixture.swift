import Foundation
import Testing

/// A folder of `fixtures/`: a store or agents' logs, a clock, and commands with what they must
/// answer.
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

    /// The ones with logs of agents.
    static let withAgents = all.filter(\.hasAgents)

    private var folder: URL { Self.packageRoot.appending(path: "fixtures/\(name)") }

    private func description() throws -> JSON {
        try JSON(parsing: Array(Data(contentsOf: folder.appending(path: "case.json"))))
    }

    /// Whether the folder holds logs of an agent.
    var hasAgents: Bool { Self.agentHomes.keys.contains(where: has) }

    /// A folder of the case, and the variable by which the program finds its copy.
    private static let agentHomes = [
        "claude-home": "CLAUDE_CONFIG_DIR", "codex-home": "CODEX_HOME",
    ]

    private func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path())
    }

    /// A sandbox at the case's clock with copies of its store and of the agents' logs.
    func sandbox() throws -> Sandbox {
        let description = try description()
        let sandbox = try Sandbox(now: try #require(description["now"]?.string))
        for name in description["environment"]?.names ?? [] {
            sandbox.environment[name] = description["environment"]?[name]?.string
        }
        sandbox.environment["TZ"] = description["timezone"]?.string
        if has("store") {
            try FileManager.default.copyItem(
                at: folder.appending(path: "store"), to: sandbox.store)
        }
        for (name, variable) in Self.agentHomes where has(name) {
            let copy = sandbox.root.appending(path: name)
            try FileManager.default.copyItem(at: folder.appending(path: name), to: copy)
            sandbox.environment[variable] = copy.path()
        }
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
